import pytest

from tests.menus.items import item
from tests.world import ADMIN, ANONYMOUS, AUTHOR, MANAGER, World

SHOWN = """query ($stage: ContentStage, $handle: String = "main") { menuByHandle(handle: $handle, stage: $stage) {
  handle name hiddenTargetPolicy availableLocales translations { locale name } itemCount
} }"""


async def test_names_and_policy_wait_for_publishing(world: World) -> None:
    menu = await world.menu("main", [item()])
    payload = await world.do(
        "updateMenu",
        MANAGER,
        id=menu,
        expectedVersion=2,
        hiddenTargetPolicy="TEXT",
        translations=[{"locale": "de", "name": "Haupt"}],
    )
    assert payload == {"menu": {"id": menu, "version": 3, "status": "PUBLISHED"}, "problems": []}

    live = (await world.ask(SHOWN, ANONYMOUS))["menuByHandle"]
    assert (live["hiddenTargetPolicy"], live["availableLocales"], live["itemCount"]) == ("HIDE", ["en"], 1)
    draft = (await world.ask(SHOWN, ADMIN, stage="DRAFT"))["menuByHandle"]
    assert (draft["hiddenTargetPolicy"], draft["itemCount"]) == ("TEXT", 1)
    assert draft["translations"] == [{"locale": "en", "name": "main"}, {"locale": "de", "name": "Haupt"}]
    assert [name for name, _ in await world.outbox(menu)][2:] == ["menu.updated"]


async def test_a_handle_acts_at_once(world: World) -> None:
    menu = await world.menu("main")
    payload = await world.do("updateMenu", fields="hasUnpublishedChanges", id=menu, handle="primary")
    assert payload["menu"] == {"id": menu, "version": 3, "status": "PUBLISHED", "hasUnpublishedChanges": False}
    assert (await world.ask(SHOWN, ANONYMOUS))["menuByHandle"] is None
    assert (await world.ask(SHOWN, ANONYMOUS, handle="primary"))["menuByHandle"]["handle"] == "primary"


async def test_the_handle_of_a_live_menu_needs_the_right_to_publish(world: World) -> None:
    menu = await world.menu("main")
    assert await world.problems("updateMenu", MANAGER, id=menu, handle="other") == [("PERMISSION_DENIED", [])]
    draft = await world.menu("draft", publish=False)
    assert (await world.do("updateMenu", MANAGER, id=draft, handle="other"))["problems"] == []


async def test_null_brings_the_usual_policy_back(world: World) -> None:
    menu = await world.menu("main", hiddenTargetPolicy="TEXT")
    payload = await world.do("updateMenu", fields="hiddenTargetPolicy", id=menu, hiddenTargetPolicy=None)
    assert payload["menu"]["hiddenTargetPolicy"] == "HIDE"


async def test_names_come_and_go(world: World) -> None:
    menu = await world.menu("main")
    german = [{"locale": "de", "name": "Haupt"}]
    payload = await world.do(
        "updateMenu", fields="name locale availableLocales", id=menu, translations=german, removeLocales=["en"]
    )
    assert payload["menu"]["name"] == "Haupt"
    assert payload["menu"]["availableLocales"] == ["de"]
    assert await world.problems("updateMenu", id=menu, removeLocales=["en"]) == [
        ("VALIDATION_ERROR", ["removeLocales", "0"])
    ]
    assert await world.problems("updateMenu", id=menu, removeLocales=["de"]) == [
        ("VALIDATION_ERROR", ["removeLocales"])
    ]


async def test_the_same_is_no_change(world: World) -> None:
    menu = await world.menu("main")
    same = {"handle": "main", "hiddenTargetPolicy": "HIDE", "translations": [{"locale": "en", "name": "main"}]}
    payload = await world.do("updateMenu", id=menu, expectedVersion=2, **same)
    assert (payload["menu"]["version"], payload["problems"]) == (2, [])
    assert len(await world.outbox(menu)) == 2


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"handle": "other"}, ("VALIDATION_ERROR", ["handle"])),
        ({"handle": "Main menu"}, ("VALIDATION_ERROR", ["handle"])),
        ({"handle": "x" * 64}, ("VALIDATION_ERROR", ["handle"])),
        ({"handle": None}, ("VALIDATION_ERROR", ["handle"])),
        ({"translations": [{"locale": "fr", "name": "x"}]}, ("VALIDATION_ERROR", ["translations", "0", "locale"])),
        ({"translations": [{"locale": "!", "name": "x"}]}, ("VALIDATION_ERROR", ["translations", "0", "locale"])),
        ({"translations": [{"locale": "en", "name": "\u0000"}]}, ("VALIDATION_ERROR", ["translations", "0", "name"])),
        ({"expectedVersion": 1, "handle": None}, ("MENU_VERSION_CONFLICT", ["expectedVersion"])),
        ({"id": "0b0e5a3c-7b2c-4a57-9d3e-1c1f4f6d0000"}, ("MENU_NOT_FOUND", ["id"])),
        ({"id": "main"}, ("MENU_NOT_FOUND", ["id"])),
    ],
)
async def test_a_wrong_change_changes_nothing(
    world: World, given: dict[str, object], problem: tuple[str, list[str]]
) -> None:
    await world.menu("other")
    menu = await world.menu("main")
    assert await world.problems("updateMenu", **{"id": menu, **given}) == [problem]
    assert len(await world.outbox(menu)) == 2


async def test_who_has_no_right_to_menus_is_told_so(world: World) -> None:
    menu = await world.menu("main")
    assert await world.problems("updateMenu", AUTHOR, id=menu) == [("PERMISSION_DENIED", [])]
    assert await world.problems("updateMenu", ANONYMOUS, id=menu) == [("UNAUTHENTICATED", [])]

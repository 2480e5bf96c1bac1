from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, MANAGER, World

BINDINGS = "bindings { channel location }"
ACTIVE = "query ($channel: String) { activeMenu(location: HEADER, channel: $channel) { handle } }"


async def active(world: World, channel: str = "web") -> str | None:
    found = (await world.ask(ACTIVE, ANONYMOUS, channel=channel))["activeMenu"]
    return found and found["handle"]


async def test_a_place_acts_at_once_and_is_told(world: World) -> None:
    menu = await world.menu("main")
    for _ in range(2):  # the second time it is held already
        payload = await world.do("bindMenu", fields=BINDINGS, id=menu, location="HEADER")
        assert payload["problems"] == []
        assert payload["menu"] == {
            "id": menu,
            "version": 3,
            "status": "PUBLISHED",
            "bindings": [{"channel": None, "location": "HEADER"}],
        }
    assert await active(world) == "main"
    payload = await world.do("bindMenu", id=menu, location="HEADER", channel="app")
    assert payload["menu"]["version"] == 4
    assert [name for name, _ in await world.outbox(menu)][2:] == ["menu.updated", "menu.updated"]


async def test_a_taken_place_is_refused_unless_it_is_to_be_replaced(world: World) -> None:
    old = await world.menu("old", bindings=[{"location": "HEADER"}])
    new = await world.menu("new")
    assert await world.problems("bindMenu", id=new, location="HEADER") == [("BINDING_TAKEN", ["location"])]
    payload = await world.do("bindMenu", fields=BINDINGS, id=new, location="HEADER", replace=True)
    assert payload["menu"]["bindings"] == [{"channel": None, "location": "HEADER"}]
    assert await active(world) == "new"
    other = await world.ask(f"query ($id: ID!) {{ menu(id: $id) {{ version {BINDINGS} }} }}", id=old)
    assert other == {"menu": {"version": 2, "bindings": []}}


async def test_a_place_is_taken_from_a_menu(world: World) -> None:
    menu = await world.menu("main", bindings=[{"location": "HEADER"}, {"location": "HEADER", "channel": "app"}])
    for _ in range(2):  # the second time it is held no more
        payload = await world.do("unbindMenu", fields=BINDINGS, id=menu, location="HEADER")
        assert payload["problems"] == []
        assert (payload["menu"]["version"], len(payload["menu"]["bindings"])) == (3, 1)
    assert (await active(world), await active(world, "app")) == (None, "main")
    other = await world.menu("other")
    payload = await world.do("unbindMenu", id=other, location="HEADER", channel="app")
    assert (payload["menu"]["version"], await active(world, "app")) == (2, "main")


async def test_where_a_live_menu_comes_or_goes_the_right_to_publish_is_needed(world: World) -> None:
    live = await world.menu("live", bindings=[{"location": "HEADER"}])
    draft = await world.menu("draft", publish=False)
    denied = [("PERMISSION_DENIED", [])]
    assert await world.problems("bindMenu", MANAGER, id=live, location="FOOTER") == denied
    assert await world.problems("unbindMenu", MANAGER, id=live, location="HEADER") == denied
    assert await world.problems("bindMenu", MANAGER, id=draft, location="HEADER", replace=True) == denied
    assert (await world.do("bindMenu", MANAGER, id=draft, location="FOOTER"))["problems"] == []
    assert (await world.do("unbindMenu", MANAGER, id=draft, location="FOOTER"))["problems"] == []


@pytest.mark.parametrize("mutation", ["bindMenu", "unbindMenu"])
@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"channel": "moon"}, ("CHANNEL_NOT_FOUND", ["channel"])),
        ({"channel": ""}, ("CHANNEL_NOT_FOUND", ["channel"])),
        ({"expectedVersion": 7}, ("MENU_VERSION_CONFLICT", ["expectedVersion"])),
        ({"id": "main"}, ("MENU_NOT_FOUND", ["id"])),
    ],
)
async def test_a_wrong_place_is_refused(
    world: World, mutation: str, given: dict[str, Any], problem: tuple[str, list[str]]
) -> None:
    menu = await world.menu("main")
    assert await world.problems(mutation, ADMIN, **{"id": menu, "location": "HEADER", **given}) == [problem]

import pytest

from tests.world import ADMIN, ANONYMOUS, CUSTOMER, MANAGER, World

BY_HANDLE = (
    "query ($handle: String!, $stage: ContentStage) { menuByHandle(handle: $handle, stage: $stage) { id stage name } }"
)
ACTIVE = """query ($channel: String, $stage: ContentStage) {
  activeMenu(location: HEADER, channel: $channel, stage: $stage) { handle }
}"""


async def test_a_draft_is_nowhere_for_readers(world: World) -> None:
    menu = await world.menu("main", publish=False, bindings=[{"location": "HEADER"}])
    everywhere = """query ($id: ID!, $r: [_Any!]!) {
      menu(id: $id) { id } menuByHandle(handle: "main") { id } activeMenu(location: HEADER) { id }
      _entities(representations: $r) { ... on Menu { id } }
    }"""
    for actor in (ANONYMOUS, CUSTOMER, ADMIN):  # in stage LIVE an editor is a reader
        data = await world.ask(everywhere, actor, id=menu, r=[{"__typename": "Menu", "id": menu}])
        assert data == {"menu": None, "menuByHandle": None, "activeMenu": None, "_entities": [None]}
    answer = await world.answer(BY_HANDLE, CUSTOMER, handle="main", stage="DRAFT")
    assert (answer.data, answer.codes) == ({"menuByHandle": None}, ["PERMISSION_DENIED"])
    data = await world.ask(BY_HANDLE, MANAGER, handle="main", stage="DRAFT")
    assert data["menuByHandle"] == {"id": menu, "stage": "DRAFT", "name": "main"}


async def test_readers_see_what_was_published_and_editors_what_was_saved(world: World) -> None:
    menu = await world.menu("main")
    changed = await world.do("replaceMenuItems", menuId=menu, items=[{"link": {"url": "/x"}}])
    assert changed["menu"]["version"] == 3
    count = 'query ($stage: ContentStage) { menuByHandle(handle: "main", stage: $stage) { itemCount hasUnpublishedChanges } }'
    assert await world.ask(count, ANONYMOUS) == {"menuByHandle": {"itemCount": 0, "hasUnpublishedChanges": False}}
    draft = await world.ask(count, ADMIN, stage="DRAFT")
    assert draft == {"menuByHandle": {"itemCount": 1, "hasUnpublishedChanges": True}}


async def test_nobody_else_s_menu_is_found(world: World) -> None:
    await world.menu("main")
    query = "query ($id: ID!, $handle: String!) { menu(id: $id) { id } menuByHandle(handle: $handle) { id } }"
    for id, handle in (("no-uuid", "Main"), ("0b0e5a3c-7b2c-4a57-9d3e-1c1f4f6d0000", "mai")):
        assert await world.ask(query, id=id, handle=handle) == {"menu": None, "menuByHandle": None}


@pytest.mark.parametrize(("channel", "expected"), [("web", "every"), ("app", "app")])
async def test_the_channel_s_own_menu_is_active_else_that_of_every_channel(
    world: World, channel: str, expected: str
) -> None:
    await world.menu("every", bindings=[{"location": "HEADER"}])
    await world.menu("app", bindings=[{"location": "HEADER", "channel": "app"}])
    await world.menu("other", bindings=[{"location": "FOOTER", "channel": "web"}])
    assert await world.ask(ACTIVE, ANONYMOUS, channel=channel) == {"activeMenu": {"handle": expected}}


async def test_a_channel_s_menu_that_the_view_does_not_see_stands_back(world: World) -> None:
    await world.menu("every", bindings=[{"location": "HEADER"}])
    await world.menu("web", publish=False, bindings=[{"location": "HEADER", "channel": "web"}])
    assert await world.ask(ACTIVE, ANONYMOUS) == {"activeMenu": {"handle": "every"}}
    assert await world.ask(ACTIVE, ADMIN, stage="DRAFT") == {"activeMenu": {"handle": "web"}}


async def test_fifty_references_cost_one_statement(world: World) -> None:
    menus = [await world.menu(f"menu-{n}") for n in range(50)]
    query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Menu { handle } } }"
    data = await world.ask(query, ANONYMOUS, r=[{"__typename": "Menu", "id": menu} for menu in reversed(menus)])
    assert data["_entities"] == [{"handle": f"menu-{n}"} for n in reversed(range(50))]
    assert len(world.statements) == 1

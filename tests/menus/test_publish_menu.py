"""Showing menus to readers, taking them away, and taking them away for good."""

from tests.menus.items import item
from tests.world import ADMIN, ANONYMOUS, MANAGER, World

SHOWN = """query { menuByHandle(handle: "main") {
  itemCount stage status publishedAt updatedAt createdAt revision { number isLive author { id } }
} }"""
EVERYWHERE = """query ($id: ID!, $stage: ContentStage) {
  menu(id: $id, stage: $stage) { id }
  menuByHandle(handle: "main", stage: $stage) { id }
  activeMenu(location: HEADER, stage: $stage) { id }
  menus(stage: $stage) { totalCount nodes { id } }
}"""


async def test_shows_readers_the_draft_and_tells_the_world_once(world: World) -> None:
    menu = await world.menu("main", publish=False)
    await world.do("replaceMenuItems", menuId=menu, items=[item()])

    for _ in range(2):  # the second time there is nothing new: it succeeds, and says nothing
        payload = await world.do("publishMenu", id=menu)
        assert payload == {"menu": {"id": menu, "version": 3, "status": "PUBLISHED"}, "problems": []}

    found = (await world.ask(SHOWN, ANONYMOUS))["menuByHandle"]
    assert found["publishedAt"] == found["updatedAt"] > found["createdAt"]
    assert found["revision"] == {"number": 2, "isLive": True, "author": None}
    assert (found["itemCount"], found["stage"], found["status"]) == (1, "LIVE", "PUBLISHED")
    told = [(name, data["version"], data["revision"]) for name, data in await world.outbox(menu)]
    assert told == [("menu.created", 1, 1), ("menu.updated", 2, 2), ("menu.published", 3, 2)]


async def test_a_saved_draft_does_not_move_what_readers_see(world: World) -> None:
    menu = await world.menu("main")
    before = await world.ask(SHOWN, ANONYMOUS)
    await world.do("addMenuItem", menuId=menu, item=item())
    assert await world.ask(SHOWN, ANONYMOUS) == before


async def test_an_unpublished_menu_is_nowhere_and_keeps_its_place(world: World) -> None:
    menu = await world.menu("main", bindings=[{"location": "HEADER"}])
    for _ in range(2):  # the second time there is nothing to do
        payload = await world.do("unpublishMenu", id=menu)
        assert payload == {"menu": {"id": menu, "version": 3, "status": "DRAFT"}, "problems": []}
    nowhere = {"menu": None, "menuByHandle": None, "activeMenu": None, "menus": {"totalCount": 0, "nodes": []}}
    assert await world.ask(EVERYWHERE, ANONYMOUS, id=menu) == nowhere
    here = {"id": menu}
    assert await world.ask(EVERYWHERE, ADMIN, id=menu, stage="DRAFT") == {
        "menu": here,
        "menuByHandle": here,
        "activeMenu": here,
        "menus": {"totalCount": 1, "nodes": [here]},
    }
    assert [name for name, _ in await world.outbox(menu)][2:] == ["menu.unpublished"]


async def test_publishing_and_unpublishing_need_their_own_right(world: World) -> None:
    menu = await world.menu("main", publish=False)
    assert await world.problems("publishMenu", MANAGER, id=menu) == [("PERMISSION_DENIED", [])]
    await world.do("publishMenu", id=menu)
    assert await world.problems("unpublishMenu", MANAGER, id=menu) == [("PERMISSION_DENIED", [])]


async def test_a_published_menu_is_not_deleted(world: World) -> None:
    menu = await world.menu("main")
    assert await world.problems("deleteMenu", id=menu) == [("CANNOT_DELETE_PUBLISHED", ["id"])]


async def test_a_deleted_menu_is_gone_with_all_that_was_its_own(world: World) -> None:
    page = await world.page("Page")
    menu = await world.menu("main", [item(link={"pageId": page})], bindings=[{"location": "HEADER"}])
    await world.do("unpublishMenu", id=menu)
    assert await world.problems("deleteMenu", id=menu, expectedVersion=2) == [
        ("MENU_VERSION_CONFLICT", ["expectedVersion"])
    ]

    assert await world.do("deleteMenu", MANAGER, id=menu) == {"deletedId": menu, "problems": []}

    found = await world.ask(EVERYWHERE, ADMIN, id=menu, stage="DRAFT")
    assert (found["menu"], found["activeMenu"], found["menus"]["totalCount"]) == (None, None, 0)
    [*_, (name, data)] = await world.outbox(menu)
    assert (name, data["version"]) == ("menu.deleted", 4)
    assert await world.problems("deleteMenu", id=menu) == [("MENU_NOT_FOUND", ["id"])]
    assert (await world.do("deletePage", id=(await world.page("Other", publish=False)), refuseIfReferenced=True))[
        "problems"
    ] == []
    await world.menu("main", bindings=[{"location": "HEADER"}])  # handle and place are free

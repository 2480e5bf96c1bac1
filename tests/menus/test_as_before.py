"""Menus and their trees are shown as before while nothing of them or of the pages they link to changes."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from pages_graphql.api.context import Context
from pages_graphql.core.access import Actor
from pages_graphql.menus.repository.outlines import MenuTree
from pages_graphql.menus.repository.rows import by_handles
from pages_graphql.menus.repository.trees import trees
from tests.menus.items import item
from tests.world import ADMIN, ANONYMOUS, World

QUERY = """query ($stage: ContentStage) { menuByHandle(handle: "main", stage: $stage) { name version
    items { label url isVisible hiddenReason children { label url link { ... on MenuPageLink { page { title path } } } } }
    allItems { label hiddenReason } } }"""

Change = Callable[[World, dict[str, str]], Awaitable[Any]]


async def site(world: World) -> dict[str, str]:
    """A menu that links to two pages, one below the other, and a page that it does not link to."""
    ids = {name: await world.page(name.title()) for name in ("one", "two", "other")}
    below = item("Two", link={"pageId": ids["two"]})
    ids["menu"] = await world.menu("main", [item(None, link={"pageId": ids["one"]}, children=[below])])
    return ids


async def tree(world: World, actor: Actor = ANONYMOUS) -> MenuTree:
    """The tree, as a request that is served loads it."""
    context = Context(world.database, world.view(actor))
    [menu] = await context.batch(by_handles, context.view, ["main"])
    assert menu is not None
    [loaded] = await context.batch(trees, menu.view, [menu.row.outline])
    return loaded


async def kept(world: World, actor: Actor = ANONYMOUS) -> MenuTree:
    """The tree, after it was shown so often that it is kept."""
    loaded = [await tree(world, actor) for _ in range(4)]
    assert loaded[-1] is loaded[-2]
    return loaded[-1]


async def _do(world: World, mutation: str, **input: Any) -> None:
    assert (await world.do(mutation, **input))["problems"] == []


async def _publish_page(world: World, ids: dict[str, str]) -> None:
    await _do(world, "updatePage", id=ids["two"], translations=[{"locale": "en", "title": "Renewed"}])
    await _do(world, "publishPage", id=ids["two"])


async def _move_page(world: World, ids: dict[str, str]) -> None:
    await _do(world, "changePageSlug", id=ids["two"], locale="en", slug="elsewhere")


async def _hide_page(world: World, ids: dict[str, str]) -> None:
    await _do(world, "unpublishPage", id=ids["two"])


async def _publish_menu(world: World, ids: dict[str, str]) -> None:
    await _do(world, "updateMenu", id=ids["menu"], hiddenTargetPolicy="TEXT")
    await _do(world, "publishMenu", id=ids["menu"])


@pytest.mark.parametrize("change", [_publish_page, _move_page, _hide_page, _publish_menu])
async def test_a_tree_is_another_once_anything_of_it_changes(world: World, change: Change) -> None:
    ids = await site(world)
    before = await kept(world)
    shown = await world.ask(QUERY)
    assert await world.ask(QUERY) == shown
    await change(world, ids)
    assert await tree(world) is not before
    assert await world.ask(QUERY) != shown


async def test_a_tree_stays_when_other_pages_change(world: World) -> None:
    ids = await site(world)
    before = await kept(world)
    await _publish_page(world, {"two": ids["other"]})
    assert await tree(world) is before


async def test_why_an_item_is_hidden_is_found_out_each_time(world: World) -> None:
    ids = await site(world)
    await _hide_page(world, ids)
    assert await tree(world, ADMIN) is not await tree(world, ADMIN)
    asked = [await world.ask(QUERY, ADMIN) for _ in range(3)]
    assert [one["menuByHandle"]["allItems"][1]["hiddenReason"] for one in asked] == ["NOT_PUBLISHED"] * 3
    assert (await world.do("deletePage", id=ids["two"]))["deletedId"]
    assert (await world.ask(QUERY, ADMIN))["menuByHandle"]["allItems"][1]["hiddenReason"] == "NOT_FOUND"


async def test_items_of_a_tree_that_is_not_kept_are_not_kept_either(world: World) -> None:
    ids = await site(world)
    assert all(one.number for one in (await kept(world)).shown)
    await _hide_page(world, ids)
    for _ in range(4):
        assert not any(one.number for one in (await tree(world, ADMIN)).shown)

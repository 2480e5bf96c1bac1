"""Two writers at once: one is told, nothing is lost and nothing is half written."""

import asyncio
from typing import Any

from tests.menus.items import ids, item, tree
from tests.world import World


async def together(*work: Any) -> list[list[str]]:
    """The codes of the problems of mutations done at the same time."""
    return [[problem["code"] for problem in payload["problems"]] for payload in await asyncio.gather(*work)]


async def test_two_writers_of_one_draft_lose_nothing(world: World) -> None:
    menu = await world.menu("main")
    added = (world.do("addMenuItem", menuId=menu, item=item(f"Item {n}")) for n in range(8))
    assert await together(*added) == [[]] * 8
    assert sorted(await tree(world, menu)) == [f"Item {n}" for n in range(8)]
    versions = [data["version"] for _, data in await world.outbox(menu)]
    assert versions == list(range(1, 11))


async def test_of_two_writers_who_read_one_version_one_is_told(world: World) -> None:
    menu = await world.menu("main", [item("A")])
    known = await ids(world, menu)
    changed = (
        world.do("updateMenuItem", menuId=menu, itemId=known["A"], expectedVersion=2, icon=f"icon-{n}")
        for n in range(2)
    )
    assert sorted(await together(*changed)) == [[], ["MENU_VERSION_CONFLICT"]]


async def test_of_two_menus_with_one_handle_one_is_made(world: World) -> None:
    name = [{"locale": "en", "name": "Main"}]
    made = (world.do("createMenu", handle="main", translations=name) for _ in range(2))
    assert sorted(await together(*made)) == [[], ["VALIDATION_ERROR"]]
    menus = [await world.menu(f"menu-{n}") for n in range(2)]
    renamed = (world.do("updateMenu", id=menu, handle="same") for menu in menus)
    assert sorted(await together(*renamed)) == [[], ["VALIDATION_ERROR"]]


async def test_of_two_menus_for_one_place_one_holds_it(world: World) -> None:
    menus = [await world.menu(f"menu-{n}") for n in range(2)]
    bound = (world.do("bindMenu", id=menu, location="HEADER") for menu in menus)
    assert sorted(await together(*bound)) == [[], ["BINDING_TAKEN"]]
    bound = (world.do("bindMenu", id=menu, location="FOOTER", replace=True) for menu in menus)
    assert await together(*bound) == [[], []]
    name = [{"locale": "en", "name": "Main"}]
    place = [{"location": "SIDEBAR"}]
    made = (world.do("createMenu", handle=f"new-{n}", translations=name, bindings=place) for n in range(2))
    assert sorted(await together(*made)) == [[], ["BINDING_TAKEN"]]

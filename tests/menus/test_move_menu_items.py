from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_graphql.menus.tree import ROOT, Tree
from tests.menus.items import ids, item, tree
from tests.world import World

ITEMS = [item("A", item("a", item("aa"))), item("B", item("b")), item("C")]


async def move(world: World, menu: str, *moves: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The problems of moving items, which are named by their labels."""
    known = await ids(world, menu)
    named = [{name: known.get(label, label) for name, label in one.items()} for one in moves]
    payload = await world.do("moveMenuItems", menuId=menu, moves=named)
    return [(problem["code"], problem["path"]) for problem in payload["problems"]]


async def test_several_items_move_one_after_the_other_and_keep_their_ids(world: World) -> None:
    menu = await world.menu("main", ITEMS)
    before = await ids(world, menu)
    problems = await move(
        world,
        menu,
        {"itemId": "a", "parentId": None, "beforeId": "A"},
        {"itemId": "A", "parentId": "aa"},
        {"itemId": "C", "beforeId": "B"},
        {"itemId": "b", "parentId": "C"},
    )
    assert problems == []
    assert await tree(world, menu) == ["a", ".aa", "..A", "C", ".b", "B"]
    assert await ids(world, menu) == before
    assert [name for name, _ in await world.outbox(menu)][2:] == ["menu.updated"]


async def test_with_no_neighbour_an_item_stands_behind_all_and_beside_itself_where_it_is(world: World) -> None:
    menu = await world.menu("main", ITEMS)
    assert await move(world, menu, {"itemId": "A"}) == []
    assert (await tree(world, menu))[-3:] == ["A", ".a", "..aa"]
    for same in ({"itemId": "A", "beforeId": "A"}, {"itemId": "A", "afterId": "C"}):
        assert await move(world, menu, same) == []
    assert len(await world.outbox(menu)) == 3  # made, published, moved once


@pytest.mark.parametrize(
    ("moves", "problem"),
    [
        ([{"itemId": "A", "parentId": "aa"}], ("VALIDATION_ERROR", ["moves", "0", "parentId"])),
        ([{"itemId": "A", "parentId": "A"}], ("VALIDATION_ERROR", ["moves", "0", "parentId"])),
        ([{"itemId": "B"}, {"itemId": "B"}], ("VALIDATION_ERROR", ["moves", "1", "itemId"])),
        ([{"itemId": "C"}, {"itemId": "no-id"}], ("MENU_ITEM_NOT_FOUND", ["moves", "1", "itemId"])),
        ([{"itemId": "C", "parentId": "no-id"}], ("MENU_ITEM_NOT_FOUND", ["moves", "0", "parentId"])),
        ([{"itemId": "C", "beforeId": "b"}], ("MENU_ITEM_NOT_FOUND", ["moves", "0", "beforeId"])),
        ([{"itemId": "C", "beforeId": "A", "afterId": "B"}], ("VALIDATION_ERROR", ["moves", "0", "afterId"])),
        ([{"itemId": "C", "parentId": "A", "afterId": "C"}], ("MENU_ITEM_NOT_FOUND", ["moves", "0", "afterId"])),
    ],
)
async def test_a_wrong_move_moves_none(
    world: World, moves: list[dict[str, Any]], problem: tuple[str, list[str]]
) -> None:
    menu = await world.menu("main", ITEMS)
    before = await tree(world, menu)
    assert await move(world, menu, *moves, {"itemId": "b", "parentId": None}) == [problem]
    assert await tree(world, menu) == before


async def test_items_of_another_menu_do_not_move(world: World) -> None:
    other = await world.menu("other", [item("Stranger")])
    stranger = (await ids(world, other))["Stranger"]
    menu = await world.menu("main", ITEMS)
    assert await move(world, menu, {"itemId": stranger}) == [("MENU_ITEM_NOT_FOUND", ["moves", "0", "itemId"])]


async def test_a_move_cannot_make_a_menu_too_deep(world: World) -> None:
    deep: list[dict[str, Any]] = []
    for n in reversed(range(16)):
        deep = [item(f"Level {n}", *deep)]
    menu = await world.menu("main", [*deep, item("More")])
    assert await move(world, menu, {"itemId": "More", "parentId": "Level 15"}) == [("VALIDATION_ERROR", ["moves"])]
    assert await move(world, menu, {"itemId": "More", "parentId": "Level 14"}) == []


SIZE = 12
MOVE = st.tuples(st.integers(0, SIZE - 1), st.integers(-1, SIZE - 1), st.integers(0, SIZE))


def row_of_threes() -> Tree:
    """Four items, each with one below it and one below that."""
    deepest = [{"id": str(n), "children": []} for n in range(2, SIZE, 3)]
    middle = [{"id": str(n), "children": [below]} for n, below in zip(range(1, SIZE, 3), deepest, strict=True)]
    return Tree.of([{"id": str(n), "children": [below]} for n, below in zip(range(0, SIZE, 3), middle, strict=True)])


@given(st.lists(MOVE, max_size=30))
def test_a_tree_of_any_moves_keeps_every_item_once_and_goes_in_no_circle(moves: list[tuple[int, int, int]]) -> None:
    found = row_of_threes()
    for moved, above, place in moves:
        id, parent = str(moved), ROOT if above < 0 else str(above)
        if id not in found.line(parent):
            siblings = [sibling for sibling in found.below[parent] if sibling != id]
            at = place % (len(siblings) + 1)
            found.move(id, parent, at)
            assert found.below[parent] == [*siblings[:at], id, *siblings[at:]]
    again = Tree.of(found.nested())
    assert (again.items, again.below, again.above) == (found.items, found.below, found.above)
    assert sorted(again.under(ROOT)) == sorted([ROOT, *map(str, range(SIZE))])

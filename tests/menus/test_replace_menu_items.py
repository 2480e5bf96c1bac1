from typing import Any

from annotated_types import Le

from pages_graphql.core.inputs import parse
from pages_graphql.menus.commands import ReplaceMenuItems
from pages_graphql.settings import Settings
from tests.world import MANAGER, World

ALL = "allItems { id label parentId translations { locale label description } icon openInNewTab }"


def item(locale: str = "en", label: str | None = "Item", **more: Any) -> dict[str, Any]:
    return {"translations": [{"locale": locale, "label": label}], **more}


async def items(world: World, menu: str) -> list[dict[str, Any]]:
    data = await world.ask(f"query ($id: ID!) {{ menu(id: $id, stage: DRAFT) {{ {ALL} }} }}", id=menu)
    return data["menu"]["allItems"]


async def test_an_id_keeps_its_item_and_what_it_says_in_other_locales(world: World) -> None:
    menu = await world.menu("main", [item(label="One", icon="star"), item(label="Two")])
    one, two = [found["id"] for found in await items(world, menu)]

    payload = await world.do(
        "replaceMenuItems",
        menuId=menu,
        items=[item("de", "Zwei", id=two, children=[item("de", "Eins", id=one)]), item(label="Three")],
    )
    assert payload["problems"] == []

    found = await items(world, menu)
    assert [(one["id"], one["parentId"]) for one in found[:2]] == [(two, None), (one, two)]
    assert found[1]["translations"] == [
        {"locale": "en", "label": "One", "description": None},
        {"locale": "de", "label": "Eins", "description": None},
    ]
    assert found[1]["icon"] is None
    assert found[2]["id"] not in (one, two)


async def test_null_clears_what_an_item_says(world: World) -> None:
    menu = await world.menu("main", [item(label="One", link={"url": "/x"})])
    [one] = await items(world, menu)
    await world.do("replaceMenuItems", menuId=menu, items=[item(label=None, id=one["id"], link={"url": "/x"})])
    [one] = await items(world, menu)
    assert (one["label"], one["translations"]) == ("/x", [])


async def test_the_same_items_are_no_change(world: World) -> None:
    menu = await world.menu("main", [item(label="One")], publish=False)
    [one] = await items(world, menu)
    payload = await world.do(
        "replaceMenuItems", menuId=menu, items=[item(label="One", id=one["id"])], expectedVersion=1
    )
    assert (payload["menu"]["version"], payload["problems"]) == (1, [])
    assert [name for name, _ in await world.outbox(menu)] == ["menu.created"]


async def test_a_stale_version_is_a_conflict_before_anything_is_looked_at(world: World) -> None:
    menu = await world.menu("main")
    given = {"menuId": menu, "expectedVersion": 1, "items": [item(label="")]}
    assert await world.problems("replaceMenuItems", **given) == [("MENU_VERSION_CONFLICT", ["expectedVersion"])]


async def test_publishing_and_editing_are_permissions_of_their_own(world: World) -> None:
    menu = await world.menu("main", publish=False)
    assert (await world.do("replaceMenuItems", MANAGER, menuId=menu, items=[item()]))["problems"] == []
    assert await world.problems("publishMenu", MANAGER, id=menu) == [("PERMISSION_DENIED", [])]


async def test_refuses_items_of_another_menu_and_an_item_given_twice(world: World) -> None:
    other = await world.menu("other", [item()])
    [stranger] = await items(world, other)
    menu = await world.menu("main", [item()])
    [own] = await items(world, menu)
    given = [item(id=stranger["id"]), item(id=own["id"], children=[item(id=own["id"])])]
    assert await world.problems("replaceMenuItems", menuId=menu, items=given) == [
        ("MENU_ITEM_NOT_FOUND", ["items", "0", "id"]),
        ("VALIDATION_ERROR", ["items", "1", "children", "0", "id"]),
    ]


async def test_says_what_is_wrong_with_levels_no_input_has(world: World) -> None:
    menu = await world.menu("main")
    items: list[dict[str, Any]] = []
    for _ in range(60):
        items = [item(children=items)]
    query = "mutation ($input: ReplaceMenuItemsInput!) { replaceMenuItems(input: $input) { problems { message } } }"
    payload = (await world.ask(query, input={"menuId": menu, "items": items}))["replaceMenuItems"]
    assert payload["problems"]
    assert all("nests deeper than 100" in problem["message"] for problem in payload["problems"])


def test_the_deepest_menu_that_can_be_set_can_be_written() -> None:
    [deepest] = [limit.le for limit in Settings.model_fields["max_menu_depth"].metadata if isinstance(limit, Le)]
    items: list[dict[str, Any]] = []
    for _ in range(int(str(deepest))):
        entity = {"entity": {"type": "POST", "id": "1"}}
        items = [item(link=entity, children=items)]
    assert parse(ReplaceMenuItems, {"menuId": "x", "items": items}).items


async def test_refuses_more_items_or_levels_than_the_limits(world: World) -> None:
    menu = await world.menu("main", [item() for _ in range(500)])
    many = [item() for _ in range(501)]
    assert await world.problems("replaceMenuItems", menuId=menu, items=many) == [("VALIDATION_ERROR", ["items"])]
    deep: list[dict[str, Any]] = []
    for _ in range(16):
        deep = [item(children=deep)]
    assert (await world.do("replaceMenuItems", menuId=menu, items=deep))["problems"] == []
    deeper = [item(children=deep)]
    assert await world.problems("replaceMenuItems", menuId=menu, items=deeper) == [("VALIDATION_ERROR", ["items"])]

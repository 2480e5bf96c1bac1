"""Adding, changing and deleting items one by one."""

from typing import Any

import pytest

from pages_graphql.core.access import Actor, Permission
from tests.menus.items import ids, item, items, tree
from tests.world import ADMIN, MANAGER, World, new_world


async def test_an_item_is_added_where_it_is_asked_for(world: World) -> None:
    menu = await world.menu("main", [item("A"), item("C", item("D"))])
    known = await ids(world, menu)
    added: list[dict[str, Any]] = [
        {"item": item("B", item("b")), "beforeId": known["C"]},
        {"item": item("E"), "parentId": known["C"], "afterId": known["D"]},
        {"item": item("F"), "parentId": known["D"]},
        {"item": item("Z")},
    ]
    for given in added:
        assert (await world.do("addMenuItem", MANAGER, menuId=menu, **given))["problems"] == []
    assert await tree(world, menu) == ["A", "B", ".b", "C", ".D", "..F", ".E", "Z"]
    assert (await ids(world, menu)).items() >= known.items()
    assert [name for name, _ in await world.outbox(menu)][2:] == ["menu.updated"] * 4


async def test_what_is_given_of_an_item_is_changed_and_null_clears(world: World) -> None:
    look: dict[str, Any] = {"icon": "star", "cssClass": "big red", "rel": "me", "openInNewTab": True}
    menu = await world.menu("main", [item("One", item("Below"), link={"url": "/x"}, **look)])
    one = (await items(world, menu))[0]

    async def changed(**given: Any) -> dict[str, Any]:
        payload = await world.do("updateMenuItem", menuId=menu, itemId=one["id"], **given)
        assert payload["problems"] == []
        return (await items(world, menu))[0]

    after = await changed(translations=[{"locale": "de", "label": "Eins", "description": "Worte"}])
    assert {**after, "translations": one["translations"]} == one
    assert [text["label"] for text in after["translations"]] == ["One", "Eins"]

    after = await changed(icon=None, cssClass="small", openInNewTab=False, link={"url": "/y"})
    assert (after["icon"], after["cssClass"], after["rel"]) == (None, "small", "me")
    assert (after["openInNewTab"], after["url"]) == (False, "/y")

    after = await changed(link=None, removeLocales=["en"], openInNewTab=None)
    assert (after["url"], after["label"], after["description"]) == (None, "Eins", "Worte")
    assert await tree(world, menu) == ["Eins", ".Below"]


async def test_an_item_is_deleted_with_those_below_it(world: World) -> None:
    menu = await world.menu("main", [item("A", item("B", item("C"))), item("D")])
    payload = await world.do("deleteMenuItem", menuId=menu, itemId=(await ids(world, menu))["B"])
    assert payload["menu"]["version"] == 3
    assert await tree(world, menu) == ["A", "D"]


async def test_the_same_is_no_change(world: World) -> None:
    menu = await world.menu("main", [item("A", link={"url": "/x"}, icon="star")])
    known = await ids(world, menu)
    same = {"translations": [{"locale": "en", "label": "A"}], "link": {"url": "/x"}, "icon": "star", "rel": None}
    payload = await world.do("updateMenuItem", menuId=menu, itemId=known["A"], expectedVersion=2, **same)
    assert payload["menu"]["version"] == 2
    assert len(await world.outbox(menu)) == 2


async def test_the_payload_is_shown_in_the_locale_of_the_new_item(world: World) -> None:
    menu = await world.menu("main")
    payload = await world.do("addMenuItem", ADMIN, "requestedLocale", menuId=menu, item=item("Eins", locale="DE"))
    assert payload["menu"]["requestedLocale"] == "de"


STRANGER = "0b0e5a3c-7b2c-4a57-9d3e-1c1f4f6d0000"


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ({"url": "javascript:alert(1)"}, ("VALIDATION_ERROR", ["link", "url"])),
        ({"url": "java\tscript:alert(1)"}, ("VALIDATION_ERROR", ["link", "url"])),
        ({"url": "//elsewhere.example"}, ("VALIDATION_ERROR", ["link", "url"])),
        ({"url": "#"}, ("VALIDATION_ERROR", ["link", "url"])),
        ({"url": ""}, ("VALIDATION_ERROR", ["link", "url"])),
        ({"url": "/x", "query": "a=1"}, ("VALIDATION_ERROR", ["link", "query"])),
        ({"url": "/x", "entity": {"type": "POST", "id": "1"}}, ("VALIDATION_ERROR", ["link"])),
        ({"entity": {"type": "MEDIA", "id": "1"}}, ("VALIDATION_ERROR", ["link", "entity", "type"])),
        ({"entity": {"type": "USER", "id": "1"}}, ("VALIDATION_ERROR", ["link", "entity", "type"])),
        ({"entity": {"type": "POST", "id": ""}}, ("VALIDATION_ERROR", ["link", "entity", "id"])),
        ({"pageId": "about"}, ("PAGE_NOT_FOUND", ["link", "pageId"])),
        ({"pageId": ""}, ("PAGE_NOT_FOUND", ["link", "pageId"])),
        ({"pageId": STRANGER}, ("PAGE_NOT_FOUND", ["link", "pageId"])),
    ],
)
async def test_a_wrong_link_changes_nothing(world: World, link: dict[str, Any], problem: tuple[str, list[str]]) -> None:
    menu = await world.menu("main", [item("A")])
    known = await ids(world, menu)
    assert await world.problems("updateMenuItem", menuId=menu, itemId=known["A"], link=link) == [problem]
    code, path = problem
    assert await world.problems("addMenuItem", menuId=menu, item=item("B", link=link)) == [(code, ["item", *path])]
    assert await tree(world, menu) == ["A"]


@pytest.mark.parametrize(
    ("mutation", "given", "problem"),
    [
        ("addMenuItem", {"item": {}}, ("VALIDATION_ERROR", ["item"])),
        ("addMenuItem", {"item": item("x" * 256)}, ("VALIDATION_ERROR", ["item", "translations", "0", "label"])),
        ("addMenuItem", {"item": item("B", id="A")}, ("VALIDATION_ERROR", ["item", "id"])),
        ("addMenuItem", {"item": item(), "parentId": STRANGER}, ("MENU_ITEM_NOT_FOUND", ["parentId"])),
        ("addMenuItem", {"item": item(), "beforeId": "B"}, ("MENU_ITEM_NOT_FOUND", ["beforeId"])),
        ("addMenuItem", {"item": item(), "beforeId": "A", "afterId": "C"}, ("VALIDATION_ERROR", ["afterId"])),
        ("updateMenuItem", {"itemId": STRANGER}, ("MENU_ITEM_NOT_FOUND", ["itemId"])),
        ("updateMenuItem", {"itemId": "A", "removeLocales": ["en"]}, ("VALIDATION_ERROR", [])),
        ("updateMenuItem", {"itemId": "A", "removeLocales": ["de"]}, ("VALIDATION_ERROR", ["removeLocales", "0"])),
        ("deleteMenuItem", {"itemId": "no-id"}, ("MENU_ITEM_NOT_FOUND", ["itemId"])),
        ("deleteMenuItem", {"itemId": "A", "expectedVersion": 1}, ("MENU_VERSION_CONFLICT", ["expectedVersion"])),
    ],
)
async def test_a_wrong_change_changes_nothing(
    world: World, mutation: str, given: dict[str, Any], problem: tuple[str, list[str]]
) -> None:
    menu = await world.menu("main", [item("A", item("B")), item("C")])
    known = await ids(world, menu)
    given = {name: known.get(value, value) if name.endswith("Id") else value for name, value in given.items()}
    if "id" in given.get("item", {}):
        given["item"] = {**given["item"], "id": known["A"]}
    assert await world.problems(mutation, menuId=menu, **given) == [problem]
    assert await tree(world, menu) == ["A", ".B", "C"]


async def test_a_page_that_was_linked_to_may_stay_when_it_is_gone(world: World) -> None:
    page = await world.page("Gone", publish=False)
    menu = await world.menu("main", [item("A", link={"pageId": page})])
    assert (await world.do("deletePage", id=page))["problems"] == []
    known = await ids(world, menu)
    link = {"pageId": page, "fragment": "part"}
    assert (await world.do("updateMenuItem", menuId=menu, itemId=known["A"], link=link))["problems"] == []
    assert await world.problems(
        "createMenu", handle="x", translations=[{"locale": "en", "name": "X"}], items=[{"link": link}]
    ) == [("PAGE_NOT_FOUND", ["items", "0", "link", "pageId"])]


async def test_a_page_of_another_tenant_is_not_there(world: World) -> None:
    menu = await world.menu("main", [item("A")])
    async with new_world(world.database) as other:
        new: dict[str, Any] = {"link": {"pageId": await other.page("Elsewhere")}}
        added = await world.problems("addMenuItem", menuId=menu, item=new)
        assert added == [("PAGE_NOT_FOUND", ["item", "link", "pageId"])]
        replaced = await world.problems("replaceMenuItems", menuId=menu, items=[new])
        assert replaced == [("PAGE_NOT_FOUND", ["items", "0", "link", "pageId"])]
    assert await tree(world, menu) == ["A"]


async def test_a_draft_page_is_not_there_for_who_may_not_see_it(world: World) -> None:
    page = await world.page("Secret", publish=False)
    menus_only = Actor("m", frozenset({Permission.MENUS_CREATE, Permission.MENUS_UPDATE}))
    given = {
        "handle": "main",
        "translations": [{"locale": "en", "name": "Main"}],
        "items": [{"link": {"pageId": page}}],
    }
    assert await world.problems("createMenu", menus_only, **given) == [
        ("PAGE_NOT_FOUND", ["items", "0", "link", "pageId"])
    ]
    assert (await world.do("createMenu", MANAGER, **given))["problems"] == []

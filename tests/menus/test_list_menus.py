from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, CUSTOMER, World

LIST = """query (
  $where: MenuWhere, $channel: String, $stage: ContentStage, $first: Int, $after: String, $last: Int, $before: String
) {
  menus(where: $where, channel: $channel, stage: $stage, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { handle } edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


async def build(world: World) -> dict[str, str]:
    """Four menus, one of them a draft; ids by handle."""
    places: dict[str, list[dict[str, str]]] = {
        "a-main": [{"location": "HEADER"}],
        "b-app": [{"location": "HEADER", "channel": "app"}, {"location": "FOOTER", "channel": "app"}],
        "c_foot": [{"location": "FOOTER"}],
        "d-draft": [{"location": "SIDEBAR"}],
    }
    return {
        handle: await world.menu(handle, publish=handle != "d-draft", bindings=bindings)
        for handle, bindings in reversed(places.items())
    }


async def handles(world: World, actor: Any = ANONYMOUS, **given: Any) -> list[str]:
    found = (await world.ask(LIST, actor, **given))["menus"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["handle"] for node in found["nodes"]]


async def test_readers_see_live_menus_by_handle_and_editors_drafts_too(world: World) -> None:
    await build(world)
    assert await handles(world) == ["a-main", "b-app", "c_foot"]
    assert await handles(world, ADMIN, stage="DRAFT") == ["a-main", "b-app", "c_foot", "d-draft"]
    answer = await world.answer(LIST, CUSTOMER, stage="DRAFT")
    assert (answer.data, answer.codes) == ({"menus": None}, ["PERMISSION_DENIED"])


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"handles": ["c_foot", "a-main", "nobody", "\u0000"]}, ["a-main", "c_foot"]),
        ({"handles": []}, []),
        ({"ids": ["no-id", "b-app"]}, ["b-app"]),
        ({"location": "HEADER"}, ["a-main", "b-app"]),
        ({"channel": "web"}, ["a-main", "c_foot", "d-draft"]),
        ({"location": "FOOTER", "channel": "app"}, ["b-app", "c_foot"]),
        ({"location": "MOBILE"}, []),
        ({"status": ["DRAFT"]}, ["d-draft"]),
        ({"status": ["PUBLISHED"]}, ["a-main", "b-app", "c_foot"]),
        ({"status": ["PUBLISHED", "DRAFT"], "location": "SIDEBAR"}, ["d-draft"]),
        ({"status": ["ARCHIVED", "SCHEDULED"]}, []),
        ({"status": []}, []),
        ({"location": None, "ids": None}, ["a-main", "b-app", "c_foot", "d-draft"]),
    ],
)
async def test_all_that_is_asked_must_hold(world: World, where: dict[str, Any], expected: list[str]) -> None:
    ids = await build(world)
    where = {
        name: [ids.get(one, one) for one in value] if name == "ids" and value else value
        for name, value in where.items()
    }
    assert await handles(world, ADMIN, where=where, stage="DRAFT") == expected
    assert await handles(world, ANONYMOUS, where=where) == [handle for handle in expected if handle != "d-draft"]


async def test_a_list_is_walked_in_both_directions(world: World) -> None:
    await build(world)

    async def walk(**given: Any) -> tuple[list[str], dict[str, Any]]:
        found = (await world.ask(LIST, ADMIN, stage="DRAFT", **given))["menus"]
        assert found["totalCount"] == 4
        return [node["handle"][0] for node in found["nodes"]], found["pageInfo"]

    names, start = await walk(first=3)
    assert (names, start["hasNextPage"], start["hasPreviousPage"]) == (["a", "b", "c"], True, False)
    names, rest = await walk(first=3, after=start["endCursor"])
    assert (names, rest["hasNextPage"], rest["hasPreviousPage"]) == (["d"], False, True)
    names, back = await walk(last=2, before=rest["startCursor"])
    assert (names, back["hasPreviousPage"]) == (["b", "c"], True)
    assert (await walk(last=1))[0] == ["d"]


@pytest.mark.parametrize(
    "given",
    [
        {"first": 101},
        {"first": -1},
        {"first": 1, "last": 1},
        {"after": "nonsense"},
        {"where": {"channel": "moon"}},
        {"where": {"channel": ""}},
        {"channel": "moon"},
        {"channel": ""},
    ],
)
async def test_a_wrong_argument_ends_the_field(world: World, given: dict[str, Any]) -> None:
    answer = await world.answer(LIST, **given)
    assert (answer.data, answer.codes) == ({"menus": None}, ["VALIDATION_ERROR"])


async def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    await world.page("Page")
    pages = await world.ask("{ pages { pageInfo { endCursor } } }")
    answer = await world.answer(LIST, after=pages["pages"]["pageInfo"]["endCursor"])
    assert answer.codes == ["VALIDATION_ERROR"]


async def test_twenty_menus_with_their_items_cost_as_much_as_one(world: World) -> None:
    pages = [await world.page(f"Page {n}") for n in range(20)]
    for n, page in enumerate(pages):
        await world.menu(f"menu-{n}", [{"link": {"pageId": page}}], bindings=[{"location": "HEADER"}] if n == 0 else [])
    query = "query ($first: Int) { menus(first: $first) { nodes { bindings { location } items { label url } } } }"
    for first in (1, 20):
        found = (await world.ask(query, ANONYMOUS, first=first))["menus"]["nodes"]
        assert len([item for menu in found for item in menu["items"] if item["url"]]) == first
        assert len(world.statements) == 2

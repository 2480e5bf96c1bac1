"""Lists of pages: windows of them, from both ends."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import orjson
import pytest

from tests.world import ADMIN, ANONYMOUS, World

NOBODY = "01980000-0000-7000-8000-000000000000"
LIST = """query ($first: Int, $after: String, $last: Int, $before: String) {
  list: pages(first: $first, after: $after, last: $last, before: $before) { ...window } } """
WINDOW = """fragment window on PageConnection { nodes { title } edges { cursor node { title } } totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"""


async def window(world: World, query: str = LIST, **asked: Any) -> tuple[str, Any]:
    """The titles in a window, as one word, and the rest of it."""
    found = (await world.ask(query + WINDOW, ANONYMOUS, **asked))["list"]
    assert [edge["node"] for edge in found["edges"]] == found["nodes"]
    cursors = [edge["cursor"] for edge in found["edges"]]
    assert [found["pageInfo"]["startCursor"], found["pageInfo"]["endCursor"]] == (
        [cursors[0], cursors[-1]] if cursors else [None, None]
    )
    return "".join(node["title"] for node in found["nodes"]), found


def more(found: Any) -> tuple[bool, bool]:
    """Whether there is more before, and after."""
    return found["pageInfo"]["hasPreviousPage"], found["pageInfo"]["hasNextPage"]


async def test_all_pages_are_walked_through_from_both_ends(world: World) -> None:
    for title in "abcdefg":
        await world.page(title)
    await world.page("draft", publish=False)

    asked: dict[str, Any] = {"first": 3}
    walked = []
    for _ in range(3):
        titles, found = await window(world, **asked)
        walked.append((titles, *more(found)))
        assert found["totalCount"] == 7
        asked = {"first": 3, "after": found["pageInfo"]["endCursor"]}
    assert walked == [("abc", False, True), ("def", True, True), ("g", True, False)]

    asked, walked = {"last": 3}, []
    for _ in range(3):
        titles, found = await window(world, **asked)
        walked.append((titles, *more(found)))
        asked = {"last": 3, "before": found["pageInfo"]["startCursor"]}
    assert walked == [("efg", True, False), ("bcd", True, True), ("a", False, True)]


@pytest.mark.parametrize("unknown", [NOBODY, "no-uuid", "", "00000000-0000-0000-0000-000000000000"])
async def test_below_what_is_not_there_nothing_stands(world: World, unknown: str) -> None:
    await world.page("Page")
    for name in ("parentId", "ancestorId"):
        query = f"query ($id: ID) {{ pages(where: {{ {name}: $id }}) {{ totalCount }} }}"
        assert await world.ask(query, ANONYMOUS, id=unknown) == {"pages": {"totalCount": 0}}
        assert await world.ask(query, ANONYMOUS, id=None) == {"pages": {"totalCount": 1}}


@pytest.mark.parametrize(
    ("list_", "filter_", "given"),
    [
        ("pages", "ids", [NOBODY]),
        ("pages", "templates", ["none", "\x00", "\ud800"]),
        ("menus", "ids", [NOBODY]),
        ("menus", "handles", ["none", "\x00", "\ud800"]),
    ],
)
async def test_a_filter_may_name_more_than_a_statement_has_parameters(
    world: World, list_: str, filter_: str, given: list[str]
) -> None:
    kind = "ID" if filter_ == "ids" else "String"
    query = f"query ($given: [{kind}!]!) {{ {list_}(where: {{ {filter_}: $given }}) {{ totalCount nodes {{ id }} }} }}"
    assert await world.ask(query, given=(given * 70_000)[:70_000]) == {list_: {"totalCount": 0, "nodes": []}}


@pytest.mark.parametrize("start", ["/nowhere", "\x00", "\ud800", "%"])
async def test_no_redirect_begins_with_what_no_path_has(world: World, start: str) -> None:
    query = """mutation ($input: CreatePathRedirectInput!) {
      createPathRedirect(input: $input) { problems { code } } }"""
    await world.ask(query, input={"fromPath": "/old", "url": "https://else.example"})
    query = "query ($start: String!) { pathRedirects(where: { fromPathStartsWith: $start }) { totalCount } }"
    assert await world.ask(query, start=start) == {"pathRedirects": {"totalCount": 0}}
    assert await world.ask(query, start="/ol") == {"pathRedirects": {"totalCount": 1}}


async def test_twenty_are_given_where_nobody_says_how_many(world: World) -> None:
    for n in range(21):
        await world.page(f"{n}")
    _, found = await window(world)
    assert (len(found["nodes"]), *more(found), found["totalCount"]) == (20, False, True, 21)
    _, found = await window(world, first=100)
    assert (len(found["nodes"]), *more(found)) == (21, False, False)
    _, found = await window(world, before=found["edges"][5]["cursor"])
    assert (len(found["nodes"]), *more(found)) == (5, False, True)
    _, found = await window(world, first=0)
    assert (found["nodes"], more(found), found["totalCount"]) == ([], (False, True), 21)


async def test_children_are_walked_through_from_both_ends(world: World) -> None:
    top, other = await world.page("Top"), await world.page("Other")
    for title in "abcde":
        await world.page(title, parentId=top)
    await world.page("x", parentId=other)
    query = """query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { page(id: $id) {
        list: children(first: $first, after: $after, last: $last, before: $before) { ...window } } } """

    async def children(**asked: Any) -> tuple[str, Any]:
        data = await world.ask(query + WINDOW, ANONYMOUS, id=top, **asked)
        found = data["page"]["list"]
        return "".join(node["title"] for node in found["nodes"]), found

    titles, found = await children(first=2)
    assert (titles, *more(found), found["totalCount"]) == ("ab", False, True, 5)
    titles, found = await children(first=2, after=found["pageInfo"]["endCursor"])
    assert (titles, *more(found)) == ("cd", True, True)
    titles, found = await children(last=2)
    assert (titles, *more(found)) == ("de", True, False)
    titles, found = await children(last=5, before=found["pageInfo"]["startCursor"])
    assert (titles, *more(found)) == ("abc", False, True)


async def test_a_page_that_comes_between_is_neither_skipped_nor_doubled(world: World) -> None:
    pages = [await world.page(title) for title in "abcd"]
    _, found = await window(world, first=2)
    await world.page("x", beforeId=pages[0])
    await world.page("y", afterId=pages[2])
    await world.do("unpublishPage", id=pages[1])  # the page of the cursor itself
    titles, _ = await window(world, first=3, after=found["pageInfo"]["endCursor"])
    assert titles == "cyd"


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": -1},
        {"first": 101},
        {"last": -1},
        {"last": 101},
        {"first": 1, "last": 1},
        {"first": 1, "before": "x"},
        {"after": "x"},
        {"after": ""},
        {"before": "ж"},
        {"after": "\x00"},
    ],
    ids=str,
)
async def test_a_wrong_window_ends_that_field(world: World, wrong: dict[str, Any]) -> None:
    await world.page("Page")
    answer = await world.answer(LIST + WINDOW, ANONYMOUS, **wrong)
    assert (answer.data, answer.codes) == ({"list": None}, ["VALIDATION_ERROR"])


@pytest.mark.parametrize(
    "place",
    [
        [],
        [1],
        [1, "x"],
        [1, None],
        ["x", NOBODY],
        [None, NOBODY],
        [True, NOBODY],
        [1.5, NOBODY],
        [2**31, NOBODY],
        [2**63, NOBODY],
        [-(2**63), NOBODY],
        [{"a": 1}, NOBODY],
        [1, NOBODY, 2],
        {"a": 1},
        7,
    ],
    ids=lambda place: repr(place)[:20],
)
async def test_a_made_up_cursor_ends_that_field(world: World, place: Any) -> None:
    page = await world.page("Page")
    _, found = await window(world)
    real = found["pageInfo"]["endCursor"]
    name, *values = orjson.loads(urlsafe_b64decode(real + "=" * (-len(real) % 4)))
    assert values[-1] == page
    made_up = urlsafe_b64encode(orjson.dumps([name, *place] if isinstance(place, list) else place)).decode().rstrip("=")
    answer = await world.answer(LIST + WINDOW, ANONYMOUS, after=made_up)
    assert (answer.data, answer.codes) == ({"list": None}, ["VALIDATION_ERROR"])


async def test_cursors_are_of_one_list(world: World) -> None:
    top = await world.page("Top")
    await world.page("Child", parentId=top)
    _, found = await window(world)
    query = "query ($id: ID!, $after: String) { page(id: $id) { children(after: $after) { totalCount } } }"
    answer = await world.answer(query, ANONYMOUS, id=top, after=found["pageInfo"]["endCursor"])
    assert (answer.data, answer.codes) == ({"page": None}, ["VALIDATION_ERROR"])


async def test_lists_count_what_the_view_shows(world: World) -> None:
    top = await world.page("Top")
    for n in range(3):
        await world.page(f"{n}", parentId=top, publish=n > 0, channels=["app"] if n == 1 else None)
    query = (
        "query ($id: ID!) { pages { totalCount nodes { id } } page(id: $id) { children { totalCount nodes { id } } } }"
    )
    views = {"reader": world.view(), "app": world.view(channel="app"), "editor": world.view(ADMIN, stage="DRAFT")}
    counts = {}
    for name, view in views.items():
        data = await world.ask(query, view=view, id=top)
        lists = data["pages"], data["page"]["children"]
        assert [len(one["nodes"]) for one in lists] == [one["totalCount"] for one in lists]
        counts[name] = [one["totalCount"] for one in lists]
    assert counts == {"reader": [2, 1], "app": [3, 2], "editor": [3, 2]}

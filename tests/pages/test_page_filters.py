"""Which pages a list is of: every filter alone, and joined by and, or and not."""

from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, World

NOBODY = "01980000-0000-7000-8000-000000000000"
LIST = """query ($where: PageWhere, $stage: ContentStage, $channel: String) {
  pages(where: $where, stage: $stage, channel: $channel, first: 100) { totalCount nodes { title } } }"""


async def build(world: World) -> dict[str, str]:
    """A tree of live pages, one of them of another channel, with a draft and an archived page; ids by title."""
    ids = {"a": await world.page("a", template="landing")}
    ids["b"] = await world.page("b", parentId=ids["a"])
    ids["c"] = await world.page("c", parentId=ids["b"], template="landing")
    ids["d"] = await world.page("d", channels=["app"])
    ids["e"] = await world.page("e", publish=False)
    ids["f"] = await world.page("f", publish=False)
    await world.do("archivePage", id=ids["f"])
    return ids


async def titles(world: World, where: Any, actor: Any = ADMIN, stage: str = "DRAFT", **more: Any) -> str:
    """The titles of what fits, in order of the alphabet, as one word."""
    found = (await world.ask(LIST, actor, where=where, stage=stage, **more))["pages"]
    assert found["totalCount"] == len(found["nodes"])
    return "".join(sorted(node["title"] for node in found["nodes"]))


CASES: list[tuple[dict[str, Any], str]] = [
    ({}, "abcef"),
    ({"ids": ["a", "e", NOBODY, "no-id"]}, "ae"),
    ({"ids": []}, ""),
    ({"status": ["PUBLISHED"]}, "abc"),
    ({"status": ["DRAFT", "ARCHIVED"]}, "ef"),
    ({"status": ["SCHEDULED"]}, ""),
    ({"status": []}, ""),
    ({"templates": ["landing", "nothing"]}, "ac"),
    ({"templates": []}, ""),
    ({"parentId": "a"}, "b"),
    ({"parentId": NOBODY}, ""),
    ({"parentId": "no-id"}, ""),
    ({"parentId": ""}, ""),
    ({"ancestorId": "a"}, "bc"),
    ({"ancestorId": "no-id"}, ""),
    ({"isRoot": True}, "aef"),
    ({"isRoot": False}, "bc"),
    ({"channel": "app"}, "abcef"),
    ({"isRoot": True, "templates": ["landing"]}, "a"),
    ({"and": [{"isRoot": True}, {"status": ["DRAFT"]}]}, "e"),
    ({"and": []}, "abcef"),
    ({"or": [{"parentId": "a"}, {"status": ["ARCHIVED"]}]}, "bf"),
    ({"or": []}, ""),
    ({"not": {"parentId": "a"}}, "acef"),
    ({"not": {"or": [{"isRoot": True}, {"not": {"templates": ["landing"]}}]}}, "c"),
    ({"ids": None, "status": None, "parentId": None, "isRoot": None, "and": None, "or": None, "not": None}, "abcef"),
]


def named(where: Any, ids: dict[str, str]) -> Any:
    """The filter with the ids of the pages that it names by title."""
    if isinstance(where, dict):
        return {name: named(part, ids) for name, part in where.items()}
    if isinstance(where, list):
        return [named(part, ids) for part in where]
    return ids.get(where, where) if isinstance(where, str) else where


async def test_a_filter_lists_what_fits_and_nothing_else(world: World) -> None:
    ids = await build(world)
    found = [(where, await titles(world, named(where, ids))) for where, _ in CASES]
    assert found == CASES


async def test_a_channel_is_a_filter_beside_the_one_that_is_looked_through(world: World) -> None:
    await build(world)
    in_both = await titles(world, {"channel": "web"}, ANONYMOUS, "LIVE", channel="app")
    assert (in_both, await titles(world, {"channel": "app"}, ANONYMOUS, "LIVE", channel="app")) == ("abc", "abcd")


async def test_readers_learn_nothing_of_drafts_by_filters(world: World) -> None:
    ids = await build(world)
    for where, expected in (
        ({"status": ["PUBLISHED"]}, "abc"),
        ({"status": ["DRAFT", "ARCHIVED", "SCHEDULED"]}, ""),
        ({"not": {"status": ["PUBLISHED"]}}, ""),
        ({"ids": [ids["e"], ids["f"]]}, ""),
    ):
        assert await titles(world, where, ANONYMOUS, "LIVE") == expected


def deep(levels: int) -> dict[str, Any]:
    """A filter in a filter, and so on."""
    return {"not": deep(levels - 1)} if levels else {}


@pytest.mark.parametrize(
    ("fits", "wrong"),
    [
        (deep(8), deep(9)),
        ({"or": [{"templates": ["x"]}] * 499}, {"or": [{"templates": ["x"]}] * 500}),
        ({"and": [{"status": ["PUBLISHED"] * 9}] * 499}, {"and": [{"status": ["PUBLISHED"]}] * 500}),
        ({"channel": "app"}, {"channel": "nowhere"}),
        ({"channel": None}, {"channel": ""}),
    ],
    ids=["deep", "or", "and", "channel", "no channel"],
)
async def test_a_filter_that_is_too_large_or_wrong_ends_its_field(world: World, fits: Any, wrong: Any) -> None:
    await world.page("a")
    assert await titles(world, fits, ANONYMOUS, "LIVE") in ("", "a")
    answer = await world.answer(LIST, ANONYMOUS, where=wrong)
    assert (answer.data, answer.codes) == ({"pages": None}, ["VALIDATION_ERROR"])

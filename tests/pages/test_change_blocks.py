"""Blocks changed one by one: what each mutation does to the draft, and what it refuses."""

from typing import Any

import pytest

from tests.world import ANONYMOUS, AUTHOR, World

NOBODY = "01980000-0000-7000-8000-000000000000"
INVALID, MISSING = "VALIDATION_ERROR", "BLOCK_NOT_FOUND"
PAGE = """query ($id: ID!, $stage: ContentStage) { page(id: $id, stage: $stage) { version
  blocks { id data sharedData overrides { locale data } } } }"""


def hero(title: str = "New", **more: Any) -> dict[str, Any]:
    return {"type": "hero", "data": {"title": title}, **more}


class Blocks:
    """A live page with the blocks a, b and c."""

    def __init__(self, world: World, page: str) -> None:
        self.world, self.page = world, page
        self.ids: dict[str, str] = {}

    async def read(self, stage: str = "DRAFT") -> Any:
        return (await self.world.ask(PAGE, id=self.page, stage=stage))["page"]

    async def shown(self, stage: str = "DRAFT") -> str:
        """The titles of the blocks, as one word."""
        return "".join(block["data"]["title"] for block in (await self.read(stage))["blocks"])

    async def do(self, mutation: str, **given: Any) -> str:
        """The titles after a change that is done; blocks are named by their titles."""
        payload = await self.world.do(mutation, pageId=self.page, **self.named(given))
        assert payload["problems"] == [], payload
        assert await self.shown("LIVE") == "abc"
        return await self.shown()

    async def refused(self, mutation: str, actor: Any = None, **given: Any) -> list[tuple[str, list[str]]]:
        """The problems of a change that is not done."""
        actors = () if actor is None else (actor,)
        before = await self.read()
        problems = await self.world.problems(mutation, *actors, pageId=self.page, **self.named(given))
        assert await self.read() == before
        return problems

    def named(self, given: Any) -> Any:
        if isinstance(given, dict):
            return {name: part if name == "data" else self.named(part) for name, part in given.items()}
        if isinstance(given, list):
            return [self.named(part) for part in given]
        return self.ids.get(given, given) if isinstance(given, str) else given


@pytest.fixture
async def blocks(world: World) -> Blocks:
    found = Blocks(world, await world.page(blocks=[hero(title) for title in "abc"]))
    found.ids = {block["data"]["title"]: block["id"] for block in (await found.read())["blocks"]}
    return found


async def test_a_block_is_added_beside_another_or_behind_all(blocks: Blocks) -> None:
    assert await blocks.do("addPageBlock", block=hero("x")) == "abcx"
    assert await blocks.do("addPageBlock", block=hero("y"), beforeId="a") == "yabcx"
    assert await blocks.do("addPageBlock", block=hero("z"), afterId="b") == "yabzcx"
    ids = [block["id"] for block in (await blocks.read())["blocks"]]
    assert len(set(ids)) == 6
    assert [ids[1], ids[2], ids[4]] == [blocks.ids[title] for title in "abc"]


async def test_a_block_is_changed_as_a_whole_where_it_is_given(blocks: Blocks) -> None:
    override = [{"locale": "de", "data": {"title": "ä"}}]
    assert await blocks.do("updatePageBlock", blockId="b", overrides=override) == "abc"
    assert await blocks.do("updatePageBlock", blockId="b", data={"title": "B", "subtitle": "S"}) == "aBc"
    block = (await blocks.read())["blocks"][1]
    assert block["id"] == blocks.ids["b"]
    assert (block["sharedData"], block["overrides"]) == ({"title": "B", "subtitle": "S"}, override)
    await blocks.do("updatePageBlock", blockId="b", data={"title": "B"}, overrides=None)
    block = (await blocks.read())["blocks"][1]
    assert (block["sharedData"], block["overrides"]) == ({"title": "B"}, [])


async def test_blocks_are_moved_ordered_and_taken_away(blocks: Blocks) -> None:
    assert await blocks.do("movePageBlock", blockId="a") == "bca"
    assert await blocks.do("movePageBlock", blockId="a", beforeId="c") == "bac"
    assert await blocks.do("movePageBlock", blockId="b", afterId="a") == "abc"
    assert await blocks.do("reorderPageBlocks", blockIds=["c", "a", "b"]) == "cab"
    assert await blocks.do("deletePageBlock", blockId="a") == "cb"
    assert await blocks.do("replacePageBlocks", blocks=[hero("x"), hero("B", id="b")]) == "xB"
    assert (await blocks.read())["blocks"][1]["id"] == blocks.ids["b"]
    assert await blocks.do("replacePageBlocks", blocks=[]) == ""


@pytest.mark.parametrize(
    ("mutation", "given"),
    [
        ("updatePageBlock", {"blockId": "a"}),
        ("updatePageBlock", {"blockId": "a", "data": {"title": "a", "subtitle": None}, "overrides": []}),
        ("movePageBlock", {"blockId": "a", "beforeId": "b"}),
        ("movePageBlock", {"blockId": "a", "beforeId": "a"}),
        ("movePageBlock", {"blockId": "c"}),
        ("reorderPageBlocks", {"blockIds": ["a", "b", "c"]}),
        ("replacePageBlocks", {"blocks": [hero(title, id=title) for title in "abc"]}),
    ],
)
async def test_what_is_so_already_is_no_change(blocks: Blocks, mutation: str, given: Any) -> None:
    events = len(await blocks.world.outbox())
    assert await blocks.do(mutation, **given) == "abc"
    assert ((await blocks.read())["version"], len(await blocks.world.outbox())) == (2, events)


WRONG: list[tuple[str, dict[str, Any], list[tuple[str, list[str]]]]] = [
    ("addPageBlock", {"block": hero(), "beforeId": "a", "afterId": "b"}, [(INVALID, ["afterId"])]),
    ("addPageBlock", {"block": hero(), "beforeId": NOBODY}, [(MISSING, ["beforeId"])]),
    ("addPageBlock", {"block": hero(id=NOBODY)}, [(MISSING, ["block", "id"])]),
    ("addPageBlock", {"block": hero(id="a")}, [(INVALID, ["block", "id"])]),
    (
        "addPageBlock",
        {"block": {"type": "hero", "data": {"size": 1}}, "afterId": NOBODY},
        [(INVALID, ["block", "data", "title"]), (INVALID, ["block", "data", "size"]), (MISSING, ["afterId"])],
    ),
    (
        "addPageBlock",
        {"block": {"type": "cta", "data": {"cta": {"pageId": NOBODY}}}, "afterId": NOBODY},
        [(MISSING, ["afterId"]), ("PAGE_NOT_FOUND", ["block", "data", "cta", "pageId"])],
    ),
    ("updatePageBlock", {"blockId": NOBODY, "data": {"title": "x"}}, [(MISSING, ["blockId"])]),
    ("updatePageBlock", {"blockId": "a", "data": None}, [(INVALID, ["data", "title"])]),
    ("updatePageBlock", {"blockId": "a", "data": {"title": "x", "size": 1}}, [(INVALID, ["data", "size"])]),
    (
        "updatePageBlock",
        {"blockId": "a", "overrides": [{"locale": "de", "data": {"title": "x"}}, {"locale": "de", "data": {}}]},
        [(INVALID, ["overrides", "1", "locale"])],
    ),
    ("updatePageBlock", {"blockId": "a", "overrides": [{"locale": "fr"}]}, [(INVALID, ["overrides", "0", "locale"])]),
    ("movePageBlock", {"blockId": NOBODY}, [(MISSING, ["blockId"])]),
    ("movePageBlock", {"blockId": "a", "afterId": NOBODY}, [(MISSING, ["afterId"])]),
    ("movePageBlock", {"blockId": "a", "beforeId": "b", "afterId": "c"}, [(INVALID, ["afterId"])]),
    ("deletePageBlock", {"blockId": NOBODY}, [(MISSING, ["blockId"])]),
    ("reorderPageBlocks", {"blockIds": ["a", "b"]}, [(INVALID, ["blockIds"])]),
    ("reorderPageBlocks", {"blockIds": ["a", "b", "b"]}, [(INVALID, ["blockIds"])]),
    ("reorderPageBlocks", {"blockIds": ["a", "b", "c", "a"]}, [(INVALID, ["blockIds"])]),
    (
        "reorderPageBlocks",
        {"blockIds": [NOBODY, "b", "no-id"]},
        [(MISSING, ["blockIds", "0"]), (MISSING, ["blockIds", "2"])],
    ),
    ("replacePageBlocks", {"blocks": [hero(id="a"), hero(id="a")]}, [(INVALID, ["blocks", "1", "id"])]),
    ("replacePageBlocks", {"blocks": [hero()] * 201}, [(INVALID, ["blocks"])]),
]


@pytest.mark.parametrize(("mutation", "given", "problems"), WRONG, ids=map(str, range(len(WRONG))))
async def test_a_wrong_change_of_blocks_changes_nothing(
    blocks: Blocks, mutation: str, given: Any, problems: Any
) -> None:
    assert sorted(await blocks.refused(mutation, **given)) == sorted(problems)


async def test_a_page_is_full_at_two_hundred_blocks(blocks: Blocks) -> None:
    await blocks.do("replacePageBlocks", blocks=[hero("x")] * 199)
    assert await blocks.do("addPageBlock", block=hero("x")) == "x" * 200
    assert await blocks.refused("addPageBlock", block=hero("x")) == [(INVALID, ["block"])]


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("addPageBlock", {"block": hero()}),
    ("updatePageBlock", {"blockId": "a", "data": {"title": "x"}}),
    ("movePageBlock", {"blockId": "a"}),
    ("deletePageBlock", {"blockId": "a"}),
    ("reorderPageBlocks", {"blockIds": ["c", "b", "a"]}),
    ("replacePageBlocks", {"blocks": []}),
]


@pytest.mark.parametrize(("mutation", "given"), CHANGES)
async def test_blocks_are_changed_by_editors_in_the_version_they_read_unless_it_is_archived(
    blocks: Blocks, mutation: str, given: Any
) -> None:
    other = await blocks.world.page("Other", blocks=[hero()])
    elsewhere = {**blocks.named(given), "pageId": other}
    if "blockId" in given or "blockIds" in given:  # of another page
        problems = await blocks.world.problems(mutation, **elsewhere)
        assert {code for code, _ in problems} == {MISSING}
    assert await blocks.refused(mutation, ANONYMOUS, **given) == [("UNAUTHENTICATED", [])]
    assert await blocks.refused(mutation, AUTHOR, **given) == [("PERMISSION_DENIED", [])]
    stale = await blocks.refused(mutation, **given, expectedVersion=1)
    assert stale == [("PAGE_VERSION_CONFLICT", ["expectedVersion"])]
    await blocks.do(mutation, **given, expectedVersion=2)
    assert (await blocks.read())["version"] == 3
    await blocks.world.do("archivePage", id=blocks.page)
    assert await blocks.refused(mutation, **given) == [("PAGE_ARCHIVED", ["id"])]

"""The orders of a list of pages, alike on every database, and walked through both ways."""

from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, World

LIST = """query ($orderBy: PageOrder, $locale: String, $stage: ContentStage, $first: Int, $after: String, $last: Int,
    $before: String) {
  pages(orderBy: $orderBy, locale: $locale, stage: $stage, first: $first, after: $after, last: $last, before: $before) {
    nodes { id title } pageInfo { startCursor endCursor } } }"""


async def listed(world: World, field: str | None, direction: str = "ASC", **more: Any) -> list[str]:
    """The titles in order; the same are found one by one, from both ends."""
    order = {"field": field, "direction": direction} if field else None
    asked: dict[str, Any] = {"actor": ANONYMOUS, "orderBy": order, **more}
    titles = [node["title"] for node in (await world.ask(LIST, **asked))["pages"]["nodes"]]
    for size, place, cursor in (("first", "after", "endCursor"), ("last", "before", "startCursor")):
        walked: list[str] = []
        at: str | None = None
        while (found := (await world.ask(LIST, **asked, **{size: 1, place: at}))["pages"])["nodes"]:
            walked += [node["title"] for node in found["nodes"]]
            at = found["pageInfo"][cursor]
        assert walked == (titles if size == "first" else titles[::-1])
    return titles


async def test_titles_are_ordered_in_lower_case_by_code_point(world: World) -> None:
    for n, title in enumerate(("b", "A", "ß", "a", "Ä", "Z", "_", "10", "9", "éa", "яблоко", "😀", "a a")):
        await world.page(translations=[{"locale": "en", "title": title, "slug": f"s{n}"}])
    assert await listed(world, "TITLE") == [
        "10", "9", "_", "A", "a", "a a", "b", "Z", "ß", "Ä", "éa", "яблоко", "😀"
    ]  # fmt: skip
    down = await listed(world, "TITLE", "DESC")
    assert down[-3:] == ["_", "9", "10"]
    assert down[-5:-3] == ["A", "a"]  # ties by id, whichever way


async def test_titles_are_ordered_as_they_are_shown(world: World) -> None:
    page = await world.page(translations=[{"locale": "en", "title": "A"}, {"locale": "de", "title": "Z"}])
    await world.page("M")
    await world.page(translations=[{"locale": "ru", "title": "Ы"}])
    assert await listed(world, "TITLE") == ["A", "M", "Ы"]
    assert await listed(world, "TITLE", locale="de") == ["M", "Z", "Ы"]
    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "X"}])
    assert await listed(world, "TITLE") == ["A", "M", "Ы"]
    assert await listed(world, "TITLE", actor=ADMIN, stage="DRAFT") == ["M", "X", "Ы"]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_missing_dates_come_last_whichever_way(world: World, direction: str) -> None:
    await world.page("Never", publish=False)
    await world.page("First")
    await world.page("Also never", publish=False)
    await world.page("Second")
    dated = ["First", "Second"] if direction == "ASC" else ["Second", "First"]
    drafts: dict[str, Any] = {"actor": ADMIN, "stage": "DRAFT"}
    assert await listed(world, "PUBLISHED_AT", direction, **drafts) == [*dated, "Never", "Also never"]


async def test_pages_are_ordered_by_when_they_were_made_and_when_what_is_shown_changed(world: World) -> None:
    pages = {title: await world.page(title) for title in "abc"}
    await world.do("movePage", id=pages["c"], beforeId=pages["a"])
    await world.do("updatePage", id=pages["b"], translations=[{"locale": "en", "title": "B"}])
    assert await listed(world, None) == await listed(world, "POSITION") == ["c", "a", "b"]
    assert await listed(world, "POSITION", "DESC") == ["b", "a", "c"]
    assert await listed(world, "CREATED_AT") == ["a", "b", "c"]
    assert await listed(world, "UPDATED_AT") == ["a", "b", "c"]  # the move is seen, the draft is not
    assert await listed(world, "UPDATED_AT", actor=ADMIN, stage="DRAFT") == ["a", "c", "B"]
    await world.do("publishPage", id=pages["a"])  # no change
    await world.do("publishPage", id=pages["b"])
    assert await listed(world, "UPDATED_AT", "DESC") == ["B", "c", "a"]


async def test_a_cursor_is_of_one_order_and_relevance_needs_a_search(world: World) -> None:
    await world.page("a")
    cursor = (await world.ask(LIST))["pages"]["pageInfo"]["endCursor"]
    wrong: list[dict[str, Any]] = [
        {"orderBy": {"field": "TITLE"}, "after": cursor},
        {"orderBy": {"field": "POSITION", "direction": "DESC"}, "after": cursor},
        {"orderBy": {"field": "RELEVANCE"}},
    ]
    for asked in wrong:
        answer = await world.answer(LIST, ANONYMOUS, **asked)
        assert (answer.data, answer.codes) == ({"pages": None}, ["VALIDATION_ERROR"])

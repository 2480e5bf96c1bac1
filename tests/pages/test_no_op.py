"""The same content again: it succeeds, and nothing is done."""

from typing import Any

import pytest

from tests.world import ANONYMOUS, World

TEXT = {
    "locale": "en",
    "title": "Page",
    "body": {"content": "Hi"},
    "seo": {"title": "S", "openGraph": {"type": "article"}},
}
HERO = {"type": "hero", "data": {"title": "Big"}, "overrides": [{"locale": "de", "data": {"title": "Groß"}}]}


async def state(world: World, page: str) -> tuple[Any, ...]:
    """All that a write that does nothing leaves as it is."""
    query = """query ($id: ID!) { page(id: $id, stage: DRAFT) { version updatedAt publishedAt status template channels
        revision { number contentHash createdAt note } blocks { id } } }"""
    found = (await world.ask(query, id=page))["page"]
    return found, await world.outbox()


async def filled(world: World, publish: bool) -> tuple[str, dict[str, Any]]:
    """A page, and its first block as an input."""
    page = await world.page(translations=[TEXT], blocks=[HERO], metadata={"a": [1]}, channels=["web"], publish=publish)
    query = "query ($id: ID!) { page(id: $id, stage: DRAFT) { blocks { id } } }"
    return page, {"id": (await world.ask(query, id=page))["page"]["blocks"][0]["id"], **HERO}


@pytest.mark.parametrize("publish", [True, False])
async def test_saving_what_is_there_already_does_nothing(world: World, publish: bool) -> None:
    page, block = await filled(world, publish)
    before = await state(world, page)
    again: list[dict[str, Any]] = [
        {},
        {"note": "Nothing new"},
        {"translations": [TEXT]},
        {"translations": [{"locale": "EN", "slug": "PAGE"}]},
        {"metadata": {"a": [1]}},
        {"blocks": [block]},
        {"channels": ["web", "web"], "template": "default"},
        {"expectedVersion": before[0]["version"], "template": None},
    ]
    for given in again:
        payload = await world.do("updatePage", id=page, **given)
        assert payload["problems"] == []
        assert payload["page"]["version"] == before[0]["version"]
    assert await state(world, page) == before


async def test_publishing_what_is_live_does_nothing(world: World) -> None:
    page = await world.page("Page")
    before = await state(world, page)
    again: list[dict[str, Any]] = [{}, {"expectedVersion": 2}]
    for given in again:
        assert (await world.do("publishPage", id=page, **given))["problems"] == []
    assert await state(world, page) == before


async def test_publishing_what_was_changed_and_changed_back_does_nothing(world: World) -> None:
    page = await world.page("Page")
    for title in ("Other", "Page"):
        await world.do("updatePage", id=page, translations=[{"locale": "en", "title": title}])
    before = await state(world, page)
    query = "query ($id: ID!) { page(id: $id) { hasUnpublishedChanges revision { number isLive } } }"
    assert (await world.ask(query, id=page))["page"]["hasUnpublishedChanges"] is False
    await world.do("publishPage", id=page)
    assert await state(world, page) == before
    assert (await world.ask(query, ANONYMOUS, id=page))["page"]["revision"] == {"number": 1, "isLive": True}


async def test_unpublishing_a_draft_does_nothing(world: World) -> None:
    page = await world.page("Page", publish=False)
    before = await state(world, page)
    assert (await world.do("unpublishPage", id=page, expectedVersion=1))["problems"] == []
    assert await state(world, page) == before


@pytest.mark.parametrize("mutation", ["updatePage", "publishPage"])
async def test_a_stale_version_is_a_conflict_even_where_nothing_would_be_done(world: World, mutation: str) -> None:
    page = await world.page("Page")
    stale = await world.problems(mutation, id=page, expectedVersion=1)
    assert stale == [("PAGE_VERSION_CONFLICT", ["expectedVersion"])]


@pytest.mark.parametrize("mutation", ["updatePage", "publishPage", "unpublishPage"])
async def test_permission_is_asked_even_where_nothing_would_be_done(world: World, mutation: str) -> None:
    page = await world.page("Page")
    assert await world.problems(mutation, ANONYMOUS, id=page, expectedVersion=1) == [("UNAUTHENTICATED", [])]

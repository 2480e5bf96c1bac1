"""Revisions that were read before: kept within bounds, told apart, and never shown for another."""

from typing import Any
from uuid import UUID, uuid4

from pages_graphql.api.context import Context
from pages_graphql.core.view import Source
from pages_graphql.core.whole import Document
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.storage.revision_cache import RevisionCache, Shown, Sources
from tests.world import ADMIN, World

QUERY = "query ($id: ID!) { page(id: $id) { title version body { html } } }"


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache = RevisionCache(most_bytes=10)
    ids = [uuid4() for _ in range(3)]
    for id in ids[:2]:
        cache.keep(id, "a:1:1", {"of": id}, 5)
    assert cache.find(ids[0], "a:1:1") == {"of": ids[0]}
    cache.keep(ids[2], "a:1:1", {"of": ids[2]}, 5)
    assert [cache.find(id, "a:1:1") is None for id in ids] == [False, True, False]
    assert cache.known(ids) == {"a:1:1"}
    assert cache.known(ids[1:2]) == set()


def test_what_is_larger_than_all_room_is_not_kept() -> None:
    cache, id = RevisionCache(most_bytes=10), UUID(int=1)
    cache.keep(id, "a:1:1", {}, 11)
    assert cache.find(id, "a:1:1") is None
    cache.keep(id, "a:1:1", {}, 10)
    cache.keep(id, "a:1:1", {"twice": True}, 10)
    assert cache.find(id, "a:1:1") == {}


async def test_texts_that_are_known_are_not_read_again_until_they_change(world: World) -> None:
    page = await world.page(translations=[{"locale": "en", "title": "One", "body": {"content": "*one*"}}])
    first = await world.ask(QUERY, id=page)
    known = world.database.revisions.known([UUID(page)])
    assert len(known) == 1
    assert await world.ask(QUERY, id=page) == first
    assert world.database.revisions.known([UUID(page)]) == known
    await world.do("updatePage", id=page, translations=[{"locale": "en", "body": {"content": "*two*"}}])
    await world.do("publishPage", id=page)
    assert (await world.ask(QUERY, id=page))["page"]["body"]["html"] == "<p><em>two</em></p>\n"
    await world.do("restorePageRevision", id=page, revision=1)
    draft = await world.ask(QUERY, ADMIN, world.view(ADMIN, stage="DRAFT"), id=page)
    assert draft["page"]["body"]["html"] == "<p><em>one</em></p>\n"


async def test_pages_that_say_the_same_are_told_apart(world: World) -> None:
    ids = [await world.page(translations=[{"locale": "en", "title": "Same", "slug": slug}]) for slug in ("a", "b")]
    assert (await world.do("updatePage", id=ids[0], translations=[{"locale": "en", "title": "Same"}]))["problems"] == []
    twins = [await world.page(translations=[{"locale": "en", "title": "T"}], parentId=id) for id in ids]
    query = "query ($id: ID!) { page(id: $id) { title path translations { updatedAt } } }"
    shown = [(await world.ask(query, id=twin))["page"] for twin in twins]
    assert [page["path"] for page in shown] == ["/a/t", "/b/t"]
    assert shown[0]["translations"] != shown[1]["translations"]  # each tells its own moment


def test_sources_that_were_not_shown_for_longest_go_first() -> None:
    sources = Sources(most=3)
    for document in (1, 2, 3):
        sources.keep("gone", document, Source(None, None, None, "en"))  # pyright: ignore[reportArgumentType] -- nobody looks
        sources.forget(9, document)
    for look, document in (("a", 1), ("a", 2), ("b", 1), ("a", 1)):
        sources.keep(look, document, Source(None, None, None, "en"))  # pyright: ignore[reportArgumentType] -- nobody looks
    assert (len(sources.of("a").by_document), len(sources.of("b").by_document)) == (2, 1)
    _ = sources.of("a")
    sources.keep("a", 3, Source(None, None, None, "en"))  # pyright: ignore[reportArgumentType] -- nobody looks
    assert (len(sources.of("a").by_document), len(sources.of("b").by_document)) == (3, 0)
    numbers = [source.number for source in sources.of("a").by_document.values()]
    assert len(set(numbers)) == 3
    assert 0 not in numbers


async def test_a_page_is_the_same_source_until_something_of_it_changes(world: World) -> None:
    id = UUID(await world.page("One"))

    async def shown(locale: str = "en") -> Source[Any]:
        context = Context(world.database, world.view(locale=locale))
        [source] = await context.batch(by_ids, context.view, [id])
        assert source is not None
        return source

    _ = await shown()  # its text is read
    first, other = await shown(), await shown("de")
    assert first is not other
    assert [await shown(), await shown("de")] == [first, other]
    assert await shown() is first
    await world.do("updatePage", id=str(id), channels=["web"])
    assert await shown() is not first


def test_a_document_that_is_let_go_is_nowhere_shown_as_it_was() -> None:
    cache, id, other = RevisionCache(most_bytes=10), uuid4(), uuid4()
    document = Document({})
    source = Source(None, document, None, "en")  # pyright: ignore[reportArgumentType] -- nobody looks
    cache.keep(id, "a:1:1", document, 10)
    for look in ("a", "b"):
        cache.sources.keep(look, document.number, source)
        cache.sources.of(look).show(id.int, source, "mark")
    looks = [cache.sources.of(look) for look in ("a", "b")]
    looks[0].show(id.int, Source(None, Document({}), None, "en"), "other")  # pyright: ignore[reportArgumentType] -- nobody looks
    cache.keep(other, "a:1:1", Document({}), 10)
    assert [look.by_document for look in looks] == [{}, {}]
    assert [[*look.by_owner] for look in looks] == [[id.int], []]  # what the first was shown since has another document


def test_an_owner_is_the_same_in_a_snapshot_only_as_it_was_shown_last() -> None:
    shown, source = Shown(), Source(None, None, None, "en")  # pyright: ignore[reportArgumentType] -- nobody looks
    for owner in (1, 2):
        shown.show(owner, source, "mark")
    assert not shown.was([1])
    shown.see("first", 1, shown.by_owner[1])
    assert shown.was([1]) == "first"
    assert not shown.was([1, 2])
    late = shown.by_owner[1]
    shown.show(1, source, "other")
    assert not shown.was([1])
    shown.see("first", 1, late)
    assert not shown.was([1])
    shown.see("first", 2, shown.by_owner[2])
    shown.see("second", 1, shown.by_owner[1])
    assert shown.was([1]) == "second"
    assert not shown.was([2])

"""Parts of answers that a document alone decides: made once for each locale, and never for another document."""

from typing import Any
from weakref import ref

import pytest

from pages_graphql.api.context import Context
from pages_graphql.core.view import Source
from pages_graphql.core.whole import Document
from pages_graphql.engine.fragments import OVERHEAD, Fragments
from tests.engine.both import Both
from tests.world import ADMIN, ANONYMOUS, World


class Counted:
    """A function of a plan, and how often it ran."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, source: Source[Any], document: Any, arguments: Any, pending: Any) -> object:
        self.times += 1
        return {"says": document["says"], "in": source.locale}


def source(document: Any, locale: str = "en") -> Source[Any]:
    return Source(None, document, None, locale)  # pyright: ignore[reportArgumentType] -- nobody looks through a View


async def ask(both: Both, world: World, chosen: str, *, times: int) -> None:
    """Ask for fields of the page “one” so often, all of it by compiled execution."""
    given = "($n: Int)" if "$n" in chosen else ""
    query = f'query {given} {{ pageBySlug(slug: "one") {{ {chosen} }} }}'
    for _ in range(times):
        said = await both.said(both.compiled, Context(world.database, world.view(ANONYMOUS)), query, {"n": 5}, None)
        assert not said.errors
    assert both.reasons == [""] * times


def test_it_is_made_once_for_each_document_locale_and_function() -> None:
    kept, makes, other = Fragments(), Counted(), Counted()
    one, two = Document({"says": "a"}), Document({"says": "a"})
    for document, locale in ((one, "en"), (one, "en"), (one, "de"), (two, "en")):
        _ = kept.of(1, makes, source(document, locale), document, (), [])
    _ = kept.of(2, other, source(one), one, (), [])
    assert (makes.times, other.times) == (3, 1)


def test_what_is_no_document_is_made_each_time() -> None:
    kept, makes = Fragments(), Counted()
    for _ in range(2):
        assert kept.of(1, makes, source({"says": "a"}), {"says": "a"}, (), []) == {"says": "a", "in": "en"}
    assert makes.times == 2


def test_what_was_not_asked_for_longest_goes_when_there_is_too_much() -> None:
    kept, makes = Fragments(most_bytes=2 * (OVERHEAD + 30)), Counted()
    first, second, third = (Document({"says": "a"}) for _ in range(3))
    for document in (first, second, first, third, first):
        _ = kept.of(1, makes, source(document), document, (), [])
    assert makes.times == 3
    _ = kept.of(1, makes, source(second), second, (), [])
    assert makes.times == 4


def test_a_plan_that_is_gone_is_not_kept_alive() -> None:
    kept, makes, document = Fragments(), Counted(), Document({"says": "a"})
    _ = kept.of(1, makes, source(document), document, (), [])
    gone = ref(makes)
    del makes
    assert gone() is None


@pytest.mark.parametrize(
    ("chosen", "is_alone"),
    [
        ("body { html }", True),
        ("body { excerpt(length: 20) }", True),
        ("body { excerpt(length: $n) }", False),
        ("body { content }", False),
        ("blocks { id data }", True),
        ("blocks { id sharedData }", False),
    ],
)
async def test_only_what_the_document_alone_decides_is_made_once(
    world: World, monkeypatch: pytest.MonkeyPatch, chosen: str, is_alone: bool
) -> None:
    text = {"locale": "en", "title": "One", "body": {"format": "PLAIN", "content": "Some words"}}
    _ = await world.page(translations=[text])
    both, made, of = Both(), list[object](), Fragments.of

    def noted(*given: Any) -> object:
        made.append(of(*given))
        return made[-1]

    monkeypatch.setattr(Fragments, "of", noted)
    await ask(both, world, chosen, times=2)
    assert len(made) == (2 if is_alone else 0)
    assert len(set(map(id, made))) <= 1


async def test_who_may_more_sees_more_of_the_same_document(world: World) -> None:
    block = {"type": "hero", "data": {"title": "Hello"}}
    _ = await world.page("One", blocks=[block])
    both, query = Both(), '{ pageBySlug(slug: "one") { blocks { id sharedData } } }'
    said = [await both.same(world.database, world.view(actor), query) for actor in (ANONYMOUS, ADMIN, ANONYMOUS)]
    assert said[0] == said[2] != said[1]


@pytest.mark.parametrize(
    ("chosen", "is_alone"),
    [
        ("id title path url", True),
        ("version status updatedAt blocks { sharedData }", True),
        ("translations { title path }", True),
        ("body { excerpt(length: 5) }", True),
        ("body { excerpt(length: $n) }", False),
        ("title parent { id }", False),
        ("title children(first: 1) { totalCount }", False),
    ],
)
async def test_what_a_page_alone_decides_is_made_once(
    world: World, monkeypatch: pytest.MonkeyPatch, chosen: str, is_alone: bool
) -> None:
    _ = await world.page("One")
    both, made, keep = Both(), list[object](), Fragments.keep

    def noted(kept: Fragments, same: Any, value: object) -> object:
        if not same[1]:
            made.append(same)
        return keep(kept, same, value)

    monkeypatch.setattr(Fragments, "keep", noted)
    await ask(both, world, chosen, times=3)
    assert len(made) == is_alone


SHOWN = "id version slug title path url status channels isFallback requestedLocale stage position viewerPermissions"


async def test_whatever_changes_of_a_page_is_shown(world: World) -> None:
    above = await world.page("Above")
    page = await world.page("Below", parentId=above)
    both, query = Both(), f'{{ page(id: "{page}") {{ {SHOWN} }} }}'
    changes: list[tuple[str, dict[str, Any]]] = [
        ("updatePage", {"id": page, "channels": ["web"]}),
        ("changePageSlug", {"id": above, "locale": "en", "slug": "other"}),
        ("updatePage", {"id": page, "translations": [{"locale": "en", "title": "New"}]}),
        ("publishPage", {"id": page}),
        ("movePage", {"id": page, "parentId": None}),
    ]
    seen = [await both.same(world.database, world.view(), query)]
    for mutation, given in changes:
        assert (await world.do(mutation, **given))["problems"] == []
        seen.append(await both.same(world.database, world.view(), query))
    assert len({said.data for said in seen}) == len(seen)


async def test_views_that_differ_are_shown_their_own(world: World) -> None:
    page = await world.page("One")
    both, query = Both(), f'{{ page(id: "{page}") {{ {SHOWN} }} }}'
    views = [
        world.view(),
        world.view(locale="de"),
        world.view(channel=None),
        world.view(ADMIN),
        world.view(ADMIN, stage="DRAFT"),
    ]
    said = [await both.same(world.database, view, query) for view in (*views, *views)]
    assert [one.data for one in said[:5]] == [one.data for one in said[5:]]
    assert len({one.data for one in said}) == len(views)

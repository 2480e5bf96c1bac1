"""A page is read without the parts that nobody asks for; whatever is asked for alone is the same as with all of them."""

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_abstract_type, is_leaf_type

from pages_graphql.api.context import Context
from pages_graphql.api.fields import KindField
from pages_graphql.core.view import Part
from pages_graphql.engine.executor import CompiledExecutor, Prepared, Write
from pages_graphql.engine.fragments import Fragments
from pages_graphql.engine.plan import compile_plan
from pages_graphql.engine.values import STRAWBERRY
from pages_graphql.schema import schema
from pages_graphql.storage.revision_cache import RevisionCache
from tests.depth import THOUSANDFOLD, times
from tests.engine.both import Both
from tests.engine.conftest import Rich
from tests.engine.test_compilable import GRAPH
from tests.world import ADMIN, ANONYMOUS, World, recorded

pytestmark = THOUSANDFOLD

DEEP = 2
ARGUMENTS = {"translation": '(locale: "de")', "inView": '(locale: "ru")'}


def alone(type_: Any, depth: int = DEEP, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Selections of a type, each with one leaf."""
    if is_abstract_type(type_):
        for one in GRAPH.get_possible_types(type_):
            yield from (f"... on {one.name} {{ {chosen} }}" for chosen in alone(one, depth, seen))
        return
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    for name, field in type_.fields.items():
        inner, asked = get_named_type(field.type), f"{name}{ARGUMENTS.get(name, '')}"
        if is_leaf_type(inner):
            yield asked
        elif depth and inner.name not in seen:
            yield from (f"{asked} {{ {chosen} }}" for chosen in alone(inner, depth - 1, seen | {type_.name}))


SELECTIONS = [*alone(GRAPH.type_map["Page"])]


async def test_whatever_is_asked_for_alone_is_the_same_as_with_all_parts(rich: Rich) -> None:
    world, values = rich
    both = Both()
    pages = f"pages: {values['ids'][0][0]!r}".replace("'", '"').partition(" ")[2]
    for view in (world.view(ANONYMOUS, locale="de"), world.view(ADMIN, stage="DRAFT")):
        for chosen in Random(0).sample(SELECTIONS, times(150, len(SELECTIONS), check=500)):
            said = await both.same(world.database, view, f"{{ page(id: {pages}) {{ {chosen} }} }}")
            assert not said.errors, chosen
    assert set(both.counted) == {""}


@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        ("id position isHome stage requestedLocale", set[Part]()),
        ("version", {Part.VERSION}),
        *((name, {Part.FACTS}) for name in ("status", "template", "viewKey", "updatedAt", "viewerPermissions")),
        ("blocks { sharedData }", {Part.DOCUMENT, Part.FACTS}),
        ("title body { html } blocks { data } translations { title }", {Part.DOCUMENT}),
        ("translations { path }", {Part.DOCUMENT, Part.PATHS}),
        ("parent { id } children { nodes { version } totalCount }", {Part.VERSION}),
        ("parent { id } children { nodes { title } }", {Part.DOCUMENT}),
        ("breadcrumbs { pageId }", set[Part]()),
        ("breadcrumbs { title path }", {Part.DOCUMENT, Part.PATHS}),
        ("seo { canonicalUrl }", {Part.DOCUMENT, Part.PATHS}),
    ],
)
def test_a_plan_knows_the_parts_that_it_needs(chosen: str, parts: set[Part]) -> None:
    prepared = CompiledExecutor(schema).prepare(f'{{ page(id: "x") {{ {chosen} }} }}', None)
    assert isinstance(prepared, Prepared)
    assert compile_plan(schema, prepared.document, prepared.node, {}, Fragments()).reads == parts


async def test_documents_and_paths_that_nobody_needs_are_not_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await world.page("One")
    monkeypatch.setattr(world.database, "revisions", RevisionCache())
    both, view = Both(), world.view(ADMIN, stage="DRAFT")
    counts: list[int] = []
    for chosen in ("id version", "title", "path"):
        with recorded(world.database, statements := list[str]()):
            query = f'{{ page(id: "{page}") {{ {chosen} }} }}'
            said = await both.said(both.compiled, Context(world.database, view), query, None, None)
            assert not said.errors
        counts.append(len(statements))
        assert bool(world.database.revisions.known([UUID(page)])) is (chosen != "id version")
    assert counts == [1, 1, 2]


async def test_a_write_reads_no_more_of_a_page_than_it_shows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = await world.page("One")
    monkeypatch.setattr(world.database, "revisions", RevisionCache())
    shown = ("id version", "title", "path", "... on Page { breadcrumbs { title path } }")
    counts: list[int] = []
    for n, chosen in enumerate(shown):
        before = len(world.database.revisions.known([UUID(page)]))
        input = {"id": page, "translations": [{"locale": "en", "title": f"Title {n}"}]}
        query = f"mutation ($input: UpdatePageInput!) {{ updatePage(input: $input) {{ page {{ {chosen} }} }} }}"
        said = await world.ask(query, input=input)
        assert said["updatePage"]["page"].get("title", f"Title {n}") == f"Title {n}"
        assert said["updatePage"]["page"].get("path", "/one") == "/one"
        counts.append(len(world.statements))
        assert (len(world.database.revisions.known([UUID(page)])) > before) is (n > 0)
    assert [count - counts[0] for count in counts] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        (
            "page { id version __typename } problems { code ... on ContentVersionConflictProblem { code } }",
            {Part.VERSION},
        ),
        ("page { ...Shown @skip(if: true) }", {Part.DOCUMENT, Part.PATHS}),
        ("page { children { nodes { id } } }", set[Part]()),
    ],
)
def test_what_a_write_shows_is_known_beforehand(chosen: str, parts: set[Part]) -> None:
    document = f'mutation {{ updatePage(input: {{ id: "x" }}) {{ {chosen} }} }} fragment Shown on Page {{ path }}'
    if "Shown" not in chosen:
        document = document.partition(" fragment")[0]
    prepared = CompiledExecutor(schema).prepare(document, None)
    assert isinstance(prepared, Write)
    assert prepared.reads == parts


def test_every_field_below_the_roots_says_what_it_needs() -> None:
    roots = {GRAPH.query_type, GRAPH.mutation_type, GRAPH.type_map["_Service"]}
    for name, type_ in GRAPH.type_map.items():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_ not in roots and name[:2] != "__":
            assert all(isinstance(field.extensions[STRAWBERRY], KindField) for field in type_.fields.values()), name

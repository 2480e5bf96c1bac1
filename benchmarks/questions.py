"""What is asked: four reads, a write, and what a storefront asks all day."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

from benchmarks.content import LOCALES
from benchmarks.deck import STAMP

PAGE = """query ($slug: String!, $parent: ID) { pageBySlug(slug: $slug, parentId: $parent) { id title path locale body { html wordCount }
  seo { title description } translations { locale title path }
  blocks { __typename id type data ... on PageHeroBlock { title subtitle backgroundImage { src width } } } } }"""
MENU = """query ($handle: String!, $locale: String) { menuByHandle(handle: $handle, locale: $locale) {
  id name items { ...I children { ...I children { ...I } } } } }
fragment I on MenuItem { id label url openInNewTab link { __typename ... on MenuPageLink { page { id title path } } } }"""
PAGES = "query ($n: Int!) { pages(first: $n) { totalCount nodes { id title path blocks { id type data } } } }"
FIRST = "query ($n: Int!) { pages(first: $n) { nodes { id title path blocks { id type data } } } }"
ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Page { id title path url } } }"
ROUTE = """query ($path: String!, $locale: String) { route(path: $path, locale: $locale) { __typename path statusCode
  ... on PageRoute { canonicalPath canonicalLocale isCanonical page { id title url locale template body { html }
    seo { title description } breadcrumbs { title path } alternates { locale path } blocks { __typename id type data } } }
  ... on PathRedirectRoute { location isPermanent } } }"""
LIST = """query ($n: Int!, $locale: String) { pages(first: $n, locale: $locale) { totalCount pageInfo { hasNextPage endCursor }
  nodes { id title path body { excerpt } publishedAt } } }"""
PUBLISH = """mutation ($edit: UpdatePageInput!, $publish: PublishPageInput!, $live: Boolean!) {
  updatePage(input: $edit) { page { id version } problems { code } }
  publishPage(input: $publish) @include(if: $live) { page { id version } problems { code } } }"""
CREATE = (
    """mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id version } problems { code } } }"""
)

_FEW = "id title slug path locale"
_MANY = """id title slug path locale url requestedLocale isFallback isHome depth position status stage template createdAt updatedAt publishedAt
  firstPublishedAt archivedAt metadata channels availableLocales hasUnpublishedChanges
  body { content excerpt format html readingMinutes wordCount }
  seo { canonicalUrl description robots title openGraph { description locale title type } }
  revision { contentHash createdAt isLive number }
  translations { locale title slug updatedAt body { format readingMinutes wordCount } seo { description title } }"""
SELECTIONS = {
    number: f"query ($slug: String!) {{ pageBySlug(slug: $slug) {{ {fields} }} }}"
    for number, fields in ((5, _FEW), (50, _MANY))
}
"""The page of a slug, with so many fields."""

DIFFERENT = 10_000
"""How many requests a mixed load is made of before it begins again."""


class Operation(NamedTuple):
    """What one request asks."""

    query: str
    variables: dict[str, Any]
    is_write: bool = False


class Question(NamedTuple):
    """A load that is measured: its operations are asked in turn."""

    name: str
    operations: Sequence[Operation]

    @property
    def writes(self) -> bool:
        """Whether anything of it is changed by asking."""
        return any(operation.is_write for operation in self.operations)


def questions(ids: Sequence[UUID]) -> dict[str, Question]:
    """All questions about pages with these ids, by the names that the command knows."""
    some = [list(ids[n : n + 50]) for n in range(0, len(ids), 50)]
    return {
        "q0": Question("Q0 { __typename }", [Operation("{ __typename }", {})]),
        "q1": Question(
            "Q1 page by slug, translations, body, blocks",
            [Operation(PAGE, {"slug": f"page-{n}", "parent": None}) for n in range(len(ids))],
        ),
        "q2": Question("Q2 menu with link targets", [Operation(MENU, {"handle": "main", "locale": None})]),
        "q3": Question("Q3 20 pages with blocks", [Operation(PAGES, {"n": 20})]),
        "q4": Question("Q4 _entities x 50", [Operation(ENTITIES, {"r": _references(part)}) for part in some]),
        "mixed": Question("storefront: 70 % route, 20 % menu, 10 % list", list(_storefront(ids, writes=0))),
        "mixed-writes": Question("storefront, 1 % writes beside", list(_storefront(ids, writes=1))),
        "q5": Question("Q5 edit and publish", [edit(id) for id in ids]),
        "q5-edit": Question("Q5, the edit alone", [edit(id, publish=False) for id in ids]),
        "q5-create": Question("Q5, a new page, published, in one transaction", [create()]),
    }


def edit(id: UUID, *, publish: bool = True) -> Operation:
    """A new title for a page, and its publication."""
    text = {"locale": LOCALES[0], "title": f"Title {STAMP}"}
    variables = {"edit": {"id": str(id), "translations": [text]}, "publish": {"id": str(id)}, "live": publish}
    return Operation(PUBLISH, variables, is_write=True)


def create() -> Operation:
    """A new page, live at once: its revision, projections, routes and events in one transaction."""
    text = {"locale": LOCALES[0], "title": f"Title {STAMP}"}
    return Operation(CREATE, {"input": {"translations": [text], "publish": True}}, is_write=True)


def by_slug(query: str, slugs: Iterable[str]) -> list[Operation]:
    """A query for each of these slugs at the root."""
    return [Operation(query, {"slug": slug}) for slug in slugs]


def routes(pages: int) -> list[Operation]:
    """What each path of so many pages leads to, in each locale."""
    return [Operation(ROUTE, {"path": f"/page-{n}", "locale": locale}) for n in range(pages) for locale in LOCALES]


def different(number: int) -> Operation:
    """A query whose text and selection no other number has."""
    chosen = [field for at, field in enumerate(_MANY.split()[:23]) if number >> at & 1]
    return Operation(
        f"{{ pages(first: 1) {{ a{number}: totalCount nodes {{ id b{number}: title {' '.join(chosen)} }} }} }}", {}
    )


def _references(ids: Iterable[UUID]) -> list[dict[str, str]]:
    return [{"__typename": "Page", "id": str(id)} for id in ids]


def _storefront(ids: Sequence[UUID], *, writes: int) -> Iterator[Operation]:
    """Of each hundred operations so many writes; of the others 70 % routes, 20 % menus and 10 % lists."""
    for n in range(DIFFERENT):
        drawn = int.from_bytes(blake2b(str(n).encode(), digest_size=8).digest())
        page, locale, kind = drawn % len(ids), LOCALES[(drawn >> 20) % len(LOCALES)], (drawn >> 24) % 100
        if n % 100 < writes:
            yield edit(ids[page])
        elif kind < 70:
            yield Operation(ROUTE, {"path": f"/page-{page}", "locale": locale})
        elif kind < 90:
            yield Operation(MENU, {"handle": "main", "locale": locale})
        else:
            yield Operation(LIST, {"n": 10 + page % 3 * 5, "locale": locale})

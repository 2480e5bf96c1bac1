"""What anonymous readers ask of a site, in every way there is."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

PAGE = """id version title slug path url template channels position isHome depth status hasUnpublishedChanges
    updatedAt publishedAt alternates { locale path } revision { number }"""
AROUND = """id parent { id title } ancestors { id title path } breadcrumbs { title path pageId } depth
    children(first: 3) { totalCount nodes { id title position } pageInfo { hasNextPage endCursor } }"""
POINTING = """id formerPaths { locale path } redirects { totalCount nodes { fromPath location page { id } } }
    referencedBy { totalCount nodes { path source { ... on Page { id title } ... on Menu { id handle } } } }"""
LINKS = "id blocks { ... on PageHeroBlock { cta { label url page { id title } } } }"
MENU = """id version handle name isFallback itemCount bindings { channel location }
    flatItems { id label url depth link { ... on MenuPageLink { page { id title } } } }"""
ROUTE = """statusCode path locale ... on PageRoute { isCanonical canonicalPath page { id title path } }
    ... on PathRedirectRoute { location targetPath targetPage { id title } } ... on PathGoneRoute { goneAt }"""

Question = tuple[str, dict[str, Any], dict[str, str]]
"""A document, its variables, and headers."""

VIEWS = ({}, {"X-Locale": "de", "X-Channel": "app"})


def questions(pages: Iterable[str], menus: Iterable[str], slugs: Iterable[str]) -> Iterator[Question]:
    """Everything that can be asked of these pages and menus, and of paths made of these slugs, through two Views."""
    for (query, variables), view in product(_asked([*pages], [*menus], [*slugs]), VIEWS):
        yield query, variables, view


def _asked(pages: list[str], menus: list[str], slugs: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for id, shown in product(pages, (PAGE, AROUND, POINTING, LINKS)):
        yield f"query ($id: ID!) {{ page(id: $id) {{ {shown} }} }}", {"id": id}
    for id in menus:
        yield f"query ($id: ID!) {{ menu(id: $id) {{ {MENU} }} }}", {"id": id}
    yield from _at_paths(
        ["/", *(f"/{slug}" for slug in slugs), *(f"/{one}/{two}" for one, two in product(slugs, slugs))]
    )
    for slug, parent in product(slugs, [None, *pages[:3]]):
        query = "query ($slug: String!, $id: ID) { pageBySlug(slug: $slug, parentId: $id) { id title locale path } }"
        yield query, {"slug": slug, "id": parent}
    yield from ((query, {}) for query in LISTS)


def _at_paths(paths: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in paths:
        yield f"query ($path: String!) {{ route(path: $path) {{ {ROUTE} }} }}", {"path": path}
        yield "query ($path: String!) { pageByPath(path: $path) { id title } }", {"path": path}
        address = [{"__typename": "Page", "path": path, "locale": locale} for locale in ("en", "de")]
        yield (
            "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Page { id title path } } }",
            {"r": address},
        )


LISTS = [
    *(
        f"{{ pages(first: 4, orderBy: {{field: {order}}}) {{ totalCount nodes {{ id title }} }} }}"
        for order in ("POSITION", "TITLE", "UPDATED_AT", "PUBLISHED_AT")
    ),
    '{ pages(where: {isRoot: true, channel: "app"}) { totalCount nodes { id channels } } }',
    "{ menus { totalCount nodes { id handle } } held: menus(where: {location: HEADER}) { nodes { id } } }",
    *(f'{{ menuByHandle(handle: "{handle}") {{ {MENU} }} }}' for handle in ("main", "foot", "none")),
    *(f"{{ activeMenu(location: {location}) {{ {MENU} }} }}" for location in ("HEADER", "FOOTER")),
    "{ contentViewer { locale tenant { slug } } pageBlockTypes { name } __typename }",
]

"""What a path means to readers: the order of answers, worked out from routes and redirects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, select

from pages_graphql.core import tags
from pages_graphql.core.paths import join
from pages_graphql.routes.model import Route, SlugClaim
from pages_graphql.routes.redirects import RedirectHit, hits, prefixes_of
from pages_graphql.routes.repository import TENANT, page_lives
from pages_graphql.storage.by_index import among, each
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, rows, singles, table_of


class AnswerKind(Enum):
    """What an asked path leads to."""

    PAGE = "PAGE"
    REDIRECT = "REDIRECT"
    GONE = "GONE"


@dataclass(frozen=True)
class Answer:
    """What a path leads to: a page that lives there, one to go to (or an outside URL), or one that is no more."""

    kind: AnswerKind
    page_id: UUID | None
    locale: str
    status_code: int = 301
    url: str | None = None
    gone_at: datetime | None = None
    rest: str = ""
    """What stood behind the prefix that matched, to be looked up below the target."""
    since: datetime | None = None
    """From when on it leads there, where somebody made it so."""


class RouteHit(NamedTuple):
    """A path that a page has or had."""

    locale: str
    path: str
    page_id: UUID
    is_current: bool
    gone_at: datetime | None
    lives: bool

    def answer(self) -> Answer:
        """What the path means on its own."""
        if not self.lives:
            return Answer(AnswerKind.GONE, self.page_id, self.locale, gone_at=self.gone_at)
        return Answer(AnswerKind.PAGE if self.is_current else AnswerKind.REDIRECT, self.page_id, self.locale)


@kept
def _at_path() -> Select[*tuple[Any, ...]]:
    columns = (Route.locale, Route.path, Route.page_id, Route.is_current, Route.gone_at)
    places = table_of("places", locale=String(), path=String()).subquery()
    return select(*(col(name) for name in columns), page_lives().label("lives")).join(places, each(Route, **places.c))


async def routes_at(read: Read, paths: Iterable[str], locales: Iterable[str]) -> dict[tuple[str, str], RouteHit]:
    """The routes at some paths in some locales."""
    wanted = list(paths)
    found = await read.all(_at_path(), places=rows(product(locales, wanted)))
    read.made_of_each(tags.of_path, wanted)
    read.made_of_each(tags.of_page, (row.page_id for row in found))
    return {(row.locale, row.path): RouteHit._make(row) for row in found}


async def answers(read: Read, asked: Sequence[tuple[str, ...]]) -> Sequence[Answer | None]:
    """What each asked path, given as its segments, means in the View's locale, else along its chain."""
    paths, chain = [join(segments) for segments in asked], read.view.chain
    routes = await routes_at(read, paths, chain)
    lived = {path for path in paths if (first := routes.get((chain[0], path))) and first.lives and first.is_current}
    others = [path for path in paths if path not in lived]
    redirects = await hits(read, others, chain) if others else []
    return [_first(path, chain, routes, redirects) for path in paths]


async def answer_without_prefixes(read: Read, path: str, locale: str) -> Answer | None:
    """What a path means in one locale, prefixes aside."""
    routes = await routes_at(read, [path], [locale])
    route = routes.get((locale, path))
    if route and route.lives and route.is_current:
        return route.answer()
    exact = [hit for hit in await hits(read, [path], [locale]) if not hit.is_prefix]
    return _first(path, [locale], routes, exact)


def _first(
    path: str,
    chain: Sequence[str],
    routes: Mapping[tuple[str, str], RouteHit],
    redirects: Sequence[RedirectHit],
) -> Answer | None:
    """The first hit decides: current, exact redirect, former or gone, longest prefix; locale by locale."""
    exact = {hit.locale: hit for hit in redirects if not hit.is_prefix and hit.from_path == path}
    prefixes = {(hit.from_path, hit.locale): hit for hit in redirects if hit.is_prefix}
    for locale in chain:
        route = routes.get((locale, path))
        if route and route.lives and route.is_current:
            return route.answer()
        if hit := exact.get(locale) or exact.get(""):
            return _redirected(hit, locale)
        if route:
            return route.answer()
        for prefix in prefixes_of(path):
            if hit := prefixes.get((prefix, locale)) or prefixes.get((prefix, "")):
                return _redirected(hit, locale, path.removeprefix(prefix).strip("/"))
    return None


def _redirected(hit: RedirectHit, locale: str, rest: str = "") -> Answer:
    found = Answer(AnswerKind.REDIRECT, hit.page_id, locale, hit.status_code, hit.url)
    return replace(found, rest=rest, since=hit.created_at)


@kept
def _living() -> Select[*tuple[Any, ...]]:
    live = (col(SlugClaim.tenant_id) == TENANT, col(SlugClaim.in_live), among(col(SlugClaim.page_id), ids_of("ids")))
    return select(col(SlugClaim.page_id)).where(*live).distinct()


async def lives(read: Read, ids: Sequence[UUID]) -> Sequence[bool]:
    """Whether each of some pages is live, whoever may see it."""
    read.made_of_each(tags.of_page, ids)
    found = {row.page_id for row in await read.all(_living(), ids=singles(ids))}
    return [id in found for id in ids]

"""Manual redirects and former paths, as they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Row, Select, Uuid, exists, false, func, not_, or_, select

from pages_graphql.core import tags
from pages_graphql.core.text import unstorable
from pages_graphql.core.view import Source, View
from pages_graphql.pages.repository.rows import TENANT
from pages_graphql.routes.model import PathRedirectOrigin, Redirect, Route
from pages_graphql.storage import window
from pages_graphql.storage.by_index import among, each
from pages_graphql.storage.columns import Bytewise, col
from pages_graphql.storage.keyset import Key, Keyset
from pages_graphql.storage.prepared import keep
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, object_of, singles
from pages_graphql.storage.window import Scope, Window


class RedirectRow(NamedTuple):
    """The columns of a redirect that are read, and where it leads."""

    id: UUID
    from_path: str
    locale: str
    is_prefix: bool
    status_code: int
    origin: str
    page_id: UUID | None
    url: str | None
    created_at: datetime
    location: str

    @property
    def in_locale(self) -> str | None:
        """The locale it counts in; None for every one."""
        return self.locale or None

    @property
    def made(self) -> PathRedirectOrigin:
        """Who made it."""
        return PathRedirectOrigin(self.origin)


_ORDER = Keyset("redirects", [Key("path", col(Redirect.from_path), Bytewise()), Key("id", col(Redirect.id), Uuid())])


@dataclass(frozen=True)
class RedirectWhere:
    """What a redirect must be; what is None is not asked."""

    page_id: UUID | None = None
    locale: str | None = None
    from_path_starts_with: str | None = None
    origin: PathRedirectOrigin | None = None
    is_prefix: bool | None = None
    created_since: datetime | None = None


@cache
def _redirects() -> Select[*tuple[Any, ...]]:
    paths = (
        select(object_of(col(Route.locale), col(Route.path)))
        .where(col(Route.tenant_id) == TENANT, col(Route.page_id) == Redirect.page_id, col(Route.is_current))
        .correlate(Redirect)
        .scalar_subquery()
    )
    columns = [col(getattr(Redirect, name)) for name in RedirectRow._fields[:-1]]
    return select(*columns, paths.label("paths")).where(col(Redirect.tenant_id) == TENANT)


def _show(row: Row[*tuple[Any, ...]], view: View) -> Source[RedirectRow]:
    location = row.url
    if location is None:
        paths: Mapping[str, str] = orjson.loads(row.paths or "{}")
        locale = row.locale if row.locale in paths else view.choose(paths)
        location = view.tenant.address(paths.get(locale, "/"), locale)
    redirect = RedirectRow._make((*row[: len(RedirectRow._fields) - 1], location))
    return Source(redirect, None, view, view.locale)


async def by_ids(read: Read, ids: Sequence[UUID]) -> Sequence[Source[RedirectRow] | None]:
    """The redirects of `ids`, in that order."""
    found = await read.all(_redirects().where(among(col(Redirect.id), ids_of("ids"))), ids=singles(ids))
    known = {row.id: _show(row, read.view) for row in found}
    return [known.get(id) for id in ids]


def _conditions(where: RedirectWhere) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if where.page_id is not None:
        found.append(col(Redirect.page_id) == where.page_id)
    if where.locale is not None:
        found.append(col(Redirect.locale) == where.locale)
    if (start := where.from_path_starts_with) is not None:
        begins = col(Redirect.from_path).startswith(start, autoescape=True)
        found.append(false() if unstorable(start) else begins)
    if where.origin is not None:
        found.append(col(Redirect.origin) == where.origin.value)
    if where.is_prefix is not None:
        found.append(col(Redirect.is_prefix).is_(where.is_prefix))
    if where.created_since is not None:
        found.append(col(Redirect.created_at) >= where.created_since)
    return found


async def redirects(read: Read, asked: Sequence[tuple[RedirectWhere, window.Page]]) -> Sequence[Source[Window]]:
    """Windows of the redirects that fit, by path."""
    return [await _window(read, where, page) for where, page in asked]


async def _window(read: Read, where: RedirectWhere, page: window.Page) -> Source[Window]:
    statement = _ORDER.window(_redirects().where(*_conditions(where)), page)
    found = await read.all(statement, **_ORDER.parameters(page))
    return _windowed(read, page, found, Scope(count_redirects, where))


def _windowed(read: Read, page: window.Page, found: Sequence[Row[*tuple[Any, ...]]], scope: Scope) -> Source[Window]:
    nodes = [_show(row, read.view) for row in found]
    return window.window(page, nodes, found, _ORDER.cursor, scope, read.view)


async def count_redirects(read: Read, filters: Sequence[RedirectWhere]) -> Sequence[int]:
    """How many redirects fit each filter."""
    own = col(Redirect.tenant_id) == TENANT
    statements = [select(func.count().label("total")).where(own, *_conditions(where)) for where in filters]
    return [(await read.all(statement))[0].total for statement in statements]


@tags.tagged
async def leading_to(
    read: Read, ids: Sequence[UUID], *, first: int | None = None, after: str | None = None
) -> Sequence[Source[Window]]:
    """The manual redirects that lead to each of some pages, a window of each."""
    page = window.asked("redirects", first, after)
    read.made_of(tags.REDIRECTS)
    read.made_of_each(tags.of_page, ids)
    leading = _redirects().where(among(col(Redirect.page_id), ids_of("ids")))
    statement = _ORDER.ranked(leading, col(Redirect.page_id), page)
    found: dict[UUID, list[Row[*tuple[Any, ...]]]] = {id: [] for id in ids}
    for row in await read.all(statement, ids=singles(ids), **_ORDER.parameters(page)):
        found[row.page_id].append(row)
    return [_windowed(read, page, rows, Scope(count_leading_to, id)) for id, rows in found.items()]


_COUNT = keep(
    select(col(Redirect.page_id), func.count().label("total"))
    .where(col(Redirect.tenant_id) == TENANT, among(col(Redirect.page_id), ids_of("ids")))
    .group_by(col(Redirect.page_id))
)


@tags.tagged
async def count_leading_to(read: Read, ids: Sequence[UUID]) -> Sequence[int]:
    """How many manual redirects lead to each of some pages."""
    read.made_of(tags.REDIRECTS)
    found = {row.page_id: row.total for row in await read.all(_COUNT, ids=singles(ids))}
    return [found.get(id, 0) for id in ids]


_LED_ELSEWHERE = exists().where(
    each(Redirect, from_path=col(Route.path)),
    or_(col(Redirect.locale) == Route.locale, col(Redirect.locale) == ""),
    col(Redirect.is_prefix).is_(other=False),
)

_FORMER = keep(
    select(col(Route.page_id), col(Route.locale), col(Route.path))
    .where(
        col(Route.tenant_id) == TENANT,
        among(col(Route.page_id), ids_of("ids")),
        col(Route.is_current).is_(other=False),
        not_(_LED_ELSEWHERE),
    )
    .order_by(col(Route.changed_at).desc(), col(Route.locale), col(Route.path))
)


@tags.tagged
async def former_paths(
    read: Read, ids: Sequence[UUID], *, first: int | None = 20
) -> Sequence[Sequence[Mapping[str, str]]]:
    """The paths that each of some pages had and no manual redirect leads elsewhere, the newest first."""
    size = window.asked("former paths", first).size
    read.made_of(tags.REDIRECTS)
    read.made_of_each(tags.of_page, ids)
    found: dict[UUID, list[Mapping[str, str]]] = {id: [] for id in ids}
    for row in await read.all(_FORMER, ids=singles(ids)):
        found[row.page_id].append({"locale": row.locale, "path": row.path})
        read.made_of(tags.of_path(row.path))
    return [paths[:size] for paths in found.values()]

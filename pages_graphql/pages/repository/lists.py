"""Lists of pages: windows of them, and how many there are."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Uuid, bindparam, func, select, tuple_
from sqlmodel import col

from pages_graphql.core.access import Drafts
from pages_graphql.core.view import Source
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository.rows import PageSource, drafts_of, parameters, visible, visible_pages
from pages_graphql.storage import window
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, singles
from pages_graphql.storage.window import Scope, Window

_PLACE = tuple_(col(Page.position), col(Page.id))
_BOUND = tuple_(bindparam("position", type_=Integer()), bindparam("place_id", type_=Uuid()))
_LIMIT = bindparam("size", type_=Integer())


def _ordered(backward: bool) -> Sequence[ColumnElement[Any]]:  # noqa: FBT001 -- the key of a cached statement
    return [column.desc() if backward else column.asc() for column in (col(Page.position), col(Page.id))]


def _beyond(backward: bool) -> ColumnElement[bool]:  # noqa: FBT001 -- the key of a cached statement
    return _PLACE < _BOUND if backward else _PLACE > _BOUND


def _place(page: window.Page) -> dict[str, object]:
    if page.place is None:
        return {}
    try:
        position, id = page.place
        return {"position": int(position), "place_id": UUID(id)}
    except (TypeError, ValueError):
        raise window.wrong_cursor() from None


def _cursor(name: str, page: PageSource) -> str:
    return window.encode(name, page.row.position, page.row.id)


@cache
def _all(drafts: Drafts, backward: bool, placed: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001 -- the key of a cached statement
    pages = visible_pages(drafts).order_by(*_ordered(backward)).limit(_LIMIT)
    return pages.where(_beyond(backward)) if placed else pages


async def pages(read: Read, keys: Sequence[window.Page]) -> Sequence[Source[Window]]:
    """Windows of all visible pages, by position and id."""
    drafts = drafts_of(read.view)
    found: list[Source[Window]] = []
    for page in keys:
        statement = _all(drafts, page.backward, page.place is not None)
        nodes = [node for node, _ in await visible(read, statement, size=page.size + 1, **_place(page))]
        cursors = [_cursor("pages", node) for node in nodes]
        found.append(window.window(page, nodes, cursors, Scope(count_all, None), read.view))
    return found


@cache
def _count_all(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    return select(func.count().label("count")).select_from(visible_pages(drafts).subquery())


async def count_all(read: Read, keys: Sequence[None]) -> Sequence[int]:
    """How many pages are visible."""
    rows = await read.all(_count_all(drafts_of(read.view)), **parameters(read.view))
    return [rows[0].count for _ in keys]


@cache
def _children(drafts: Drafts, backward: bool, placed: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001 -- the key of a cached statement
    rank = func.row_number().over(partition_by=col(Page.parent_id), order_by=_ordered(backward))
    pages = visible_pages(drafts).add_columns(rank.label("rank")).where(col(Page.parent_id).in_(ids_of("ids")))
    ranked = (pages.where(_beyond(backward)) if placed else pages).subquery()
    return select(ranked).where(ranked.c.rank <= _LIMIT).order_by(ranked.c.rank)


async def children(
    read: Read,
    ids: Sequence[UUID],
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Sequence[Source[Window]]:
    """The visible pages under each of `ids`, a window of each, by position and id."""
    page = window.asked("children", first, after, last, before)
    statement = _children(drafts_of(read.view), page.backward, page.place is not None)
    under: dict[UUID | None, list[PageSource]] = {id: [] for id in ids}
    for node, _ in await visible(read, statement, ids=singles(ids), size=page.size + 1, **_place(page)):
        under[node.row.parent_id].append(node)
    return [
        window.window(page, nodes, [_cursor("children", n) for n in nodes], Scope(count_children, id), read.view)
        for id, nodes in under.items()
    ]


@cache
def _count_children(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    pages = visible_pages(drafts).where(col(Page.parent_id).in_(ids_of("ids"))).subquery()
    return select(pages.c.parent_id, func.count().label("count")).group_by(pages.c.parent_id)


async def count_children(read: Read, ids: Sequence[UUID]) -> Sequence[int]:
    """How many visible pages stand under each of `ids`."""
    rows = await read.all(_count_children(drafts_of(read.view)), **parameters(read.view), ids=singles(ids))
    found = {row.parent_id: row.count for row in rows}
    return [found.get(id, 0) for id in ids]

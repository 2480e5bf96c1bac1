"""Lists of pages: windows of them, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Uuid, func, select

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.view import Source, View, in_parts
from pages_graphql.pages.filters import EVERY, POSITION, Order, Where
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository.conditions import condition
from pages_graphql.pages.repository.orders import keyset
from pages_graphql.pages.repository.rows import PageSource, drafts_of, parameters, visible, visible_pages
from pages_graphql.storage import window
from pages_graphql.storage.by_index import each
from pages_graphql.storage.columns import col
from pages_graphql.storage.keyset import Key, Keyset
from pages_graphql.storage.prepared import keep, kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, singles
from pages_graphql.storage.window import Scope, Window

LISTS = 256
"""How many different lists are known at a time: filters, orders and who asks."""

_SIBLINGS = Keyset("children", [Key("position", col(Page.position), Integer()), Key("id", col(Page.id), Uuid())])


@dataclass(frozen=True)
class Asked:
    """Which pages are asked for, in which order, and what part of them."""

    page: window.Page
    where: Where = EVERY
    order: Order = POSITION


@in_parts
@tags.tagged
async def pages(read: Read, asked: Sequence[Asked]) -> Sequence[Source[Window]]:
    """Windows of the visible pages that fit."""
    read.made_of(tags.PAGES)
    return [await _pages(read, one) for one in asked]


@lru_cache(LISTS)
def _ordered(where: Where, order: Order, view: View, shape: window.Page) -> tuple[Keyset, Select[*tuple[Any, ...]]]:
    """The order of a list, and the statement that reads windows of it."""
    keys = keyset(order, view)
    fitting = visible_pages(drafts_of(view)).where(condition(where, view))
    return keys, keep(keys.window(fitting, shape))


async def _pages(read: Read, asked: Asked) -> Source[Window]:
    page = asked.page
    order, statement = _ordered(asked.where, asked.order, read.view, page.shape)
    found = await visible(read, statement, **order.parameters(page))
    return _window(read, page, found, order, Scope(count_pages, asked.where))


def _window(
    read: Read,
    page: window.Page,
    found: Sequence[tuple[PageSource, Row[*tuple[Any, ...]]]],
    order: Keyset,
    scope: Scope,
) -> Source[Window]:
    nodes, rows = [node for node, _ in found], [row for _, row in found]
    return window.window(page, nodes, rows, order.cursor, scope, read.view)


@tags.tagged
async def count_pages(read: Read, filters: Sequence[Where]) -> Sequence[int]:
    """How many visible pages fit each filter."""
    read.made_of(tags.PAGES)
    return [await _count(read, where) for where in filters]


async def _count(read: Read, where: Where) -> int:
    rows = await read.all(_counting(where, read.view), **parameters(read.view))
    return rows[0].total


@lru_cache(LISTS)
def _counting(where: Where, view: View) -> Select[*tuple[Any, ...]]:
    fitting = visible_pages(drafts_of(view)).where(condition(where, view)).subquery()
    return keep(select(func.count().label("total")).select_from(fitting))


@cache
def _below(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    ids = ids_of("ids").subquery()
    return visible_pages(drafts, of_few=True).join(ids, each(Page, parent_id=ids.c.id))


@kept
def _siblings(drafts: Drafts, shape: window.Page) -> Select[*tuple[Any, ...]]:
    """What reads a window of the pages under each of some."""
    return _SIBLINGS.ranked(_below(drafts), col(Page.parent_id), shape)


@in_parts
@tags.tagged
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
    read.made_of(tags.TREE)
    statement = _siblings(drafts_of(read.view), page.shape)
    under: dict[UUID | None, list[tuple[PageSource, Row[*tuple[Any, ...]]]]] = {id: [] for id in ids}
    for node, row in await visible(read, statement, ids=singles(under), **_SIBLINGS.parameters(page)):
        under[node.row.parent_id].append((node, row))
    return [_window(read, page, found, _SIBLINGS, Scope(count_children, id)) for id, found in under.items()]


@kept
def _count_children(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    pages = _below(drafts).subquery()
    return select(pages.c.parent_id, func.count().label("total")).group_by(pages.c.parent_id)


@tags.tagged
async def count_children(read: Read, ids: Sequence[UUID]) -> Sequence[int]:
    """How many visible pages stand under each of `ids`."""
    read.made_of(tags.TREE)
    rows = await read.all(_count_children(drafts_of(read.view)), **parameters(read.view), ids=singles({*ids}))
    found = {row.parent_id: row.total for row in rows}
    return [found.get(id, 0) for id in ids]

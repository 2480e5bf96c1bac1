"""Lists of menus: windows of them, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select

from pages_graphql.core import tags
from pages_graphql.core.view import ContentStatus, Source, View
from pages_graphql.documents.reading import KNOWN, NONE_KNOWN
from pages_graphql.menus.model import Menu, MenuBinding, MenuLocation
from pages_graphql.menus.repository.rows import TENANT, drafts_of, visible, visible_menus
from pages_graphql.storage import window
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import Bytewise, col
from pages_graphql.storage.keyset import Key, Keyset
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import these_ids, these_texts
from pages_graphql.storage.window import Scope, Window

_HANDLE: Any = col(Menu.handle)

ORDER = Keyset("menus", [Key("handle", _HANDLE, Bytewise())])

_STATUS = {
    ContentStatus.PUBLISHED: col(Menu.live_revision).is_not(None),
    ContentStatus.DRAFT: col(Menu.live_revision).is_(None),
}
"""What a menu can be; in stage LIVE every one that is seen is published."""


@dataclass(frozen=True)
class Where:
    """What a menu must be; what is None is not asked."""

    ids: tuple[UUID, ...] | None = None
    handles: tuple[str, ...] | None = None
    location: MenuLocation | None = None
    channel: str | None = None
    status: tuple[ContentStatus, ...] | None = None


@dataclass(frozen=True)
class Asked:
    """Which menus are asked for, and what part of them."""

    page: window.Page
    where: Where


@tags.tagged
async def menus(read: Read, asked: Sequence[Asked]) -> Sequence[Source[Window]]:
    """Windows of the visible menus that fit, by handle."""
    read.made_of(tags.MENUS, tags.PLACES)
    return [await _menus(read, one.page, one.where) for one in asked]


async def _menus(read: Read, page: window.Page, where: Where) -> Source[Window]:
    found = await visible(read, ORDER.window(_fitting(read.view, where), page), **ORDER.parameters(page))
    nodes, rows = [menu for menu, _ in found], [row for _, row in found]
    return window.window(page, nodes, rows, ORDER.cursor, Scope(count_menus, where), read.view)


@tags.tagged
async def count_menus(read: Read, filters: Sequence[Where]) -> Sequence[int]:
    """How many visible menus fit each filter."""
    read.made_of(tags.MENUS, tags.PLACES)
    return [await _count(read, where) for where in filters]


async def _count(read: Read, where: Where) -> int:
    fitting = _fitting(read.view, where).subquery()
    rows = await read.all(select(func.count().label("number")).select_from(fitting), **{KNOWN: NONE_KNOWN})
    return rows[0].number


def _fitting(view: View, where: Where) -> Select[*tuple[Any, ...]]:
    found: list[ColumnElement[bool]] = []
    if where.ids is not None:
        found.append(among(col(Menu.id), these_ids(where.ids)))
    if where.handles is not None:
        found.append(among(col(Menu.handle), these_texts(where.handles)))
    if where.status is not None:
        found.append(or_(false(), *(is_so for status, is_so in _STATUS.items() if status in where.status)))
    if where.location is not None or where.channel is not None:
        found.append(exists().where(*_held(where)))
    return visible_menus(drafts_of(view)).where(*found)


def _held(where: Where) -> list[ColumnElement[bool]]:
    """What is asked of a place that the menu holds; in a channel it holds those of every channel too."""
    found = [col(MenuBinding.tenant_id) == TENANT, col(MenuBinding.menu_id) == Menu.id]
    if where.location is not None:
        found.append(col(MenuBinding.location) == where.location.value)
    if where.channel is not None:
        found.append(col(MenuBinding.channel).in_(("", where.channel)))
    return found

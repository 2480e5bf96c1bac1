"""The visible menus, and a menu as it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import orjson
from sqlalchemy import Boolean, ColumnElement, Row, Select, String, Uuid, and_, bindparam, literal, or_, select
from sqlmodel import col

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.view import Source, View
from pages_graphql.menus.document import Item, is_handle, page_of, placed
from pages_graphql.menus.model import Menu, MenuBinding, MenuLocation, MenuRevision
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, object_of, singles, texts_of

TENANT = bindparam("tenant", type_=Uuid())


@dataclass(frozen=True, eq=False)
class Outline:
    """The items of one shown menu as they were written: what its tree is made from."""

    policy: str
    items: Sequence[Item]
    names_fall_back: bool

    @property
    def pages(self) -> set[UUID]:
        """The pages that the items link to."""
        return {id for _, item in placed(self.items) if (id := page_of(item))}


class MenuRow(NamedTuple):
    """The columns of a menu that are read, in the order of `visible_menus`."""

    id: UUID
    handle: str
    author_id: str | None
    version: int
    live_revision: int | None
    draft_hash: str
    live_hash: str | None
    created_at: datetime
    updated_at: datetime
    live_updated_at: datetime | None
    published_at: datetime | None
    number: int
    content_hash: str
    revised_at: datetime
    revised_by: str | None
    note: str | None
    content: str
    bound: str | None
    is_draft: bool
    outline: Outline


MenuSource: TypeAlias = Source[MenuRow]

_MENU = MenuRow._fields[: MenuRow._fields.index("number")]


def _bound() -> ColumnElement[Any]:
    """The places that a menu holds, as the names of a JSON object."""
    location: Any = col(MenuBinding.location)
    bindings = select(object_of(location + ":" + col(MenuBinding.channel), location)).where(
        col(MenuBinding.tenant_id) == TENANT, col(MenuBinding.menu_id) == Menu.id
    )
    return bindings.correlate(Menu).scalar_subquery()


@cache
def visible_menus(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    """The menus that a View shows: its tenant's, with the revision that its stage points at."""
    shown = col(Menu.draft_revision) if drafts is Drafts.ALL else col(Menu.live_revision)
    return menus_with(drafts, col(MenuRevision.number) == shown)


def menus_with(drafts: Drafts, number: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The menus of a View's tenant, with the revision that a condition picks."""
    revision = and_(col(MenuRevision.tenant_id) == Menu.tenant_id, col(MenuRevision.menu_id) == Menu.id, number)
    columns: list[Any] = [
        *(col(getattr(Menu, name)) for name in _MENU),
        col(MenuRevision.number),
        col(MenuRevision.content_hash),
        col(MenuRevision.created_at).label("revised_at"),
        col(MenuRevision.author_id).label("revised_by"),
        col(MenuRevision.note),
        col(MenuRevision.content),
        _bound().label("bound"),
        literal(drafts is Drafts.ALL, Boolean()).label("is_draft"),
    ]
    return select(*columns).join(MenuRevision, revision).where(col(Menu.tenant_id) == TENANT)


async def visible(read: Read, statement: Select[*tuple[Any, ...]], **values: object) -> Sequence[MenuSource]:
    """The menus of a statement made from `visible_menus`."""
    rows = await read.all(statement, **values)
    read.made_of(*(tags.of_menu(row.id) for row in rows))
    return [show(row, read.view) for row in rows]


def show(row: Row[*tuple[Any, ...]], view: View) -> MenuSource:
    """A row with its document, in the locale that the View gets."""
    document: Mapping[str, Any] = orjson.loads(row.content)
    locale = view.choose(document["translations"])
    outline = Outline(document["hiddenTargetPolicy"], document["items"], locale != view.locale)
    return Source(MenuRow._make((*row[: len(MenuRow._fields) - 1], outline)), document, view, locale)


@cache
def _by_ids(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    return visible_menus(drafts).where(col(Menu.id).in_(ids_of("ids")))


@tags.tagged
async def by_ids(read: Read, ids: Sequence[UUID]) -> Sequence[MenuSource | None]:
    """The menus of `ids`, in that order; None where there is none to see."""
    read.made_of(*map(tags.of_menu, ids))
    found = {menu.row.id: menu for menu in await visible(read, _by_ids(drafts_of(read.view)), ids=singles(ids))}
    return [found.get(id) for id in ids]


@cache
def _by_handles(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    return visible_menus(drafts).where(col(Menu.handle).in_(texts_of("handles")))


@tags.tagged
async def by_handles(read: Read, handles: Sequence[str]) -> Sequence[MenuSource | None]:
    """The menus with these handles, in that order; None where there is none to see."""
    statement = _by_handles(drafts_of(read.view))
    known = singles(filter(is_handle, handles))
    found = {menu.row.handle: menu for menu in await visible(read, statement, handles=known)}
    if not found.keys() >= {*handles}:
        read.made_of(tags.MENUS)
    return [found.get(handle) for handle in handles]


@cache
def _at_places(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    binding = and_(col(MenuBinding.tenant_id) == Menu.tenant_id, col(MenuBinding.menu_id) == Menu.id)
    here = or_(col(MenuBinding.channel) == "", col(MenuBinding.channel) == bindparam("channel", type_=String()))
    return (
        visible_menus(drafts)
        .join(MenuBinding, binding)
        .add_columns(col(MenuBinding.location))
        .where(here, col(MenuBinding.location).in_(texts_of("locations")))
        .order_by(col(MenuBinding.channel))
    )


@tags.tagged
async def active(read: Read, locations: Sequence[MenuLocation]) -> Sequence[MenuSource | None]:
    """The menu at each location: the View's channel's own where it is visible, else the one for every channel."""
    names = singles(location.value for location in locations)
    rows = await read.all(_at_places(drafts_of(read.view)), channel=read.view.channel or "", locations=names)
    read.made_of(tags.PLACES, *(tags.of_menu(row.id) for row in rows))
    found = {row.location: row for row in rows}  # '' sorts first: the channel's own is last
    shown = {location: show(row, read.view) for location, row in found.items()}
    return [shown.get(location.value) for location in locations]


def drafts_of(view: View) -> Drafts:
    """Whose drafts of menus a View shows."""
    return view.drafts("menus")

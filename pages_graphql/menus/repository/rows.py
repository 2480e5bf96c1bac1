"""The visible menus, and a menu as it is read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Row, Select, String, Uuid, and_, bindparam, literal, or_, select

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.view import Source, View
from pages_graphql.core.whole import Document
from pages_graphql.documents.reading import KNOWN, NONE_KNOWN, as_before, stamp, unless_known, with_documents
from pages_graphql.menus.document import is_handle
from pages_graphql.menus.model import Menu, MenuBinding, MenuLocation, MenuRevision
from pages_graphql.menus.repository.outlines import Outline
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, object_of, singles, texts_of

TENANT = bindparam("tenant", type_=Uuid())


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
    stamp: str
    texts: str | None
    bound: str | None
    is_draft: bool
    outline: Outline


MenuSource: TypeAlias = Source[MenuRow]

_MENU = MenuRow._fields[: MenuRow._fields.index("number")]
_WIDTH = MenuRow._fields.index("outline")
"""How many columns are read; the outline is made of the document."""


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
    said = stamp(col(MenuRevision.content_hash), col(MenuRevision.number), col(MenuRevision.renderer))
    columns: list[Any] = [
        *(col(getattr(Menu, name)) for name in _MENU),
        col(MenuRevision.number),
        col(MenuRevision.content_hash),
        col(MenuRevision.created_at).label("revised_at"),
        col(MenuRevision.author_id).label("revised_by"),
        col(MenuRevision.note),
        said.label("stamp"),
        unless_known(said, col(MenuRevision.content)).label("texts"),
        _bound().label("bound"),
        literal(drafts is Drafts.ALL, Boolean()).label("is_draft"),
    ]
    return select(*columns).join(MenuRevision, revision).where(col(Menu.tenant_id) == TENANT)


async def visible(
    read: Read, statement: Select[*tuple[Any, ...]], guessed: Collection[UUID] = (), /, **values: object
) -> Sequence[tuple[MenuSource, Row[*tuple[Any, ...]]]]:
    """The menus of a statement made from `visible_menus`, each with its row for what the statement added.

    `guessed` are menus that are likely among them: what is known of those is not read again.
    """
    rows, documents = await with_documents(read, statement, {KNOWN: NONE_KNOWN, **values}, Document, guessed)
    read.made_of_documents(tags.of_menu, (row.id for row in rows))
    menus = as_before(read, rows, documents, lambda row, document: show(row, document, read.view), _WIDTH)
    return [*zip(menus, rows, strict=True)]


def show(row: Row[*tuple[Any, ...]], document: Mapping[str, Any], view: View) -> MenuSource:
    """A row with its document, in the locale that the View gets."""
    locale = view.choose(document["translations"])
    outline = Outline(document["hiddenTargetPolicy"], document["items"], locale != view.locale)
    return Source(MenuRow._make((*row[:_WIDTH], outline)), document, view, locale)


@kept
def _by_ids(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    return visible_menus(drafts).where(among(col(Menu.id), ids_of("ids")))


@tags.tagged
async def by_ids(read: Read, ids: Sequence[UUID]) -> Sequence[MenuSource | None]:
    """The menus of `ids`, in that order; None where there is none to see."""
    read.made_of_each(tags.of_menu, ids)
    menus = await visible(read, _by_ids(drafts_of(read.view)), ids, ids=singles(ids))
    found = {menu.row.id: menu for menu, _ in menus}
    return [found.get(id) for id in ids]


@kept
def _by_handles(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    return visible_menus(drafts).where(among(col(Menu.handle), texts_of("handles")))


@tags.tagged
async def by_handles(read: Read, handles: Sequence[str]) -> Sequence[MenuSource | None]:
    """The menus with these handles, in that order; None where there is none to see."""
    statement = _by_handles(drafts_of(read.view))
    known = list(filter(is_handle, handles))
    menus = await visible(read, statement, read.guess(known), handles=singles(known))
    found = {menu.row.handle: menu for menu, _ in menus}
    for handle, menu in found.items():
        read.remember(handle, menu.row.id)
    if not found.keys() >= {*handles}:
        read.made_of(tags.MENUS)
    return [found.get(handle) for handle in handles]


@kept
def _at_places(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    binding = and_(col(MenuBinding.tenant_id) == Menu.tenant_id, col(MenuBinding.menu_id) == Menu.id)
    here = or_(col(MenuBinding.channel) == "", col(MenuBinding.channel) == bindparam("channel", type_=String()))
    return (
        visible_menus(drafts)
        .join(MenuBinding, binding)
        .add_columns(col(MenuBinding.location))
        .where(here, among(col(MenuBinding.location), texts_of("locations")))
        .order_by(col(MenuBinding.channel))
    )


@tags.tagged
async def active(read: Read, locations: Sequence[MenuLocation]) -> Sequence[MenuSource | None]:
    """The menu at each location: the View's channel's own where it is visible, else the one for every channel."""
    names = singles(location.value for location in locations)
    statement = _at_places(drafts_of(read.view))
    menus = await visible(read, statement, channel=read.view.channel or "", locations=names)
    read.made_of(tags.PLACES)
    found = {row.location: menu for menu, row in menus}  # '' sorts first: the channel's own is last
    return [found.get(location.value) for location in locations]


def drafts_of(view: View) -> Drafts:
    """Whose drafts of menus a View shows."""
    return view.drafts("menus")

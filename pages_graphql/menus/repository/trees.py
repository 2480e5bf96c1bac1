"""Loading what trees of menus are made of: the pages that they link to, for all at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts, Permission
from pages_graphql.menus.repository.outlines import MenuItemHiddenReason, MenuTree, Outline, Reasons
from pages_graphql.menus.repository.rows import TENANT
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository.by_ids import by_ids as pages_by_ids
from pages_graphql.pages.repository.rows import PageSource, drafts_of, parameters, visible_pages
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, singles


@tags.tagged
async def trees(read: Read, outlines: Sequence[Outline]) -> Sequence[MenuTree]:
    """The tree of each outline; why pages are hidden is found out for those who may edit menus."""
    ids = list({id for outline in outlines for id in outline.pages})
    pages = {page.row.id: page for page in await pages_by_ids(read, ids) if page} if ids else dict[UUID, PageSource]()
    hidden = [id for id in ids if id not in pages]
    edits = read.view.actor.may(Permission.MENUS_UPDATE)
    reasons = await _reasons(read, hidden) if hidden and edits else dict[UUID, MenuItemHiddenReason]()
    return [outline.tree(read.view, pages, reasons) for outline in outlines]


@kept
def _elsewhere(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    """Which pages there are, and whether this View would show them in another channel."""
    among_them = among(col(Page.id), ids_of("ids"))
    shown = select(visible_pages(drafts).where(among_them).subquery().c.id)
    own = (col(Page.tenant_id) == TENANT, among_them)
    return select(col(Page.id), col(Page.id).in_(shown).label("is_elsewhere")).where(*own)


async def _reasons(read: Read, ids: Sequence[UUID]) -> Reasons:
    """Why the View shows none of these pages."""
    everywhere = parameters(read.view.but(channel=None))
    rows = await read.all(_elsewhere(drafts_of(read.view)), **everywhere, ids=singles(ids))
    found = {
        row.id: MenuItemHiddenReason.OTHER_CHANNEL if row.is_elsewhere else MenuItemHiddenReason.NOT_PUBLISHED
        for row in rows
    }
    return {id: found.get(id, MenuItemHiddenReason.NOT_FOUND) for id in ids}

"""Pages on their way to be changed: locked, and read whole."""

from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from pages_graphql.documents.lifecycle import Saved
from pages_graphql.pages.model import Page, PagePublication, PageRevision
from pages_graphql.storage.sql import ids_of, singles
from pages_graphql.storage.work import Work


async def locked(work: Work, ids: Iterable[UUID]) -> dict[UUID, Page]:
    """The pages of `ids` that are there, kept from others until the work ends."""
    wanted = sorted(set(ids))
    statement = (
        select(Page)
        .where(col(Page.tenant_id) == work.tenant.id, col(Page.id).in_(ids_of("ids")))
        .order_by(col(Page.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = await work.session.exec(statement, params={"ids": singles(wanted)})
    return {page.id: page for page in found}


async def revision(work: Work, page: Page, number: int) -> PageRevision | None:
    """A revision of a page."""
    return await work.session.get(PageRevision, (work.tenant.id, page.id, number))


async def draft(work: Work, page: Page) -> Saved:
    """What the page's draft says."""
    return Saved.of(cast(PageRevision, await revision(work, page, page.draft_revision)))


async def live(work: Work, page: Page) -> Saved | None:
    """What readers see of the page."""
    if page.live_revision is None:
        return None
    return Saved.of(cast(PageRevision, await revision(work, page, page.live_revision)))


async def publications(work: Work, ids: Iterable[UUID]) -> dict[UUID, PagePublication]:
    """The last publication of each page that was ever live."""
    own = col(PagePublication.tenant_id) == work.tenant.id
    among = col(PagePublication.page_id).in_(ids_of("ids"))
    last = (
        select(col(PagePublication.page_id), func.max(col(PagePublication.number)).label("number"))
        .where(own, among)
        .group_by(col(PagePublication.page_id))
        .subquery()
    )
    statement: Any = select(PagePublication).join(
        last, (last.c.page_id == PagePublication.page_id) & (last.c.number == PagePublication.number)
    )
    found: Sequence[PagePublication] = (
        await work.session.exec(statement.where(own), params={"ids": singles(ids)})
    ).all()
    return {publication.page_id: publication for publication in found}


async def siblings(work: Work, parent_id: UUID | None) -> list[tuple[UUID, int]]:
    """The pages under a parent (None: at the root), in order, with their positions."""
    under = col(Page.parent_id).is_(None) if parent_id is None else col(Page.parent_id) == parent_id
    statement = (
        select(Page.id, Page.position)
        .where(col(Page.tenant_id) == work.tenant.id, under)
        .order_by(col(Page.position), col(Page.id))
    )
    return [(id, position) for id, position in await work.session.exec(statement)]


async def home(work: Work) -> UUID | None:
    """The tenant's home page."""
    statement = select(Page.id).where(col(Page.tenant_id) == work.tenant.id, col(Page.is_home))
    return (await work.session.exec(statement)).first()

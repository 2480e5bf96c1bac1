"""Pages and revisions as a rebuild reads them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import select

from pages_graphql.documents.render import RENDERER_VERSION
from pages_graphql.pages.model import Page, PageRevision
from pages_graphql.pages.repository.writing import locked
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import col
from pages_graphql.storage.sql import ids_of, singles
from pages_graphql.storage.work import Work

__all__ = ["RENDERER_VERSION", "batch", "count", "live_roots", "revisions"]


async def batch(work: Work, after: UUID | None, size: int) -> list[Page]:
    """The next pages by id, locked."""
    statement = select(Page.id).where(col(Page.tenant_id) == work.tenant.id).order_by(col(Page.id)).limit(size)
    if after is not None:
        statement = statement.where(col(Page.id) > after)
    pages = await locked(work, await work.session.exec(statement))
    return [pages[id] for id in sorted(pages)]


async def revisions(work: Work, ids: Collection[UUID]) -> Sequence[PageRevision]:
    """All revisions of some pages."""
    statement = select(PageRevision).where(
        col(PageRevision.tenant_id) == work.tenant.id, among(col(PageRevision.page_id), ids_of("ids"))
    )
    return (await work.session.exec(statement, params={"ids": singles(ids)})).all()


async def live_roots(work: Work) -> list[UUID]:
    """The live pages at the root."""
    live = (col(Page.parent_id).is_(None), col(Page.live_revision).is_not(None))
    return list(await work.session.exec(select(Page.id).where(col(Page.tenant_id) == work.tenant.id, *live)))


async def count(work: Work) -> int:
    """How many pages there are."""
    found = await work.session.exec(select(func.count()).select_from(Page).where(col(Page.tenant_id) == work.tenant.id))
    return found.one()

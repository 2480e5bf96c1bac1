"""Pages on their way to be changed: locked, and read whole."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Integer, Uuid, func, update
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from pages_graphql.documents.lifecycle import Saved
from pages_graphql.pages.model import Page, PagePublication, PageRevision
from pages_graphql.pages.repository.draft_paths import TENANT, lineage
from pages_graphql.storage.sql import ids_of, rows, singles, table_of
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


async def lineage_ids(work: Work, ids: Iterable[UUID]) -> set[UUID]:
    """The pages of `ids` and all their ancestors."""
    return {row.id for row in await work.rows(sql_select(lineage("ids").c.id), ids=singles(ids))}


async def has_live_children(work: Work, id: UUID) -> bool:
    """Whether a page directly below is live; the live tree is closed upward, so none further below is otherwise."""
    live = (col(Page.tenant_id) == work.tenant.id, col(Page.parent_id) == id, col(Page.live_revision).is_not(None))
    return (await work.session.exec(select(Page.id).where(*live).limit(1))).first() is not None


async def renumber(work: Work, positions: Mapping[UUID, int]) -> None:
    """Give siblings new positions; no write to the pages themselves."""
    given = table_of("positions", id=Uuid(), position=Integer()).subquery()
    position = sql_select(given.c.position).where(given.c.id == Page.id).scalar_subquery()
    statement = (
        update(Page)
        .where(col(Page.tenant_id) == TENANT, col(Page.id).in_(sql_select(given.c.id)))
        .values(position=position)
        .execution_options(synchronize_session=False)
    )
    await work.run(statement, positions=rows(positions.items()))

"""Pages on their way to be changed: locked, and read whole."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Delete, Integer, Select, Uuid, bindparam, delete, func, literal, update
from sqlalchemy import select as sql_select

from pages_graphql.core import tags
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.pages.model import Page, PagePublication, PageRevision
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.draft_paths import TENANT, lineage
from pages_graphql.storage.by_index import among, each
from pages_graphql.storage.columns import Table, col
from pages_graphql.storage.prepared import keep, kept
from pages_graphql.storage.sql import ids_of, rows, singles, table_of
from pages_graphql.storage.work import Work


async def locked(work: Work, ids: Iterable[UUID]) -> dict[UUID, Page]:
    """The pages of `ids` that are there, kept from others until the work ends."""
    found = await work.rows(_locked(), ids=singles(sorted(set(ids))))
    return {row.id: work.pending.watch(Page, row) for row in found}


@kept
def _locked() -> Select[*tuple[Any, ...]]:
    ids = ids_of("ids").subquery()
    pages = _whole(Page).join(ids, each(Page, id=ids.c.id)).order_by(col(Page.id))
    return pages.with_for_update(key_share=True, of=Page)


def _whole(table: type[Table]) -> Select[*tuple[Any, ...]]:
    return sql_select(*(col(getattr(table, name)) for name in table.model_fields))


@kept
def _said() -> Select[*tuple[Any, ...]]:
    return sql_select(col(PageRevision.content), col(PageRevision.stamps)).where(
        col(PageRevision.tenant_id) == TENANT,
        col(PageRevision.page_id) == bindparam("page", type_=Uuid()),
        col(PageRevision.number) == bindparam("number", type_=Integer()),
    )


async def revision(work: Work, page: Page, number: int) -> Saved | None:
    """What a revision of a page says."""
    found = await work.rows(_said(), page=page.id, number=number)
    return Saved(number, orjson.loads(found[0].content), found[0].stamps) if found else None


@kept
def _author() -> Select[*tuple[Any, ...]]:
    return _said().with_only_columns(col(PageRevision.author_id))


async def draft_author(work: Work, page: Page) -> str | None:
    """Who wrote the page's draft."""
    return (await work.rows(_author(), page=page.id, number=page.draft_revision))[0].author_id


async def draft(work: Work, page: Page) -> Saved:
    """What the page's draft says."""
    return cast(Saved, await revision(work, page, page.draft_revision))


async def live(work: Work, page: Page) -> Saved | None:
    """What readers see of the page."""
    return None if page.live_revision is None else await revision(work, page, page.live_revision)


@kept
def _publications() -> Select[*tuple[Any, ...]]:
    own = col(PagePublication.tenant_id) == TENANT
    these = among(col(PagePublication.page_id), ids_of("ids"))
    last = (
        sql_select(col(PagePublication.page_id), func.max(col(PagePublication.number)).label("number"))
        .where(own, these)
        .group_by(col(PagePublication.page_id))
        .subquery()
    )
    return _whole(PagePublication).join(last, each(PagePublication, page_id=last.c.page_id, number=last.c.number))


async def publications(work: Work, ids: Iterable[UUID]) -> dict[UUID, PagePublication]:
    """The last publication of each page that was ever live."""
    found = await work.rows(_publications(), ids=singles(ids))
    return {row.page_id: work.pending.watch(PagePublication, row) for row in found}


_PARENT = bindparam("parent", type_=Uuid())
_ORDER = (col(Page.parent_id), col(Page.position), col(Page.id))
"""Of pages that have one parent, said as an index has it: for none, databases would else read all pages by their position."""


@kept
def _below(*, at_root: bool) -> Select[*tuple[Any, ...]]:
    under = col(Page.parent_id).is_(None) if at_root else col(Page.parent_id) == _PARENT
    return sql_select(col(Page.id), col(Page.position)).where(col(Page.tenant_id) == TENANT, under)


@kept
def _last(*, at_root: bool) -> Select[*tuple[Any, ...]]:
    return _below(at_root=at_root).order_by(*(column.desc() for column in _ORDER)).limit(1)


@kept
def _in_order(*, at_root: bool) -> Select[*tuple[Any, ...]]:
    return _below(at_root=at_root).order_by(*_ORDER)


@kept
def _one_below(*, that_is_live: bool) -> Select[*tuple[Any, ...]]:
    one = _below(at_root=False).limit(1)
    return one.where(col(Page.live_revision).is_not(None)) if that_is_live else one


async def last_position(work: Work, parent_id: UUID | None) -> int:
    """The position behind which nobody stands under a parent (None: at the root); 0 where there is nobody."""
    found = await work.rows(_last(at_root=parent_id is None), parent=parent_id)
    return found[0].position if found else 0


async def siblings(work: Work, parent_id: UUID | None) -> list[tuple[UUID, int]]:
    """The pages under a parent (None: at the root), in order, with their positions."""
    found = await work.rows(_in_order(at_root=parent_id is None), parent=parent_id)
    return [(row.id, row.position) for row in found]


_HOME = keep(sql_select(col(Page.id)).where(col(Page.tenant_id) == TENANT, col(Page.is_home)))


async def home(work: Work) -> UUID | None:
    """The tenant's home page."""
    found = await work.rows(_HOME)
    return found[0].id if found else None


_LINEAGE = keep(sql_select(lineage("ids").c.id))


async def lineage_ids(work: Work, ids: Iterable[UUID]) -> set[UUID]:
    """The pages of `ids` and all their ancestors."""
    return {row.id for row in await work.rows(_LINEAGE, ids=singles(ids))}


async def has_live_children(work: Work, id: UUID) -> bool:
    """Whether a page directly below is live; the live tree is closed upward, so none further below is otherwise."""
    return bool(await work.rows(_one_below(that_is_live=True), parent=id))


async def has_children(work: Work, id: UUID) -> bool:
    """Whether any page stands directly below."""
    return bool(await work.rows(_one_below(that_is_live=False), parent=id))


async def renumber(work: Work, positions: Mapping[UUID, int]) -> None:
    """Give siblings new positions; no write to the pages themselves."""
    given = table_of("positions", id=Uuid(), position=Integer()).subquery()
    statement = (
        update(Page)
        .where(each(Page, id=given.c.id))
        .values(position=given.c.position)
        .execution_options(synchronize_session=False)
    )
    work.stale(tags.PAGES, tags.TREE, *map(tags.of_page, positions))
    await work.run(statement, positions=rows(positions.items()))


@kept
def _subtree() -> Select[*tuple[Any, ...]]:
    below = (
        sql_select(col(Page.id), literal(0, Integer()).label("depth"))
        .where(col(Page.tenant_id) == TENANT, col(Page.id) == bindparam("id", type_=Uuid()))
        .cte("subtree", recursive=True)
    )
    return sql_select(
        below.union_all(sql_select(col(Page.id), below.c.depth + 1).where(each(Page, parent_id=below.c.id)))
    )


async def height(work: Work, root: UUID) -> int:
    """How many levels stand below a page."""
    return max(row.depth for row in await work.rows(_subtree(), id=root))


async def subtree(work: Work, root: UUID) -> dict[UUID, tuple[Page, int]]:
    """A page and all below it, locked, parents first, each with how far below it stands."""
    depths = {row.id: row.depth for row in await work.rows(_subtree(), id=root)}
    pages = await locked(work, depths)
    order = sorted(pages.values(), key=lambda page: (depths[page.id], page.position, page.id))
    return {page.id: (page, depths[page.id]) for page in order}


async def drafts(work: Work, pages: Iterable[Page]) -> dict[UUID, Saved]:
    """What the drafts of some pages say."""
    return await _saved(work, ((page.id, page.draft_revision) for page in pages))


async def live_ones(work: Work, pages: Iterable[Page]) -> dict[UUID, Saved]:
    """What readers see of those of some pages that are live."""
    return await _saved(work, ((page.id, page.live_revision) for page in pages if page.live_revision is not None))


@kept
def _said_by_many() -> Select[*tuple[Any, ...]]:
    wanted = table_of("wanted", id=Uuid(), number=Integer()).subquery()
    columns = (PageRevision.page_id, PageRevision.number, PageRevision.content, PageRevision.stamps)
    return sql_select(*map(col, columns)).join(wanted, each(PageRevision, page_id=wanted.c.id, number=wanted.c.number))


async def _saved(work: Work, wanted: Iterable[tuple[UUID, int]]) -> dict[UUID, Saved]:
    found = await work.rows(_said_by_many(), wanted=rows(wanted))
    return {row.page_id: Saved(row.number, orjson.loads(row.content), row.stamps) for row in found}


async def erase(work: Work, ids: Collection[UUID]) -> None:
    """Take pages and all that is theirs away; their routes stay."""
    for table in (PagePublication, PageRevision):
        await work.run(_erase(table, col(table.page_id)), ids=singles(ids))
    await work.run(_erase(Page, col(Page.id)), ids=singles(ids))
    work.pending.forget()


def _erase(table: Any, key: ColumnElement[Any]) -> Delete:
    return (
        delete(table)
        .where(table.tenant_id == TENANT, among(key, ids_of("ids")))
        .execution_options(synchronize_session=False)
    )


async def seen(work: Work, ids: Iterable[UUID]) -> set[UUID]:
    """Those of some pages that the actor sees, as drafts or live, in any channel."""
    found = await by_ids(await work.read(), list(ids))
    return {page.row.id for page in found if page}

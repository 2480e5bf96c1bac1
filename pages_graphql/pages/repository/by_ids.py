"""Pages by their ids; of those that were shown before the database is only asked whether they are still the same."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Uuid, func

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.view import Part, in_parts
from pages_graphql.pages.model import Page, PageRevision
from pages_graphql.pages.repository.rows import (
    WITH_PATHS,
    PageSource,
    drafts_of,
    live_paths,
    parameters,
    visible,
    visible_pages,
)
from pages_graphql.storage.by_index import among, each
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.revision_cache import Shown
from pages_graphql.storage.sql import ids_of, row_version, rows, singles, table_of


def _mark() -> ColumnElement[str]:
    """What is another when anything is that readers are shown of a page; NULL where the database does not tell."""
    versions = row_version(col(Page.id)) + " " + row_version(col(PageRevision.number))
    return (versions + func.coalesce(live_paths(), "")).label("mark")


@kept
def _by_ids(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    found = visible_pages(drafts, of_few=True).where(among(col(Page.id), ids_of("ids")))
    return found.add_columns(_mark()) if drafts is Drafts.NONE else found


@kept
def _marks() -> Select[*tuple[Any, ...]]:
    """The marks of those pages that the View shows, by the numbers they are asked for with."""
    asked = table_of("asked", n=Integer(), id=Uuid()).subquery()
    found = visible_pages(Drafts.NONE, of_few=True).join(asked, each(col(Page.id), asked.c.id))
    return found.with_only_columns(asked.c.n, _mark())


@in_parts
@tags.tagged
async def by_ids(read: Read, ids: Sequence[UUID]) -> Sequence[PageSource | None]:
    """The pages of `ids`, in that order; None where there is none to see."""
    read.made_of_documents(tags.of_page, ids)
    shown = _shown(read)
    found = {} if shown is None else await _unchanged(read, ids, shown)
    wanted = [id for id in ids if id.int not in found]
    for page, row in await visible(read, _by_ids(drafts_of(read.view)), wanted, ids=singles(wanted)) if wanted else ():
        found[page.row.id.int] = page
        if shown and page.number and row.mark:
            shown.by_owner[page.row.id.int] = page, row.mark
    return [found.get(id.int) for id in ids]


def _shown(read: Read) -> Shown | None:
    """What this View was shown last; None where pages may change without a word of it."""
    if read.revisions is None or Part.DOCUMENT not in read.parts or drafts_of(read.view) is not Drafts.NONE:
        return None
    return read.revisions.sources.of((read.view, read.parts))


async def _unchanged(read: Read, ids: Sequence[UUID], shown: Shown) -> dict[int, PageSource | None]:
    """Those of some pages that are as they were shown last, or not to be seen any more; nothing unless all were shown before."""
    last = [known for id in ids if (known := shown.by_owner.get(id.int))]
    if len(last) < len(ids) or not read.revisions:
        return {}
    marks = {row.n: row.mark for row in await read.all(_marks(), **_values(read), asked=rows(enumerate(ids)))}
    found: dict[int, PageSource | None] = {}
    for n, (id, (page, mark)) in enumerate(zip(ids, last, strict=True)):
        if n not in marks:
            found[id.int] = None
        elif marks[n] == mark and read.revisions.find(id, page.row.stamp) is page.document:
            found[id.int] = page
    return found


def _values(read: Read) -> Mapping[str, object]:
    return {**parameters(read.view), WITH_PATHS: Part.PATHS in read.parts}

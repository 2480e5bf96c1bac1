"""Pages by their ids; of those that were shown before the database is only asked whether they are still the same."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, String, Uuid, bindparam, func, literal, select

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
from pages_graphql.storage.by_index import each
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.revision_cache import Shown
from pages_graphql.storage.sql import ids_of, row_version, rows, singles, snapshot, table_of


def _mark() -> ColumnElement[str]:
    """What is another when anything is that readers are shown of a page; NULL where the database does not tell."""
    versions = row_version(col(Page.id)) + " " + row_version(col(PageRevision.number))
    return (versions + func.coalesce(live_paths(), "")).label("mark")


@kept
def _by_ids(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    ids = ids_of("ids").subquery()
    found = visible_pages(drafts, of_few=True).join(ids, each(Page, id=ids.c.id))
    return found.add_columns(_mark()) if drafts is Drafts.NONE else found


_SNAPSHOT = -1
"""The number of the row that tells the snapshot, among those of pages."""


@kept
def _marks() -> Select[*tuple[Any, ...]]:
    """The snapshot; and unless that is the one given, the marks of those pages that the View shows, by their numbers."""
    asked = table_of("asked", n=Integer(), id=Uuid()).subquery()
    found = visible_pages(Drafts.NONE, of_few=True).join(asked, each(Page, id=asked.c.id))
    marks = found.with_only_columns(asked.c.n, _mark()).where(snapshot() != bindparam("snapshot", type_=String()))
    seen = select(literal(_SNAPSHOT, Integer()).label("n"), snapshot().label("mark"))
    return select(seen.union_all(marks).subquery())


@in_parts
@tags.tagged
async def by_ids(read: Read, ids: Sequence[UUID]) -> Sequence[PageSource | None]:
    """The pages of `ids`, in that order; None where there is none to see."""
    read.made_of_documents(tags.of_page, ids)
    shown = _shown(read)
    found = {} if shown is None else await _unchanged(read, ids, shown)
    if len(found) == len(ids):
        return [*found.values()]
    wanted = [id for id in ids if id.int not in found]
    for page, row in await visible(read, _by_ids(drafts_of(read.view)), wanted, ids=singles(wanted)) if wanted else ():
        found[page.row.id.int] = page
        if shown and page.number and row.mark:
            shown.show(page.row.id.int, page, row.mark)
    return [found.get(id.int) for id in ids]


def _shown(read: Read) -> Shown | None:
    """What this View was shown last; None where pages may change without a word of it."""
    if read.revisions is None or Part.DOCUMENT not in read.parts or drafts_of(read.view) is not Drafts.NONE:
        return None
    return read.revisions.sources.of((read.view, read.parts))


async def _unchanged(read: Read, ids: Sequence[UUID], shown: Shown) -> dict[int, PageSource | None]:
    """Those of some pages that are as they were shown last, or not to be seen any more, in order; nothing unless all were shown before."""
    owners = [id.int for id in ids]
    last = [known for owner in owners if (known := shown.by_owner.get(owner))]
    if len(last) < len(ids) or not read.revisions:
        return {}
    before = shown.was(owners)
    given = {**_values(read), "snapshot": before, "asked": rows(enumerate(ids))}
    marks = {row.n: row.mark for row in await read.all(_marks(), **given)}
    now = marks.pop(_SNAPSHOT)
    if _shown(read) is not shown:
        return {}  # forgotten meanwhile: it may have been another server that answered
    if now == before:
        return {owner: page for owner, (page, _) in zip(owners, last, strict=True)}
    found: dict[int, PageSource | None] = {}
    for n, (id, known) in enumerate(zip(ids, last, strict=True)):
        page, mark = known
        if n not in marks:
            found[id.int] = None
        elif marks[n] == mark and read.revisions.find(id, page.row.stamp) is page.document:
            shown.see(now, id.int, known)
            found[id.int] = page
    return found


def _values(read: Read) -> Mapping[str, object]:
    return {**parameters(read.view), WITH_PATHS: Part.PATHS in read.parts}

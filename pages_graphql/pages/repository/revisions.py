"""The revisions of pages, and pages as a revision shows them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, String, Uuid, and_, case, literal, or_, select, true

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.view import ContentStage, Source, View
from pages_graphql.documents.kinds import KINDS, DocumentKind
from pages_graphql.documents.references import SourceKind
from pages_graphql.documents.revisions import RevisionTables
from pages_graphql.pages.model import Page, PageRevision
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.rows import (
    CHANNEL,
    TENANT,
    PageSource,
    drafts_of,
    pages_with,
    parameters,
    shows_draft,
    visible,
)
from pages_graphql.storage.by_index import each
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import rows, table_of
from pages_graphql.storage.window import Window

_TABLES = RevisionTables(Page, PageRevision, "page_id", "page_at")


async def revisions_of(
    read: Read, ids: Sequence[UUID], *, first: int | None = None, after: str | None = None
) -> Sequence[Source[Window]]:
    """The revisions of each of some pages, the newest first, a window of each."""
    return await _TABLES.windows(read, ids, first, after, _TABLES.count)


@kept
def _by_revisions(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    wanted = table_of("wanted", id=Uuid(), number=Integer()).subquery()
    number = col(PageRevision.number) == wanted.c.number
    return pages_with(drafts, true(), of_few=True).join(wanted, and_(each(Page, id=wanted.c.id), number))


async def by_revisions(read: Read, keys: Sequence[tuple[UUID, int]]) -> Sequence[PageSource | None]:
    """Pages as some of their revisions show them; the one that is shown anyway needs no right."""
    read.made_of_each(tags.of_page, (id for id, _ in keys))
    found: dict[tuple[UUID, int], PageSource] = {}
    statement = _by_revisions(drafts_of(read.view))
    for page, row in await visible(read, statement, [id for id, _ in keys], wanted=rows(keys)):
        found[row.id, row.number] = page
    return [found.get(key) for key in keys]


def seen(view: View) -> Select[*tuple[Any, ...]]:
    """The pages that a View sees: kind, id and the stage that is shown."""
    drafts = drafts_of(view)
    stage = case((shows_draft(drafts), ContentStage.DRAFT.value), else_=ContentStage.LIVE.value)
    shown = or_(shows_draft(drafts), col(Page.live_revision).is_not(None))
    channel = or_(col(Page.channels) == "[]", col(Page.channels).like(CHANNEL))
    kind = literal(SourceKind.PAGE.value, String()).label("kind")
    return select(kind, col(Page.id).label("id"), stage.label("stage")).where(
        and_(col(Page.tenant_id) == TENANT, shown, channel)
    )


KINDS[SourceKind.PAGE] = DocumentKind(by_ids, by_revisions, seen, parameters)

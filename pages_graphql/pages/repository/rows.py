"""The visible pages, and a page as it is read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Row,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
    type_coerce,
)

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.view import FACTS, Part, Source, View
from pages_graphql.documents.reading import KNOWN, NONE_KNOWN, as_before, stamp, unless_known, with_documents
from pages_graphql.pages.document import shown
from pages_graphql.pages.model import Page, PageRevision
from pages_graphql.pages.repository.draft_paths import draft_paths
from pages_graphql.routes.model import Route
from pages_graphql.storage.by_index import each, hidden
from pages_graphql.storage.columns import Object, col
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import object_of

TENANT = bindparam("tenant", type_=Uuid())
ACTOR = bindparam("actor", type_=String())
CHANNEL = bindparam("channel", type_=String())
WITH_PATHS = "with_paths"
"""The parameter of a statement that says whether paths are needed."""

WITH_FACTS = "with_facts"
"""The parameter of a statement that says whether `FACTS` are needed."""


class PageRow(NamedTuple):
    """The columns of a page that are read, in the order of `visible_pages`; those that nobody needs are None."""

    id: UUID
    parent_id: UUID | None
    position: int
    template: str
    channels: str
    is_home: bool
    author_id: str | None
    version: int
    live_revision: int | None
    draft_hash: str
    live_hash: str | None
    created_at: datetime
    updated_at: datetime
    live_updated_at: datetime | None
    published_at: datetime | None
    first_published_at: datetime | None
    archived_at: datetime | None
    number: int
    content_hash: str
    revised_at: datetime
    revised_by: str | None
    note: str | None
    stamp: str
    texts: str | None
    is_draft: bool
    paths: Mapping[str, str]


PageSource: TypeAlias = Source[PageRow]

_WIDTH = len(PageRow._fields)
_PAGE = PageRow._fields[: PageRow._fields.index("number")]


def shows_draft(drafts: Drafts) -> ColumnElement[bool]:
    """Whether a page is shown as its draft."""
    if drafts is Drafts.OWN:
        return case((col(Page.author_id) == ACTOR, literal(True)), else_=literal(False))  # noqa: FBT003 -- SQL's own words
    return literal(drafts is Drafts.ALL, Boolean())


def live_paths() -> ColumnElement[Any]:
    """Where a page lives, by locale; NULL unless paths are needed."""
    paths = select(object_of(col(Route.locale), col(Route.path))).where(
        col(Route.tenant_id) == TENANT, col(Route.page_id) == Page.id, col(Route.is_current)
    )
    return case((bindparam(WITH_PATHS, value=False, type_=Boolean()), paths.correlate(Page).scalar_subquery()))


@cache
def visible_pages(drafts: Drafts, *, of_few: bool = False) -> Select[*tuple[Any, ...]]:
    """The pages that a View shows: its tenant's, in its channel, with the revision that its stage points at.

    `of_few` says that they will be joined to rows that are few, whatever the database guesses (see `each`).
    """
    live, draft = col(Page.live_revision), col(Page.draft_revision)
    number = {
        Drafts.NONE: live,
        Drafts.OWN: case((col(Page.author_id) == ACTOR, draft), else_=live),
        Drafts.ALL: draft,
    }
    return pages_with(drafts, col(PageRevision.number) == number[drafts], of_few=of_few)


def pages_with(drafts: Drafts, number: ColumnElement[bool], *, of_few: bool = False) -> Select[*tuple[Any, ...]]:
    """The pages that a View may see at all, with the revision that a condition picks."""
    own = col(Page.tenant_id) == TENANT
    if of_few:
        own, same = hidden(own), each(PageRevision, page_id=col(Page.id))
    else:
        same = and_(col(PageRevision.tenant_id) == Page.tenant_id, col(PageRevision.page_id) == Page.id)
    said = stamp(col(PageRevision.content_hash), col(PageRevision.number), col(PageRevision.renderer))
    columns: list[ColumnElement[Any]] = [
        *(_if_needed(col(getattr(Page, name)), name) for name in _PAGE),
        col(PageRevision.number),
        _if_needed(col(PageRevision.content_hash), "content_hash"),
        _if_needed(col(PageRevision.created_at), "revised_at"),
        _if_needed(col(PageRevision.author_id), "revised_by"),
        _if_needed(col(PageRevision.note), "note"),
        said.label("stamp"),
        unless_known(said, col(PageRevision.content), col(PageRevision.rendered), col(PageRevision.stamps)).label(
            "texts"
        ),
        shows_draft(drafts).label("is_draft"),
        type_coerce(live_paths(), Object()).label("paths"),
    ]
    seen = or_(col(Page.channels) == "[]", col(Page.channels).like(CHANNEL))
    return select(*columns).join(PageRevision, and_(same, number)).where(own, seen)


def _if_needed(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    """A column; NULL where it is one of those that few need, and nobody needs it now."""
    if name not in FACTS:
        return column
    return case((bindparam(WITH_FACTS, value=False, type_=Boolean()), column)).label(name)


def parameters(view: View) -> dict[str, object]:
    """What `visible_pages` asks of a View."""
    channel = "%" if view.channel is None else f'%"{view.channel}"%'
    return {"channel": channel, "actor": view.actor.id, KNOWN: NONE_KNOWN}


async def visible(
    read: Read, statement: Select[*tuple[Any, ...]], guessed: Collection[UUID] = (), /, **values: object
) -> Sequence[tuple[PageSource, Row[*tuple[Any, ...]]]]:
    """The pages of a statement made from `visible_pages`, each with its row for what the statement added.

    `guessed` are pages that are likely among them: what is known of those is not read again.
    """
    with_paths = Part.PATHS in read.parts
    given = {**parameters(read.view), WITH_PATHS: with_paths, WITH_FACTS: Part.FACTS in read.parts, **values}
    rows, documents = await with_documents(read, statement, given, shown, guessed)
    read.made_of_documents(tags.of_page, (row.id for row in rows))
    paths: Mapping[UUID, Mapping[str, str]] = await _paths(read, rows) if with_paths else {}
    if paths:
        pages = [
            show(row, document, paths.get(row.id), read.view) for row, document in zip(rows, documents, strict=True)
        ]
    else:
        pages = as_before(read, rows, documents, lambda row, document: show(row, document, None, read.view), _WIDTH)
    return [*zip(pages, rows, strict=True)]


async def _paths(read: Read, rows: Iterable[Row[*tuple[Any, ...]]]) -> Mapping[UUID, Mapping[str, str]]:
    drafts = {row.id for row in rows if row.is_draft}
    return await draft_paths(read, drafts) if drafts else {}


def show(
    row: Row[*tuple[Any, ...]], document: Mapping[str, Any] | None, paths: Mapping[str, str] | None, view: View
) -> PageSource:
    """A row with its document, in the locale that the View gets; without one, in the locale that was asked for.

    Paths that are given stand for the row's own.
    """
    page = PageRow._make(row[:_WIDTH]) if paths is None else PageRow._make((*row[: _WIDTH - 1], paths))
    return Source(page, document, view, view.choose(document["translations"]) if document else view.locale)


def drafts_of(view: View) -> Drafts:
    """Whose drafts of pages a View shows."""
    return view.drafts("pages")

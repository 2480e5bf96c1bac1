"""What the use cases of pages share."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from pages_graphql.core.access import Drafts, Permission
from pages_graphql.core.errors import Conflict, Invalid, NotFound, Problem, Refused, StillReferenced
from pages_graphql.core.inputs import as_id
from pages_graphql.core.view import ContentStage
from pages_graphql.documents import lifecycle
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.documents.references import EntityKind, pointing_at
from pages_graphql.pages import document
from pages_graphql.pages.commands import BlockCommand, PageCommand
from pages_graphql.pages.document import references
from pages_graphql.pages.editing import Edit
from pages_graphql.pages.model import Page, PageRevision
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import projections
from pages_graphql.storage.work import Work

_AT_ONCE = 50_000
"""Characters of rich text that are rendered without leaving the loop."""


def reads_draft(work: Work, page: Page) -> bool:
    """Whether the actor may read the page's draft."""
    drafts = work.actor.drafts("pages")
    return drafts is Drafts.ALL or (drafts is Drafts.OWN and page.author_id == work.actor.id)


def sees(work: Work, page: Page) -> bool:
    """Whether the actor may know that the page is there."""
    return page.is_live or reads_draft(work, page)


async def find(work: Work, id: str | None, *path: str) -> Page:
    """The page of an id that the actor may see, locked; refused where there is none."""
    uuid = as_id(id)
    page = (await writing.locked(work, [uuid])).get(uuid) if uuid else None
    if page is None or not sees(work, page):
        raise Refused(NotFound("page", id, *path))
    return page


async def target(work: Work, command: PageCommand, *if_live: Permission) -> Page:
    """The page that a command acts on: seen, permitted (what a live one needs besides, too), in the version expected."""
    page = await find(work, command.id, "id")
    allow(work, page, command, *(if_live if page.is_live else ()))
    return page


def allow(work: Work, page: Page, command: PageCommand | BlockCommand, *besides: Permission) -> None:
    """Stop an actor who lacks a permission, then one who read another version."""
    work.require(command.needs, *besides, owner=page.author_id)
    lifecycle.expect(page, command.expected_version, "page")


def new_page(
    work: Work, parent_id: UUID | None, position: int, *, template: str, channels: str, id: UUID | None = None
) -> Page:
    """The row of a new page of this actor; it has no revision yet."""
    return Page(
        tenant_id=work.tenant.id,
        id=id or work.new_id(),
        parent_id=parent_id,
        position=position,
        template=template,
        channels=channels,
        author_id=work.actor.id,
        created_at=work.now,
        updated_at=work.now,
    )


def refuse_archived(page: Page) -> None:
    """Stop a write to an archived page."""
    if page.archived_at is not None:
        message = "This page is archived: unpublish it first, then it is a draft again."
        raise Refused(Conflict("PAGE_ARCHIVED", message, "id", status=page.status))


def edit(work: Work, content: Mapping[str, Any]) -> Edit:
    """A document ready to be edited."""
    return Edit(dict(content), work.tenant, work.limits, work.new_id)


async def save(work: Work, page: Page, content: Mapping[str, Any], before: Saved | None, note: str | None) -> None:
    """Append a revision with this content, make it the page's draft, and let it be found."""
    was_draft = before is not None and before.number == page.draft_revision
    await append(work, page, content, before, note)
    if before is not None and was_draft:
        await projections.project_change(work, ContentStage.DRAFT, page.id, content, before.content)
    else:
        await projections.project(work, ContentStage.DRAFT, {page.id: content})


async def append(work: Work, page: Page, content: Mapping[str, Any], before: Saved | None, note: str | None) -> None:
    """Add a revision with this content, which is the page's draft from then on; nobody finds it yet."""
    columns = lifecycle.append(work, page, content, await _rendered(content), before, note)
    work.pending.insert(PageRevision, {"page_id": page.id, **columns})


async def unknown_pages(work: Work, edit: Edit, before: Saved | None = None) -> list[Problem]:
    """A problem for each page that an input links to, the draft did not before, and the actor does not see."""
    known = {pointer.id for pointer in references(before.content)} if before else set[str]()
    wanted = {place: id for place, id in edit.links.items() if id not in known}
    ids = {id: as_id(id) for id in wanted.values()}
    there = await writing.seen(work, [id for id in ids.values() if id]) if ids else set[UUID]()
    return [NotFound("page", id, *place) for place, id in wanted.items() if ids[id] not in there]


async def _rendered(content: Mapping[str, Any]) -> str:
    """The rich text of a document, rendered; a large one in a thread, so that nobody waits for it."""
    size = sum(len(text.get("body", {}).get("content", "")) for text in content["translations"].values())
    if size < _AT_ONCE:
        return document.rendered(content)
    return await asyncio.to_thread(document.rendered, content)


def require_all(work: Work, permission: Permission, pages: Iterable[Page]) -> None:
    """Stop an actor who lacks the permission for any of the pages."""
    for page in pages:
        work.require(permission, owner=page.author_id)


def refuse_home(pages: Iterable[Page]) -> None:
    """Stop the home page from being taken from readers."""
    for page in pages:
        if page.is_home:
            message = "The home page is among these: make another page the home page first."
            raise Refused(Conflict("HOME_PAGE", message, "id", status=page.status))


async def refuse_referenced(work: Work, pages: Iterable[Page]) -> None:
    """Stop where others point at the pages, naming them."""
    ids = [page.id for page in pages]
    found = [row for row in await pointing_at(work, EntityKind.PAGE, ids) if row.source_id not in ids]
    if found:
        raise Refused(StillReferenced(found))


def unknown_channels(work: Work, channels: list[str] | None) -> list[Problem]:
    """A problem for each channel that the tenant lacks."""
    return [
        Invalid(f"The tenant has no channel “{channel}”.", "channels", n)
        for n, channel in enumerate(channels or ())
        if channel not in work.tenant.by_channel
    ]


async def depth_of(work: Work, parent_id: UUID | None) -> int:
    """How many pages stand above a child of this parent."""
    return 0 if parent_id is None else len(await writing.lineage_ids(work, [parent_id]))

"""Copying pages."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Forbidden, Invalid, Refused
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.pages.commands import DuplicatePage
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
from pages_graphql.pages.service.locating import locating
from pages_graphql.pages.service.places import place
from pages_graphql.routes import repository as routes
from pages_graphql.routes.service import Claims, claim, suggestion
from pages_graphql.storage.columns import NIL
from pages_graphql.storage.work import Work


async def duplicate_page(work: Work, command: DuplicatePage) -> Page:
    """Copy a page's draft, with all below it where asked, under new ids and slugs that are free; never live."""
    work.require(command.needs)
    await routes.lock(work)
    source = await common.find(work, command.id, "id")
    pages = [(source, 0)]
    if command.with_descendants:
        pages = list((await writing.subtree(work, source.id)).values())
    _require_drafts(work, [page for page, _ in pages])
    parent = await _parent(work, command, source)
    deepest = max(depth for _, depth in pages)
    if await common.depth_of(work, parent) + deepest >= work.limits.max_tree_depth:
        raise Refused(Invalid(f"Pages stand at most {work.limits.max_tree_depth} deep.", "parentId"))
    ids = {page.id: work.new_id() for page, _ in pages}
    drafts = await writing.drafts(work, [page for page, _ in pages])
    position = await place(work, parent, None, None, [])
    copies: list[Page] = []
    for page, depth in pages:
        above = ids[page.parent_id] if depth and page.parent_id else parent
        at = page.position if depth else position
        copy = common.new_page(work, above, at, template=page.template, channels=page.channels, id=ids[page.id])
        copies.append(copy)
        await _write(work, copy, drafts[page.id], fresh=depth == 0)
    return copies[0]


def _require_drafts(work: Work, pages: Sequence[Page]) -> None:
    """Stop an actor who may not read what he copies."""
    for page in pages:
        if not common.reads_draft(work, page):
            raise Refused(Forbidden(Permission.PAGES_UPDATE.value, known=work.actor.id is not None, path=["id"]))


async def _parent(work: Work, command: DuplicatePage, source: Page) -> UUID | None:
    if not command.given("parent_id"):
        return source.parent_id
    if command.parent_id is None:
        return None
    return (await common.find(work, command.parent_id, "parentId")).id


async def _write(work: Work, copy: Page, draft: Saved, *, fresh: bool) -> None:
    content = _renewed(work, draft.content)
    if fresh:
        content = await _freed(work, copy.parent_id or NIL, content)
    work.pending.add(copy)
    await common.save(work, copy, content, None, None)
    with locating("id"):
        await claim(work, {copy.id: Claims(copy.parent_key, slugs(content))})
    work.record(copy, page_event("created", copy, content))


def _renewed(work: Work, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with new ids for its blocks."""
    return {**content, "blocks": [{**block, "id": str(work.new_id())} for block in content["blocks"]]}


async def _freed(work: Work, parent_key: UUID, content: dict[str, Any]) -> dict[str, Any]:
    """The content with slugs that are free under a parent."""
    texts = {
        locale: {**text, "slug": await suggestion(work, parent_key, locale, text["slug"])}
        for locale, text in content["translations"].items()
    }
    return {**content, "translations": texts}

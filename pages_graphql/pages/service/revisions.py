"""Going back: discarding a draft, restoring a revision."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pages_graphql.core.errors import Conflict, NotFound, Refused, refuse_if
from pages_graphql.documents import lifecycle
from pages_graphql.documents.translations import unknown_locales
from pages_graphql.pages.commands import DiscardPageDraft, RestorePageRevision
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
from pages_graphql.pages.service.locating import located, locating
from pages_graphql.routes.service import claim, claimed, clashes
from pages_graphql.storage.work import Work


async def discard_page_draft(work: Work, command: DiscardPageDraft) -> Page:
    """Let the draft say what readers see; the discarded revisions stay."""
    page = await common.target(work, command)
    common.refuse_archived(page)
    live = await writing.live(work, page)
    if live is None:
        message = "Nothing of this page is published: there is nothing to go back to."
        raise Refused(Conflict("NOTHING_LIVE", message, "id", status=page.status))
    if page.has_unpublished_changes:
        await _make_draft(work, page, live.content, f"Back to revision {live.number}", "id")
    return page


async def restore_page_revision(work: Work, command: RestorePageRevision) -> Page:
    """Let the draft say what a revision said; slugs stay as they are unless they are asked for."""
    page = await common.target(work, command)
    common.refuse_archived(page)
    revision = await writing.revision(work, page, command.revision)
    if revision is None:
        raise Refused(NotFound("revision", command.revision, "revision"))
    content = dict(revision.content)
    refuse_if(unknown_locales(work.tenant, content["translations"]))
    if not command.restore_slugs:
        now = slugs((await writing.draft(work, page)).content)
        texts = content["translations"].items()
        content["translations"] = {locale: {**text, "slug": now.get(locale, text["slug"])} for locale, text in texts}
    if lifecycle.differs(page, content):
        await _make_draft(work, page, content, command.note, "restoreSlugs" if command.restore_slugs else "revision")
    return page


async def _make_draft(work: Work, page: Page, content: Mapping[str, Any], note: str | None, asked: str) -> None:
    """Let the draft say this; a slug that another page has is told at the part of the input that `asked` for it."""
    claims = await claimed(work, [page.id])
    wanted = {page.id: replace(claims[page.id], draft=slugs(content))}
    refuse_if(located(await clashes(work, wanted, claims), (), asked))
    await common.save(work, page, content, await writing.draft(work, page), note)
    with locating(asked):
        await claim(work, wanted, claims)
    lifecycle.touch(work, page)
    work.record(page, page_event("updated", page, content))

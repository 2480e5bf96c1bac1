"""Going back: discarding a draft, restoring a revision."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pages_graphql.core.errors import Conflict, Invalid, NotFound, Refused, refuse_if
from pages_graphql.documents import lifecycle
from pages_graphql.pages.commands import DiscardPageDraft, RestorePageRevision
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
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
        await _make_draft(work, page, live.content, f"Back to revision {live.number}")
    return page


async def restore_page_revision(work: Work, command: RestorePageRevision) -> Page:
    """Let the draft say what a revision said; slugs stay as they are unless they are asked for."""
    page = await common.target(work, command)
    common.refuse_archived(page)
    revision = await writing.revision(work, page, command.revision)
    if revision is None:
        raise Refused(NotFound("revision", command.revision, "revision"))
    content = dict(revision.content)
    refuse_if(
        Invalid(f"This revision speaks “{locale}”, which the tenant does no more.", "revision")
        for locale in content["translations"]
        if locale not in work.tenant.by_locale
    )
    if not command.restore_slugs:
        now = slugs((await writing.draft(work, page)).content)
        texts = content["translations"].items()
        content["translations"] = {locale: {**text, "slug": now.get(locale, text["slug"])} for locale, text in texts}
    if lifecycle.differs(page, content):
        await _make_draft(work, page, content, command.note)
    return page


async def _make_draft(work: Work, page: Page, content: Mapping[str, Any], note: str | None) -> None:
    claims = await claimed(work, [page.id])
    wanted = {page.id: replace(claims[page.id], draft=slugs(content))}
    refuse_if(problem.under("restoreSlugs") for problem in await clashes(work, wanted, claims))
    await common.save(work, page, content, await writing.draft(work, page), note)
    await claim(work, wanted, claims)
    lifecycle.touch(work, page)
    work.record(page, page_event("updated", page, content))

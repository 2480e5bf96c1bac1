"""Showing pages to readers, taking them away, putting them away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from pages_graphql.core.errors import Conflict, Problem, Refused, refuse_if
from pages_graphql.core.events import PathChange
from pages_graphql.core.view import ContentStage
from pages_graphql.documents import lifecycle
from pages_graphql.pages.commands import ArchivePage, PublishPage, UnpublishPage
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page, PagePublication
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common, projections
from pages_graphql.pages.service.locating import locating
from pages_graphql.routes import repository as routes
from pages_graphql.routes.service import claim, claimed, reroute
from pages_graphql.storage.work import Work


async def publish_page(work: Work, command: PublishPage) -> Page:
    """Show readers the draft, and tell the world; nothing happens where they see it already."""
    await routes.lock(work)
    page = await common.target(work, command)
    common.refuse_archived(page)
    pages = [page]
    if command.with_descendants:
        pages = await _publishable(work, page)
        common.require_all(work, command.needs, pages)
    changed = [page for page in pages if page.has_unpublished_changes]
    if changed:
        refuse_if(await under_draft(work, page.parent_id, "id"))
        with locating("id"):
            await go_live(work, page, changed, command.note)
    return page


async def _publishable(work: Work, root: Page) -> list[Page]:
    """A page and all below it, parents first, but archived ones and what stands under them."""
    found: dict[UUID, Page] = {}
    for page, _ in (await writing.subtree(work, root.id)).values():
        if page.archived_at is None and (page.id == root.id or page.parent_id in found):
            found[page.id] = page
    return list(found.values())


async def under_draft(work: Work, parent_id: UUID | None, *path: str) -> list[Problem]:
    """A problem for a page that shall be live where the one above is not."""
    parent = (await writing.locked(work, [parent_id]))[parent_id] if parent_id else None
    if parent is None or parent.is_live:
        return []
    message = "The page above is not published: publish it first, or move this one."
    return [Conflict("PARENT_NOT_PUBLISHED", message, *path, status=parent.status)]


async def go_live(work: Work, root: Page, pages: Sequence[Page], note: str | None = None) -> None:
    """Show readers the drafts of `pages`, which stand in the subtree of `root`, parents first."""
    ids = [page.id for page in pages]
    new = {page.id for page in pages if not page.is_live}
    last = await writing.publications(work, ids)
    claims = await claimed(work, ids)
    for page in pages:
        columns = lifecycle.go_live(work, page, last.get(page.id), note)
        work.pending.insert(PagePublication, {"page_id": page.id, **columns})
    await claim(work, {id: replace(page, live=page.draft) for id, page in claims.items()}, claims)
    await projections.publish(work, ids)
    changes: list[PathChange] = []
    if any(page.live != page.draft for page in claims.values()):
        changes = await reroute(work, [root.id], home=await writing.home(work))
    for page in pages:
        work.record(page, replace(page_event("published", page), locales=sorted(claims[page.id].draft)))
    await tell_moves(work, root, [*(change for change in changes if change.id not in new), *await came(work, new)])


async def came(work: Work, ids: Collection[UUID]) -> list[PathChange]:
    """The paths of pages that readers did not see before; routes may have kept them from an earlier life."""
    found = await routes.current(work, ids) if ids else {}
    return [PathChange(id, locale, None, path) for id, paths in found.items() for locale, path in paths.items()]


async def tell_moves(work: Work, root: Page, changes: Sequence[PathChange]) -> None:
    """Tell the world which live paths changed, if any did."""
    if changes:
        work.record(root, page_event("moved", root, paths=changes))


async def unpublish_page(work: Work, command: UnpublishPage) -> Page:
    """Take the page from readers; its paths answer gone. Brings an archived page back to being a draft."""
    await routes.lock(work)
    page = await common.target(work, command)
    if page.archived_at is not None:
        page.archived_at = None
        lifecycle.touch(work, page)
        work.record(page, page_event("updated", page))
    elif page.is_live:
        pages = await _leaving(work, page, with_descendants=command.with_descendants)
        common.require_all(work, command.needs, pages)
        if command.refuse_if_referenced:
            await common.refuse_referenced(work, pages)
        await leave_live(work, page, pages)
    return page


async def _leaving(work: Work, root: Page, *, with_descendants: bool) -> list[Page]:
    """The live pages that leave with `root`; refused where some would be left, or the home page is among them."""
    pages = [page for page, _ in (await writing.subtree(work, root.id)).values() if page.is_live]
    if len(pages) > 1 and not with_descendants:
        message = "Pages below this one are published: unpublish them first, or all together."
        raise Refused(Conflict("HAS_LIVE_DESCENDANTS", message, "id", status=root.status))
    common.refuse_home(pages)
    return pages


async def leave_live(work: Work, root: Page, pages: Sequence[Page]) -> None:
    """Take live `pages`, which are all that is live in the subtree of `root`, from readers."""
    ids = [page.id for page in pages]
    before = await routes.current(work, ids)
    last = await writing.publications(work, ids)
    claims = await claimed(work, ids)
    for page in pages:
        lifecycle.leave_live(work, page, last.get(page.id))
        work.record(page, replace(page_event("unpublished", page), locales=sorted(claims[page.id].live)))
    await claim(work, {id: replace(page, live={}) for id, page in claims.items()}, claims)
    await projections.forget(work, ContentStage.LIVE, ids)
    await tell_moves(work, root, _gone(before))


def _gone(paths: Mapping[UUID, Mapping[str, str]]) -> list[PathChange]:
    return [PathChange(id, locale, path, None) for id, found in paths.items() for locale, path in found.items()]


async def archive_page(work: Work, command: ArchivePage) -> Page:
    """Put a page away, with all below it where asked; live ones leave readers first."""
    await routes.lock(work)
    page = await common.target(work, command)
    if page.archived_at is not None and not command.with_descendants:
        return page
    live = await _leaving(work, page, with_descendants=command.with_descendants) if page.is_live else []
    pages = [page]
    if command.with_descendants:
        pages = [page for page, _ in (await writing.subtree(work, page.id)).values()]
    common.require_all(work, command.needs, pages)
    if command.refuse_if_referenced:
        await common.refuse_referenced(work, pages)
    if live:
        await leave_live(work, page, live)
    for put_away in pages:
        if put_away.archived_at is None:
            put_away.archived_at = work.now
            if put_away not in live:
                lifecycle.touch(work, put_away)
            work.record(put_away, page_event("archived", put_away))
    return page

"""Showing pages to readers, and taking them away."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from pages_graphql.core.errors import Conflict, Refused
from pages_graphql.core.events import PathChange
from pages_graphql.documents import lifecycle
from pages_graphql.pages.commands import PublishPage, UnpublishPage
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page, PagePublication
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
from pages_graphql.routes import repository as routes
from pages_graphql.routes.service import claim, claimed, reroute
from pages_graphql.storage.work import Work


async def publish_page(work: Work, command: PublishPage) -> Page:
    """Show readers the draft, and tell the world; nothing happens where they see it already."""
    await routes.lock(work)
    page = await common.target(work, command)
    common.refuse_archived(page)
    if page.has_unpublished_changes:
        await refuse_under_draft(work, page)
        await go_live(work, page, [page])
    return page


async def refuse_under_draft(work: Work, page: Page, *path: str) -> None:
    """Stop a page from being live under one that is not."""
    if page.parent_id is None:
        return
    parent = (await writing.locked(work, [page.parent_id]))[page.parent_id]
    if not parent.is_live:
        message = "The page above is not published: publish it first, or move this one."
        raise Refused(Conflict("PARENT_NOT_PUBLISHED", message, *(path or ("id",)), status=parent.status))


async def go_live(work: Work, root: Page, pages: Sequence[Page]) -> None:
    """Show readers the drafts of `pages`, which stand in the subtree of `root`, parents first."""
    last = await writing.publications(work, [page.id for page in pages])
    claims = await claimed(work, [page.id for page in pages])
    for page in pages:
        columns = lifecycle.go_live(work, page, last.get(page.id))
        work.session.add(PagePublication(page_id=page.id, **columns))
        work.record(page, replace(page_event("published", page), locales=sorted(claims[page.id].draft)))
    await claim(work, {id: replace(page, live=page.draft) for id, page in claims.items()})
    await tell_moves(work, root, await reroute(work, [root.id], home=await writing.home(work)))


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
        await refuse_home(work, page)
        await refuse_above_live(work, page)
        await leave_live(work, page, [page])
    return page


async def refuse_home(work: Work, page: Page) -> None:
    """Stop the home page from being taken from readers."""
    if page.is_home:
        message = "This is the home page: make another page the home page first."
        raise Refused(Conflict("HOME_PAGE", message, "id", status=page.status))


async def refuse_above_live(work: Work, page: Page) -> None:
    """Stop a page from leaving live ones below it."""
    if await writing.has_live_children(work, page.id):
        message = "Pages below this one are published: unpublish them first, or all together."
        raise Refused(Conflict("HAS_LIVE_DESCENDANTS", message, "id", status=page.status))


async def leave_live(work: Work, root: Page, pages: Sequence[Page]) -> None:
    """Take live `pages`, which are all that is live in the subtree of `root`, from readers."""
    ids = [page.id for page in pages]
    before = await routes.current(work, ids)
    last = await writing.publications(work, ids)
    claims = await claimed(work, ids)
    for page in pages:
        lifecycle.leave_live(work, page, last.get(page.id))
        work.record(page, replace(page_event("unpublished", page), locales=sorted(claims[page.id].live)))
    await claim(work, {id: replace(page, live={}) for id, page in claims.items()})
    await tell_moves(work, root, gone(before))


def gone(paths: dict[UUID, dict[str, str]]) -> list[PathChange]:
    """The changes of paths that now lead nowhere."""
    return [PathChange(id, locale, path, None) for id, found in paths.items() for locale, path in found.items()]

"""Putting pages elsewhere in the tree."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from pages_graphql.core import tags
from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Conflict, Invalid, Problem, Refused, refuse_if
from pages_graphql.core.events import PathChange
from pages_graphql.documents import lifecycle
from pages_graphql.pages.commands import MovePage, SetHomePage
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
from pages_graphql.pages.service.locating import located, locating
from pages_graphql.pages.service.places import place
from pages_graphql.pages.service.publish import tell_moves, under_draft
from pages_graphql.routes import repository as routes
from pages_graphql.routes.rules import Place
from pages_graphql.routes.service import Claims, claim, claimed, clashes, home_places, reroute
from pages_graphql.storage.columns import NIL
from pages_graphql.storage.work import Work


async def move_page(work: Work, command: MovePage) -> Page:
    """Put a page, with all below it, under another parent or at another place among its siblings."""
    await routes.lock(work)
    page = await common.target(work, command, Permission.PAGES_PUBLISH)
    common.refuse_archived(page)
    problems: list[Problem] = []
    parent = await _new_parent(work, page, command, problems)
    position = page.position
    if parent != page.parent_id or command.before_id is not None or command.after_id is not None:
        position = await place(work, parent, command.before_id, command.after_id, problems, moved=page.id)
    claims = {id: replace(found, parent_key=parent or NIL) for id, found in (await claimed(work, [page.id])).items()}
    if parent != page.parent_id:
        problems += located(await clashes(work, claims), (), "parentId")
    refuse_if(problems)
    if (parent, position) == (page.parent_id, page.position):
        return page
    if moved := parent != page.parent_id:
        work.stale(tags.SHAPE)
    page.parent_id, page.position = parent, position
    lifecycle.touch(work, page, shown=page.is_live)
    changes = await _rebase(work, page, claims, keep=command.keep_redirects) if moved else []
    work.record(page, page_event("moved", page, paths=changes))
    return page


async def _rebase(work: Work, page: Page, claims: Mapping[UUID, Claims], *, keep: bool) -> list[PathChange]:
    """Take the page's slugs, and the paths of what is live of it and below it, to its new parent."""
    home = await writing.home(work)
    left = set[Place]() if keep else await home_places(work, home)
    with locating("parentId"):
        await claim(work, claims)
        if not page.is_live:
            return []
        return await reroute(work, [page.id], home=home, keep=keep, left=left)


async def _new_parent(work: Work, page: Page, command: MovePage, problems: list[Problem]) -> UUID | None:
    """The parent to be, refused where there can be none; what else is wrong with it is added to `problems`."""
    if not command.given("parent_id"):
        return page.parent_id
    if command.parent_id is None:
        return None
    parent = await common.find(work, command.parent_id, "parentId")
    if parent.id == page.parent_id:
        return parent.id
    await _refuse_circle(work, page, parent)
    if page.is_live:
        problems += await under_draft(work, parent.id, "parentId")
    below = await writing.height(work, page.id)
    if await common.depth_of(work, parent.id) + below >= work.limits.max_tree_depth:
        problems.append(Invalid(f"Pages stand at most {work.limits.max_tree_depth} deep.", "parentId"))
    return parent.id


async def _refuse_circle(work: Work, page: Page, parent: Page) -> None:
    if page.id in await writing.lineage_ids(work, [parent.id]):
        raise Refused(Conflict("PAGE_CYCLE", "A page cannot stand below itself.", "parentId", status=page.status))


async def set_home_page(work: Work, command: SetHomePage) -> Page:
    """Put a live page at the path /; the home page before it goes back to its own path."""
    await routes.lock(work)
    page = await common.target(work, command)
    common.refuse_archived(page)
    if page.is_home:
        return page
    if not page.is_live or page.channels != "[]":
        message = "The home page is published, and in every channel."
        raise Refused(Conflict("HOME_PAGE", message, "id", status=page.status))
    before = await writing.home(work)
    if before is not None:
        (await writing.locked(work, [before]))[before].is_home = False
        await work.pending.flush()
    page.is_home = True
    lifecycle.touch(work, page, shown=True)
    roots = [page.id, *([before] if before else [])]
    work.record(page, page_event("updated", page))
    with locating("id"):
        await tell_moves(work, page, await reroute(work, roots, home=page.id))
    return page

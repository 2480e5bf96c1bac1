"""Taking pages away for good."""

from collections.abc import Sequence
from uuid import UUID

from pages_graphql.core.errors import Conflict, Invalid, Refused
from pages_graphql.core.view import ContentStage
from pages_graphql.pages.commands import DeletePage
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common, projections
from pages_graphql.routes import repository as routes
from pages_graphql.routes.service import drop_claims
from pages_graphql.storage.work import Work


async def delete_page(work: Work, command: DeletePage) -> UUID:
    """Take a page away, with all below it where asked; its paths answer gone, or lead to another page."""
    await routes.lock(work)
    page = await common.target(work, command)
    if page.is_live:
        message = "This page is published: unpublish it first."
        raise Refused(Conflict("CANNOT_DELETE_PUBLISHED", message, "id", status=page.status))
    pages = [page]
    if command.with_descendants:
        pages = [page for page, _ in (await writing.subtree(work, page.id)).values()]
        common.require_all(work, command.needs, pages)
    elif await writing.has_children(work, page.id):
        message = "Pages stand below this one: move them, or delete all together."
        raise Refused(Conflict("HAS_CHILDREN", message, "id", status=page.status))
    if command.refuse_if_referenced:
        await common.refuse_referenced(work, pages)
    heir = await _heir(work, command, pages)
    await _erase(work, pages, heir)
    return page.id


async def _heir(work: Work, command: DeletePage, pages: Sequence[Page]) -> UUID | None:
    """The live page that inherits the paths, if one is named."""
    if command.redirect_to_id is None:
        return None
    heir = await common.find(work, command.redirect_to_id, "redirectToId")
    if heir in pages:
        raise Refused(Invalid("The paths cannot lead to what is deleted.", "redirectToId"))
    if not heir.is_live:
        message = "The page that the paths shall lead to is not published."
        raise Refused(Conflict("NOTHING_LIVE", message, "redirectToId", status=heir.status))
    return heir.id


async def _erase(work: Work, pages: Sequence[Page], heir: UUID | None) -> None:
    ids = [page.id for page in pages]
    await routes.inherit(work, ids, heir)
    for page in pages:
        page.version += 1
        work.record(page, page_event("deleted", page))
    await drop_claims(work, ids)
    for stage in ContentStage:
        await projections.forget(work, stage, ids)
    await writing.erase(work, ids)

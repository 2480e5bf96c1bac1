"""Going back: discarding a draft, restoring a revision."""

from pages_graphql.core.errors import Conflict, NotFound, Refused, refuse_if
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.documents.translations import unknown_locales
from pages_graphql.menus.commands import DiscardMenuDraft, RestoreMenuRevision
from pages_graphql.menus.document import spoken
from pages_graphql.menus.model import Menu
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import common
from pages_graphql.storage.work import Work


async def discard_menu_draft(work: Work, command: DiscardMenuDraft) -> Menu:
    """Let the draft say what readers see; the discarded revisions stay."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    live = await writing.live(work, menu)
    if live is None:
        message = "Nothing of this menu is published: there is nothing to go back to."
        raise Refused(Conflict("NOTHING_LIVE", message, "id", status=menu.status))
    draft = await writing.draft(work, menu)
    return await common.make_draft(work, menu, live.content, draft, f"Back to revision {live.number}")


async def restore_menu_revision(work: Work, command: RestoreMenuRevision) -> Menu:
    """Let the draft say what a revision said, with the same items."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    revision = await writing.revision(work, menu, command.revision)
    if revision is None:
        raise Refused(NotFound("revision", command.revision, "revision"))
    content = Saved.of(revision).content
    refuse_if(unknown_locales(work.tenant, spoken(content)))
    return await common.make_draft(work, menu, content, await writing.draft(work, menu), command.note)

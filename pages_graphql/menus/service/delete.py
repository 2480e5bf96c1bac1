"""Taking menus away for good."""

from uuid import UUID

from pages_graphql.core.errors import Conflict, Refused
from pages_graphql.core.view import ContentStage
from pages_graphql.documents.references import SourceKind, point
from pages_graphql.menus.commands import DeleteMenu
from pages_graphql.menus.events import menu_event
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import common
from pages_graphql.storage.work import Work


async def delete_menu(work: Work, command: DeleteMenu) -> UUID:
    """Take a menu away, with its revisions; its places are free."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    if menu.is_live:
        message = "This menu is published: unpublish it first."
        raise Refused(Conflict("CANNOT_DELETE_PUBLISHED", message, "id", status=menu.status))
    menu.version += 1
    work.record(menu, menu_event("deleted", menu))
    for stage in ContentStage:
        await point(work, SourceKind.MENU, stage, {menu.id: []})
    id = menu.id
    await writing.erase(work, menu)
    return id

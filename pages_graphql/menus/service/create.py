"""Making a menu."""

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Refused, refuse_if
from pages_graphql.menus.commands import CreateMenu
from pages_graphql.menus.document import EMPTY
from pages_graphql.menus.events import menu_event
from pages_graphql.menus.model import Menu
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import bindings, common
from pages_graphql.menus.service.publish import go_live
from pages_graphql.storage.work import Work


async def create_menu(work: Work, command: CreateMenu) -> Menu:
    """A new menu with its first revision, bound where asked, a draft unless it is to be published."""
    work.require(command.needs, *([Permission.MENUS_PUBLISH] if command.publish else []))
    places = command.bindings or []
    edit = common.edit(work, EMPTY)
    edit.name(command.translations, needed=True)
    edit.obey(command.hidden_target_policy)
    edit.replace_items(command.items or [])
    problems = [*await common.wrong_handle(work, command.handle), *edit.problems]
    problems += await common.unknown_pages(work, edit)
    refuse_if([*problems, *(problem.under("bindings") for problem in await bindings.taken(work, places))])
    menu = Menu(
        tenant_id=work.tenant.id,
        id=work.new_id(),
        handle=command.handle,
        author_id=work.actor.id,
        created_at=work.now,
        updated_at=work.now,
    )
    if not await writing.keep_handle(work, menu, command.handle):
        raise Refused(common.taken_handle(command.handle))
    await common.save(work, menu, edit.content, None, command.note)
    refuse_if([problem.under("bindings") for problem in await bindings.bind_new(work, menu, places)])
    work.record(menu, menu_event("created", menu, edit.content))
    if command.publish:
        await go_live(work, menu, command.note)
    return menu

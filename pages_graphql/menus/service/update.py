"""Changing what a menu is called and how it is found."""

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Invalid, Problem, Refused, refuse_if
from pages_graphql.documents import lifecycle
from pages_graphql.menus.commands import UpdateMenu
from pages_graphql.menus.events import menu_event
from pages_graphql.menus.model import Menu
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import common
from pages_graphql.storage.work import Work


async def update_menu(work: Work, command: UpdateMenu) -> Menu:
    """Write names and policy into the draft; a handle acts at once."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    before = await writing.draft(work, menu)
    edit = common.edit(work, before.content)
    edit.remove(command.remove_locales or (), others_come=bool(command.translations))
    edit.name(command.translations or ())
    if command.given("hidden_target_policy"):
        edit.obey(command.hidden_target_policy)
    refuse_if([*await _wrong_handle(work, menu, command), *edit.problems])
    renamed = await _rename(work, menu, command.handle or menu.handle)
    revised = lifecycle.differs(menu, edit.content)
    if revised:
        await common.save(work, menu, edit.content, before, command.note)
    if revised or renamed:
        lifecycle.touch(work, menu, shown=renamed and menu.is_live)
        work.record(menu, menu_event("updated", menu, edit.content))
    return menu


async def _wrong_handle(work: Work, menu: Menu, command: UpdateMenu) -> list[Problem]:
    if not command.given("handle") or command.handle == menu.handle:
        return []
    if command.handle is None:
        return [Invalid("A menu has a handle.", "handle")]
    return await common.wrong_handle(work, command.handle)


async def _rename(work: Work, menu: Menu, handle: str) -> bool:
    """Give a menu another handle; whether it is another."""
    if handle == menu.handle:
        return False
    if menu.is_live:
        work.require(Permission.MENUS_PUBLISH)
    if not await writing.keep_handle(work, menu, handle):
        raise Refused(common.taken_handle(handle))
    return True

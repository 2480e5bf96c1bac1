"""Changing the items of a menu's draft."""

from collections.abc import Callable

from pages_graphql.menus import commands
from pages_graphql.menus.commands import ItemsCommand
from pages_graphql.menus.editing import Edit
from pages_graphql.menus.model import Menu
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import common
from pages_graphql.storage.work import Work


async def replace_menu_items(work: Work, command: commands.ReplaceMenuItems) -> Menu:
    """Put these items in the place of all that are there."""
    return await _edit(work, command, lambda edit: edit.replace_items(command.items))


async def _edit(work: Work, command: ItemsCommand, change: Callable[[Edit], None]) -> Menu:
    """Change the items of the draft, and save it where it says something else then."""
    menu = await common.permitted(work, command.menu_id, command.needs, command.expected_version, "menuId")
    before = await writing.draft(work, menu)
    edit = common.edit(work, before.content)
    change(edit)
    return await common.revise(work, menu, edit, before, command.note)

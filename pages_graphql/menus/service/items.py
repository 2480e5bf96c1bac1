"""Changing the items of a menu's draft."""

from collections.abc import Callable

from pages_graphql.menus import commands
from pages_graphql.menus.commands import ItemsCommand
from pages_graphql.menus.editing import Edit
from pages_graphql.menus.model import Menu
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import common
from pages_graphql.storage.work import Work


async def add_menu_item(work: Work, command: commands.AddMenuItem) -> Menu:
    """Add an item, with those below it, before or after another, else behind all."""
    return await _edit(work, command, lambda edit: edit.add_item(command))


async def update_menu_item(work: Work, command: commands.UpdateMenuItem) -> Menu:
    """Change what is given of an item."""
    return await _edit(work, command, lambda edit: edit.change_item(command))


async def move_menu_items(work: Work, command: commands.MoveMenuItems) -> Menu:
    """Put items elsewhere in their menu: all of them, or none."""
    return await _edit(work, command, lambda edit: edit.move_items(command.moves))


async def delete_menu_item(work: Work, command: commands.DeleteMenuItem) -> Menu:
    """Take an item away, with all below it."""
    return await _edit(work, command, lambda edit: edit.drop_item(command.item_id))


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

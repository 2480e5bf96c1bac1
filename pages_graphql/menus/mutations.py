"""Where writing menus begins."""

import strawberry

from pages_graphql.api.arguments import Given
from pages_graphql.api.context import Info
from pages_graphql.menus import commands, inputs
from pages_graphql.menus.payloads import MenuPayload, written
from pages_graphql.menus.service.bindings import bind_menu, unbind_menu
from pages_graphql.menus.service.create import create_menu
from pages_graphql.menus.service.delete import delete_menu
from pages_graphql.menus.service.items import (
    add_menu_item,
    delete_menu_item,
    move_menu_items,
    replace_menu_items,
    update_menu_item,
)
from pages_graphql.menus.service.publish import publish_menu, unpublish_menu
from pages_graphql.menus.service.revisions import discard_menu_draft, restore_menu_revision
from pages_graphql.menus.service.update import update_menu
from pages_graphql.pages.payloads import ContentDeletePayload, deleted


@strawberry.type
class MenuDocumentMutations:
    """The mutations of menus as a whole."""

    @strawberry.mutation(description="Make a menu; it is a draft unless `publish` says otherwise.")
    async def create_menu(self, info: Info, input: Given[inputs.CreateMenuInput]) -> MenuPayload | None:
        """Make a menu."""
        return await written(info, commands.CreateMenu, input, create_menu)

    @strawberry.mutation(description="Change the names and the policy of a menu's draft, or its handle.")
    async def update_menu(self, info: Info, input: Given[inputs.UpdateMenuInput]) -> MenuPayload | None:
        """Change a menu."""
        return await written(info, commands.UpdateMenu, input, update_menu)

    @strawberry.mutation(description="Take a menu away for good; refused while it is published.")
    async def delete_menu(self, info: Info, input: Given[inputs.DeleteMenuInput]) -> ContentDeletePayload | None:
        """Delete a menu."""
        return await deleted(info, commands.DeleteMenu, input, delete_menu)

    @strawberry.mutation(description="Show readers the draft of a menu.")
    async def publish_menu(self, info: Info, input: Given[inputs.PublishMenuInput]) -> MenuPayload | None:
        """Publish a menu."""
        return await written(info, commands.PublishMenu, input, publish_menu)

    @strawberry.mutation(description="Take a menu from readers; it keeps its places.")
    async def unpublish_menu(self, info: Info, input: Given[inputs.UnpublishMenuInput]) -> MenuPayload | None:
        """Unpublish a menu."""
        return await written(info, commands.UnpublishMenu, input, unpublish_menu)

    @strawberry.mutation(description="Let a menu's draft say what readers see.")
    async def discard_menu_draft(self, info: Info, input: Given[inputs.DiscardMenuDraftInput]) -> MenuPayload | None:
        """Discard a draft."""
        return await written(info, commands.DiscardMenuDraft, input, discard_menu_draft)

    @strawberry.mutation(description="Let a menu's draft say what a revision said, with the same items.")
    async def restore_menu_revision(
        self, info: Info, input: Given[inputs.RestoreMenuRevisionInput]
    ) -> MenuPayload | None:
        """Restore a revision."""
        return await written(info, commands.RestoreMenuRevision, input, restore_menu_revision)

    @strawberry.mutation(
        description="Let a menu hold a place in the layout; refused where another holds it, unless `replace`."
    )
    async def bind_menu(self, info: Info, input: Given[inputs.BindMenuInput]) -> MenuPayload | None:
        """Give a place to a menu."""
        return await written(info, commands.BindMenu, input, bind_menu)

    @strawberry.mutation(description="Let a menu hold a place in the layout no more.")
    async def unbind_menu(self, info: Info, input: Given[inputs.UnbindMenuInput]) -> MenuPayload | None:
        """Take a place from a menu."""
        return await written(info, commands.UnbindMenu, input, unbind_menu)


@strawberry.type
class MenuItemMutations:
    """The mutations of the items of a menu's draft."""

    @strawberry.mutation(description="Add an item, with those below it, to a menu's draft.")
    async def add_menu_item(self, info: Info, input: Given[inputs.AddMenuItemInput]) -> MenuPayload | None:
        """Add an item."""
        return await written(info, commands.AddMenuItem, input, add_menu_item)

    @strawberry.mutation(description="Change an item of a menu's draft.")
    async def update_menu_item(self, info: Info, input: Given[inputs.UpdateMenuItemInput]) -> MenuPayload | None:
        """Change an item."""
        return await written(info, commands.UpdateMenuItem, input, update_menu_item)

    @strawberry.mutation(description="Put items of a menu's draft elsewhere in it: all of them, or none.")
    async def move_menu_items(self, info: Info, input: Given[inputs.MoveMenuItemsInput]) -> MenuPayload | None:
        """Move items."""
        return await written(info, commands.MoveMenuItems, input, move_menu_items)

    @strawberry.mutation(description="Take an item out of a menu's draft, with all below it.")
    async def delete_menu_item(self, info: Info, input: Given[inputs.DeleteMenuItemInput]) -> MenuPayload | None:
        """Delete an item."""
        return await written(info, commands.DeleteMenuItem, input, delete_menu_item)

    @strawberry.mutation(description="Put these items in the place of all that a menu's draft has.")
    async def replace_menu_items(self, info: Info, input: Given[inputs.ReplaceMenuItemsInput]) -> MenuPayload | None:
        """Replace all items."""
        return await written(info, commands.ReplaceMenuItems, input, replace_menu_items)


@strawberry.type
class MenuMutations(MenuDocumentMutations, MenuItemMutations):
    """The mutations of menus."""

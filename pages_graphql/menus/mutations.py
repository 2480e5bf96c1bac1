"""Where writing menus begins."""

import strawberry

from pages_graphql.api.arguments import Given
from pages_graphql.api.context import Info
from pages_graphql.menus import commands, inputs
from pages_graphql.menus.payloads import MenuPayload, written
from pages_graphql.menus.service.create import create_menu
from pages_graphql.menus.service.items import replace_menu_items
from pages_graphql.menus.service.publish import publish_menu


@strawberry.type
class MenuMutations:
    """The mutations of menus as a whole."""

    @strawberry.mutation(description="Make a menu; it is a draft unless `publish` says otherwise.")
    async def create_menu(self, info: Info, input: Given[inputs.CreateMenuInput]) -> MenuPayload | None:
        """Make a menu."""
        return await written(info, commands.CreateMenu, input, create_menu)

    @strawberry.mutation(description="Put these items in the place of all that a menu's draft has.")
    async def replace_menu_items(self, info: Info, input: Given[inputs.ReplaceMenuItemsInput]) -> MenuPayload | None:
        """Replace all items."""
        return await written(info, commands.ReplaceMenuItems, input, replace_menu_items)

    @strawberry.mutation(description="Show readers the draft of a menu.")
    async def publish_menu(self, info: Info, input: Given[inputs.PublishMenuInput]) -> MenuPayload | None:
        """Publish a menu."""
        return await written(info, commands.PublishMenu, input, publish_menu)

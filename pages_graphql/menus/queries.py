"""Where reading menus begins."""

from typing import Annotated

import strawberry

from pages_graphql.api.arguments import Channel, Id, Locale, Stage
from pages_graphql.api.context import Info
from pages_graphql.api.view import narrowed
from pages_graphql.core.inputs import as_id
from pages_graphql.menus.model import MenuLocation
from pages_graphql.menus.repository import rows
from pages_graphql.menus.types import Menu


@strawberry.type
class MenuQueries:
    """The root fields of menus."""

    @strawberry.field(description="The menu of an id, where the View shows it.")
    async def menu(
        self,
        info: Info,
        id: Id,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
    ) -> Menu | None:
        """The menu of an id."""
        view = narrowed(info.context.view, "menus", locale, channel, stage)
        uuid = as_id(id)
        found = await info.context.load(rows.by_ids, view, uuid) if uuid else None
        return found and Menu(found)

    @strawberry.field(description="The menu with a handle, where the View shows it.")
    async def menu_by_handle(
        self,
        info: Info,
        handle: Annotated[str, strawberry.argument(description="The handle, exactly.")],
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
    ) -> Menu | None:
        """The menu with a handle."""
        view = narrowed(info.context.view, "menus", locale, channel, stage)
        found = await info.context.load(rows.by_handles, view, handle)
        return found and Menu(found)

    @strawberry.field(
        description="The menu that holds a place: the channel's own where the View shows it, else that of every channel."
    )
    async def active_menu(
        self,
        info: Info,
        location: Annotated[MenuLocation, strawberry.argument(description="Where in the layout the place is.")],
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
    ) -> Menu | None:
        """The menu that holds a place."""
        view = narrowed(info.context.view, "menus", locale, channel, stage)
        found = await info.context.load(rows.active, view, location)
        return found and Menu(found)

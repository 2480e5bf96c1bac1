"""Where reading menus begins."""

from typing import Annotated

import strawberry

from pages_graphql.api.arguments import After, Before, Channel, Filter, First, Id, Last, Locale, Stage
from pages_graphql.api.connections import Connection
from pages_graphql.api.context import Info
from pages_graphql.api.inputs import known
from pages_graphql.api.view import narrowed
from pages_graphql.core.inputs import as_id
from pages_graphql.menus.model import MenuLocation
from pages_graphql.menus.repository import lists, rows
from pages_graphql.menus.types import Menu
from pages_graphql.menus.where import MenuWhere, where_of
from pages_graphql.storage.window import asked


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

    @strawberry.field(description="The menus that the View shows and that fit, by handle.")
    async def menus(
        self,
        info: Info,
        where: Filter[MenuWhere] = strawberry.UNSET,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Menu] | None:
        """The menus that the View shows."""
        view = narrowed(info.context.view, "menus", locale, channel, stage)
        page = asked(lists.ORDER.name, known(first), known(after), known(last), known(before))
        return Connection(await info.context.load(lists.menus, view, lists.Asked(page, where_of(known(where), view))))

"""Filters of lists of menus, as the graph takes them."""

import strawberry

from pages_graphql.api.inputs import known, optional
from pages_graphql.api.view import known_channel
from pages_graphql.core.inputs import as_id
from pages_graphql.core.view import ContentStatus, View
from pages_graphql.menus.document import is_handle
from pages_graphql.menus.model import MenuLocation
from pages_graphql.menus.repository.lists import Where
from pages_graphql.pages.where import NOTHING


@strawberry.input(description="What a menu must be; all that is given must hold.")
class MenuWhere:
    """What a menu must be."""

    ids: list[strawberry.ID] | None = optional("It is one of these.")
    handles: list[str] | None = optional("It has one of these handles.")
    location: MenuLocation | None = optional("It holds this place in the layout.")
    channel: str | None = optional("It holds a place in this channel, or in every one.")
    status: list[ContentStatus] | None = optional("It has one of these; in stage LIVE every menu is PUBLISHED.")


def where_of(given: MenuWhere | None, view: View) -> Where:
    """The filter that a caller gave."""
    if not given:
        return Where()
    ids, handles, status, channel = known(given.ids), known(given.handles), known(given.status), known(given.channel)
    return Where(
        ids=None if ids is None else tuple(as_id(id) or NOTHING for id in ids),
        handles=None if handles is None else tuple(filter(is_handle, handles)),
        location=known(given.location),
        channel=None if channel is None else known_channel(view, channel),
        status=None if status is None else tuple(dict.fromkeys(status)),
    )

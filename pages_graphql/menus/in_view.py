"""The same menu through another View."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from pages_graphql.api.view import narrowed
from pages_graphql.core import tags
from pages_graphql.core.view import ContentStage
from pages_graphql.menus.repository.rows import MenuSource, by_ids
from pages_graphql.storage.read import Read


@tags.tagged
async def in_view(
    read: Read,
    ids: Sequence[UUID],
    *,
    locale: str | None = None,
    channel: str | None = None,
    stage: ContentStage | None = None,
) -> Sequence[MenuSource | None]:
    """The menus of `ids` through another View."""
    return await by_ids(replace(read, view=narrowed(read.view, "menus", locale, channel, stage)), ids)

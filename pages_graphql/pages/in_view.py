"""The same page through another View."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from pages_graphql.api.view import narrowed
from pages_graphql.core import tags
from pages_graphql.core.view import ContentStage
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.rows import PageSource
from pages_graphql.storage.read import Read

OTHER_VIEW = {
    "locale": "The language to show; left out: as here.",
    "channel": "The channel to show it in; left out: as here.",
    "stage": "What was published, or drafts; left out: as here.",
}


@tags.tagged
async def in_view(
    read: Read,
    ids: Sequence[UUID],
    *,
    locale: str | None = None,
    channel: str | None = None,
    stage: ContentStage | None = None,
) -> Sequence[PageSource | None]:
    """The pages of `ids` through another View."""
    return await by_ids(replace(read, view=narrowed(read.view, "pages", locale, channel, stage)), ids)

"""Where links of content lead."""

from collections.abc import Sequence
from uuid import UUID

from pages_graphql.core import tags
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.rows import PageSource
from pages_graphql.storage.read import Read

Link = tuple[UUID | None, str | None]
"""A page's id, or a URL."""


@tags.tagged
async def link_urls(read: Read, links: Sequence[Link]) -> Sequence[str | None]:
    """The URL of each link: of a page, its address in the View; None where the View does not show the page."""
    ids = list(dict.fromkeys(id for id, _ in links if id))
    pages = dict(zip(ids, await by_ids(read, ids) if ids else [], strict=True))
    return [_address(pages[id]) if id else url for id, url in links]


def _address(page: PageSource | None) -> str | None:
    path = page.row.paths.get(page.locale) if page else None
    return page.view.tenant.address(path, page.locale) if page and path else None

"""What of a site is known here while one page is converted: where its links lead, and its media."""

from typing import Any

from pages_graphql.core.urls import safe_url
from pages_graphql.importers.wordpress.attachments import URL_LENGTH, Attachment, Attachments
from pages_graphql.importers.wordpress.scratch import Scratch
from pages_graphql.importers.wordpress.site_links import SiteLinks


class Here:
    """Answers for one page, and remembers what it was asked."""

    def __init__(self, scratch: Scratch, attachments: Attachments, links: SiteLinks) -> None:
        """Begin with a page."""
        self._scratch, self._attachments, self._links = scratch, attachments, links
        self.links = 0
        """How many links lead to pages of the site."""
        self.waits = False
        """Whether one of them leads to a page that has not become anything yet."""

    def link(self, url: str) -> dict[str, Any] | None:
        """The input of a link: to a page or an address; None where that may not stand here."""
        page = self._links.page(url)
        if page is None:
            return {"url": url} if len(url) <= URL_LENGTH and safe_url(url) else None
        self.links += 1
        became = self._scratch.became(page.page_id)
        if became and not page.fragment:
            return {"pageId": str(became)}
        self.waits = self.waits or not became
        return {"url": self._links.address(url)}

    def attachment(self, id: int) -> Attachment | None:
        """A file of the media library."""
        return self._attachments.get(id)

    def rewritten(self, html: str) -> str:
        """HTML whose links to pages of the site lead to where they are here."""
        return self._links.rewritten(html, self._count)

    def _count(self, links: int) -> None:
        self.links += links

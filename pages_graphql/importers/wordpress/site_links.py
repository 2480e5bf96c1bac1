"""The site's own links: which page each leads to, and where that page is here."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit

from pages_graphql.core.paths import encode, join
from pages_graphql.core.text import SLUG_LENGTH, cut, normalise_slug, slug_from
from pages_graphql.importers.wordpress.scratch import Scratch
from pages_graphql.importers.wordpress.text import number, path_in

_HREF = re.compile(r"""(<a\s[^<>]*?\bhref\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)


class PageLink(NamedTuple):
    """A page that a link leads to, by the id that WordPress has for it, and the fragment behind it."""

    page_id: int
    fragment: str


class SiteLinks:
    """Finds what the links of a site lead to."""

    def __init__(self, scratch: Scratch, url: str, *, prefix: str = "", under: str = "") -> None:
        """Look among the pages of the site at `url`, which come under `prefix`, its posts under the path `under`."""
        self._scratch = scratch
        self._url = url
        self._host = _host(urlsplit(url))
        self._prefix = prefix
        self._under = under

    def page(self, url: str) -> PageLink | None:
        """The page of the file that a link leads to; None where it leads elsewhere."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        is_own = parts.scheme in ("http", "https") and _host(parts) == self._host
        if not is_own and (parts.scheme or parts.netloc or not parts.path.startswith("/")):
            return None
        id = self._by_query(parts) if parts.query else self._by_path(parts)
        return PageLink(id, parts.fragment) if id else None

    def address(self, url: str) -> str | None:
        """The path here that a link to one of the site's pages becomes; None where it leads elsewhere."""
        link = self.page(url)
        if link is None:
            return None
        return encode(self._prefix + self.path(link.page_id)) + (f"#{link.fragment}" if link.fragment else "")

    def path(self, id: int) -> str:
        """Where a page comes to live here, if nobody has its slugs yet."""
        line = self._scratch.line(id)
        slugs = [written_slug(slug, title) for _, slug, title in line]
        return (self._under if line[0][0] == "post" else "") + join(slugs)

    def rewritten(self, html: str, found: Callable[[int], None]) -> str:
        """HTML whose links to the site's pages are paths here, all else as it was; `found` is told each page."""

        def changed(match: re.Match[str]) -> str:
            url = unescape(match[2] or match[3] or "")
            address = self.address(url)
            if address is None:
                return match[0]
            found(1)
            return f'{match[1]}"{escape(address)}"'

        return _HREF.sub(changed, html)

    def _by_query(self, parts: SplitResult) -> int | None:
        """The page that a plain link (`?page_id=2`, `?p=7`) names."""
        asked = parse_qs(parts.query)
        given = asked.get("page_id") or asked.get("p") or [""]
        id = number(given[0])
        return id if len(asked) == 1 and id and self._scratch.has_page(id) else None

    def _by_path(self, parts: SplitResult) -> int | None:
        path = path_in(self._url, parts._replace(query="", fragment="").geturl())
        return self._scratch.page_at(path) if path else None


def written_slug(slug: str | None, title: str, most: int = SLUG_LENGTH) -> str:
    """A slug of WordPress as it is written here."""
    return cut(normalise_slug(slug or ""), min(SLUG_LENGTH, most)).rstrip("-") or slug_from(title)


def _host(parts: SplitResult) -> str:
    """What makes two addresses the same site: the host, with or without www."""
    return parts.netloc.lower().removeprefix("www.")

"""What the SEO plugins Yoast and Rank Math keep beside a page, as the SEO of a page here."""

import re
from collections.abc import Iterator
from typing import Any

from pages_graphql.core.text import cut
from pages_graphql.core.urls import safe_url
from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.wordpress.attachments import LINE_LENGTH, URL_LENGTH, picture_at
from pages_graphql.importers.wordpress.text import plain, serialised_strings
from pages_graphql.importers.wordpress.wxr import Item, Site

_VARIABLE = re.compile("%{1,2}([a-z_]+)%{1,2}")
_SPACES = re.compile(r"\s+")
_INDEX = {"index", "follow"}


def seo_of(item: Item, site: Site, title: str, what: str, report: Report) -> dict[str, Any]:
    """The SEO of a page as its plugin has it, in the names of the input; what cannot be taken is reported."""
    return _Seo(item, site, title, what, report).all()


class _Seo:
    def __init__(self, item: Item, site: Site, title: str, what: str, report: Report) -> None:
        self._item, self._what, self._report = item, what, report
        excerpt = plain(item.excerpt)
        words = {"title": title, "sitename": plain(site.title), "sep": "-", "page": "", "excerpt": excerpt}
        self._words = words | {"excerpt_only": excerpt, "seo_title": title}

    def all(self) -> dict[str, Any]:
        parts = {
            "title": self._line("_yoast_wpseo_title", "rank_math_title"),
            "description": self._line("_yoast_wpseo_metadesc", "rank_math_description"),
            "canonicalUrl": self._canonical(),
            "robots": ", ".join(dict.fromkeys(self._robots())) or None,
            "openGraph": self._open_graph(),
        }
        return {name: part for name, part in parts.items() if part}

    def _first(self, *keys: str) -> tuple[str, str]:
        """The first of some meta values that says something, and its key."""
        return next(((key, value) for key in keys if (value := self._item.meta_value(key).strip())), ("", ""))

    def _line(self, *keys: str) -> str | None:
        """A text with the plugin's variables filled in; one with a variable that we cannot fill is left out."""
        key, text = self._first(*keys)
        unknown = [name for name in _VARIABLE.findall(text) if name not in self._words]
        if unknown:
            why = f"only WordPress can fill in its variable {unknown[0]!r}: {text}"
            self._report.add(EntryKind.LEFT_OUT, f"{key} of {self._what}", why)
            return None
        filled = _VARIABLE.sub(lambda match: self._words[match[1]], text)
        return cut(_SPACES.sub(" ", plain(filled)).strip(" -"), LINE_LENGTH) or None

    def _canonical(self) -> str | None:
        key, url = self._first("_yoast_wpseo_canonical", "rank_math_canonical_url")
        if url and (len(url) > URL_LENGTH or not safe_url(url)):
            self._report.add(
                EntryKind.LEFT_OUT, f"{key} of {self._what}", f"no address that may stand here: {url[:100]}"
            )
            return None
        return url or None

    def _robots(self) -> Iterator[str]:
        """What robots are asked not to do."""
        value = self._item.meta_value
        if value("_yoast_wpseo_meta-robots-noindex") == "1":
            yield "noindex"
        if value("_yoast_wpseo_meta-robots-nofollow") == "1":
            yield "nofollow"
        yield from (word for word in value("_yoast_wpseo_meta-robots-adv").split(",") if word not in ("", "none", "-"))
        try:
            words = serialised_strings(value("rank_math_robots"))
        except ValueError as error:
            self._report.add(EntryKind.LEFT_OUT, f"rank_math_robots of {self._what}", str(error))
            return
        yield from (word for word in words if word not in _INDEX)

    def _open_graph(self) -> dict[str, Any]:
        _, image = self._first("_yoast_wpseo_opengraph-image", "rank_math_facebook_image")
        parts = {
            "title": self._line("_yoast_wpseo_opengraph-title", "rank_math_facebook_title"),
            "description": self._line("_yoast_wpseo_opengraph-description", "rank_math_facebook_description"),
            "image": picture_at(image) if image else None,
        }
        return {name: part for name, part in parts.items() if part}

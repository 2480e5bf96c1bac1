"""Where the items of WordPress menus lead: to pages that are taken, else to WordPress addresses."""

import re
from dataclasses import dataclass

from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.wordpress.scratch import Scratch
from pages_graphql.importers.wordpress.site_links import SiteLinks
from pages_graphql.importers.wordpress.text import number, plain
from pages_graphql.importers.wordpress.wxr import Item, Site, Term

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = {"http", "https", "mailto", "tel"}
_BASES = {"post_tag": "tag"}


@dataclass(frozen=True, slots=True)
class Link:
    """A page, an address, or neither; with the title of what an address leads to."""

    page_id: int | None = None
    url: str | None = None
    title: str = ""


class Links:
    """Finds what menu items link to, and reports what becomes of it."""

    def __init__(self, scratch: Scratch, site: Site, own: SiteLinks, report: Report) -> None:
        """Look among what was read of a site."""
        self._scratch = scratch
        self._site = site
        self._own = own
        self._report = report

    def of(self, item: Item, what: str) -> Link | None:
        """Where an item leads; None where what it links to is not there, so that WordPress does not show it either."""
        target, kind = number_in(item, "_menu_item_object_id"), item.meta_value("_menu_item_object")
        match item.meta_value("_menu_item_type"):
            case "post_type":
                link = Link(page_id=target) if self._scratch.has_page(target) else self._to_target(target, what)
            case "taxonomy":
                link = self._to_term(kind, target, what)
            case "post_type_archive":
                link = Link(url=f"{self._site.url}/{kind}/", title=kind)
                self._report.add(
                    EntryKind.CHANGED, what, f"linked to the archive at its usual WordPress address {link.url}"
                )
            case _:
                link = self.to_url(item.meta_value("_menu_item_url"), what)
        if link is None:
            self._report.add(EntryKind.LEFT_OUT, what, f"the {kind} {target} that it links to is not in the file")
        return link

    def _to_target(self, id: int, what: str) -> Link | None:
        target = self._scratch.target(id)
        if target is None:
            return None
        self._report.add(EntryKind.CHANGED, what, f"linked to the {target.type} at its WordPress address {target.link}")
        return Link(url=target.link or None, title=plain(target.title))

    def _to_term(self, taxonomy: str, id: int, what: str) -> Link | None:
        term = self._scratch.term(taxonomy, id)
        if term is None:
            return None
        base = _BASES.get(taxonomy, taxonomy)
        url = f"{self._site.url}/{base}/{'/'.join(self._slugs(term))}/"
        self._report.add(EntryKind.CHANGED, what, f"linked to the {base} at its usual WordPress address {url}")
        return Link(url=url, title=plain(term.name))

    def _slugs(self, term: Term) -> list[str]:
        """The slugs from the topmost term to this one."""
        slugs = [term.slug]
        above = self._scratch.term_by_slug(term.taxonomy, term.parent_slug)
        while above and above.slug not in slugs:
            slugs.append(above.slug)
            above = self._scratch.term_by_slug(above.taxonomy, above.parent_slug)
        return slugs[::-1]

    def to_page_or_url(self, id: int, text: str, what: str) -> Link:
        """To the page of an id where it is taken, else to an address."""
        return Link(page_id=id) if id and self._scratch.has_page(id) else self.to_url(text, what)

    def to_url(self, text: str, what: str) -> Link:
        """To an address, or to the page that lives there; nowhere where it may not stand here, which is reported."""
        url = re.sub(r"[\t\r\n]", "", text).strip()
        if url in ("", "#"):
            return Link()
        scheme = _SCHEME.match(url)
        if scheme and scheme[1].lower() not in _SCHEMES:
            self._report.add(
                EntryKind.CHANGED, what, f"taken without its link, which is neither a page nor the web: {url}"
            )
            return Link()
        page = self._own.page(url)
        if page and not page.fragment:
            return Link(page_id=page.page_id)
        return Link(url=self._own.address(url) or url)


def number_in(item: Item, key: str) -> int:
    """The number in a meta value, 0 where there is none."""
    return number(item.meta_value(key).strip())

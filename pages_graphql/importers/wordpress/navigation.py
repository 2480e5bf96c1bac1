"""What becomes of the navigation blocks of an export (wp_navigation): menus, made of blocks."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.wordpress.gutenberg import WpBlock, parse_blocks
from pages_graphql.importers.wordpress.links import Links
from pages_graphql.importers.wordpress.menus import MenuItemPlan, MenuPlan
from pages_graphql.importers.wordpress.scratch import Scratch
from pages_graphql.importers.wordpress.text import decoded, plain
from pages_graphql.importers.wordpress.wxr import Item

LINKS: Final = {"home-link", "navigation-link", "navigation-submenu"}
PAGES_MOST: Final = 1_000
"""How many pages a list of all pages brings into a menu at most."""


class NavigationPlanner:
    """Collects the navigations of an export, and makes trees of them when everything has been read."""

    def __init__(self, report: Report) -> None:
        """Begin without any."""
        self._report = report
        self._items: dict[int, Item] = {}

    def add(self, item: Item) -> None:
        """Keep a navigation that WordPress shows."""
        if item.status != "publish":
            self._report.add(EntryKind.LEFT_OUT, f"navigation {item.id}", f"of the status {item.status!r} in WordPress")
        elif self._items.setdefault(item.id, item) is not item:
            self._report.add(EntryKind.LEFT_OUT, f"navigation {item.id}", "the file has one of this id before it")

    def menus(self, scratch: Scratch, links: Links) -> Iterator[MenuPlan]:
        """The menus that they become."""
        for item in self._items.values():
            yield _Navigation(item, scratch, links, self._report).menu()


class _Navigation:
    """One of them; its items are numbered in the order in which they stand."""

    def __init__(self, item: Item, scratch: Scratch, links: Links, report: Report) -> None:
        self._item, self._scratch, self._links, self._report = item, scratch, links, report
        self._handle = decoded(item.slug) or f"navigation-{item.id}"
        self._numbers = count(1)
        self._size = 0

    def menu(self) -> MenuPlan:
        items = tuple(self._made(parse_blocks(self._item.content)))
        name = plain(self._item.title) or self._handle
        return MenuPlan(f"wp_navigation/{self._item.id}", self._handle, name, items, self._size)

    def _made(self, blocks: Sequence[WpBlock]) -> Iterator[MenuItemPlan]:
        for block in blocks:
            if block.name in LINKS:
                if item := self._link(block):
                    yield item
            elif block.name == "page-list":
                yield from self._pages(block)
            else:
                what = f"{block.name or 'HTML'} in the navigation {self._handle}"
                self._report.add(EntryKind.LEFT_OUT, what, "only links and lists of pages are items of menus")

    def _link(self, block: WpBlock) -> MenuItemPlan | None:
        said, id = block.attributes, next(self._numbers)
        label = plain(str(said.get("label") or "")) or ("Home" if block.name == "home-link" else None)
        what = f'menu item {id} "{label}" in {self._handle}' if label else f"menu item {id} in {self._handle}"
        known = said.get("id") if said.get("kind", "post-type") == "post-type" else 0
        url = "/" if block.name == "home-link" else str(said.get("url") or "")
        link = self._links.to_page_or_url(known if isinstance(known, int) else 0, url, what)
        children = tuple(self._made(block.blocks))
        if not (label or link.page_id or link.url):
            self._report.add(EntryKind.LEFT_OUT, what, "it has neither a label nor a link")
            return None
        self._size += 1
        return MenuItemPlan(
            id=id,
            label=label,
            description=str(said.get("description") or "").strip(),
            page_id=link.page_id,
            url=link.url,
            opens_in_new_tab=bool(said.get("opensInNewTab")),
            css_class=str(said.get("className") or ""),
            rel=str(said.get("rel") or ""),
            children=children,
        )

    def _pages(self, block: WpBlock) -> Iterator[MenuItemPlan]:
        """The published pages, as a tree."""
        parent = block.attributes.get("parentPageID")
        below = self._scratch.published_below(parent if isinstance(parent, int) and parent else None, PAGES_MOST + 1)
        if len(below) > PAGES_MOST:
            what = f"pages at the end of a list in {self._handle}"
            self._report.add(EntryKind.LEFT_OUT, what, f"a list brings at most {PAGES_MOST:,} pages into a menu")
        built: dict[int | None, tuple[MenuItemPlan, ...]] = {}
        for page, above in reversed(below[:PAGES_MOST]):  # children come before their parents, however deep
            item = self._to_page(page, built.pop(page, ()))
            built[above] = (item, *built.get(above, ()))
        return iter(built.get(below[0][1] if below else None, ()))

    def _to_page(self, page: int, children: tuple[MenuItemPlan, ...]) -> MenuItemPlan:
        self._size += 1
        return MenuItemPlan(
            id=next(self._numbers),
            label=None,
            description="",
            page_id=page,
            url=None,
            opens_in_new_tab=False,
            css_class="",
            rel="",
            children=children,
        )

"""What shall become of an export: read through once, whole, before anybody writes anything."""

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.source_file import Progress, UnknownFormat, no_progress
from pages_graphql.importers.wordpress.attachments import Attachments
from pages_graphql.importers.wordpress.here import Here
from pages_graphql.importers.wordpress.links import Links
from pages_graphql.importers.wordpress.menus import MenuPlan, MenuPlanner
from pages_graphql.importers.wordpress.navigation import NavigationPlanner
from pages_graphql.importers.wordpress.pages import named, page_of, settle_tree
from pages_graphql.importers.wordpress.reusable import Reusable
from pages_graphql.importers.wordpress.scratch import PagePlan, Scratch, Target
from pages_graphql.importers.wordpress.site_links import SiteLinks
from pages_graphql.importers.wordpress.wxr import Item, Record, Site, Term, read_wxr

NEVER_SHOWN = {"trash", "auto-draft"}
_PLURALS = {
    "comment": "comments",
    "post": "posts",
    "attachment": "attachments",
    "category": "categories",
    "post_tag": "tags",
    "wp_block": "reusable blocks",
}
_WHYS = {
    "attachment": "media stay where WordPress has them",
    "comment": "pages have no comments",
    "wp_block": "what they say stands in the pages that refer to them",
}
_TERMS_WHY = "pages and posts name their own in metadata.wordpress"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of an export is wanted: posts too or not, and where they and all pages come to live."""

    posts: bool = False
    under: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class WordPressPlan:
    """The site, its menus, how many pages it has, and the report, to which whoever writes adds."""

    site: Site
    menus: tuple[MenuPlan, ...]
    page_count: int
    report: Report
    scratch: Scratch = field(repr=False)
    attachments: Attachments = field(repr=False)
    reusable: Reusable = field(repr=False)
    links: SiteLinks = field(repr=False)

    def here(self) -> Here:
        """What is known here, for the conversion of one page."""
        return Here(self.scratch, self.attachments, self.links)

    def waiting(self) -> Iterator[PagePlan]:
        """The pages that link to pages which had not become anything when they were written."""
        return map(self._whole, self.scratch.waiting())

    def pages(self) -> Iterator[PagePlan]:
        """The pages, parents before children and siblings in their order; one in memory at a time."""
        return map(self._whole, self.scratch.pages())

    def drafts(self) -> Iterator[PagePlan]:
        """The pages that readers shall not see, children before their parents."""
        return map(self._whole, self.scratch.drafts())

    def _whole(self, page: PagePlan) -> PagePlan:
        """A page with what it shares with others."""
        return replace(page, html=self.reusable.put_in(page.html))


@contextmanager
def plan_export(
    *paths: Path, progress: Progress = no_progress, wanted: Wanted | None = None
) -> Generator[WordPressPlan]:
    """The plan of an export, in one file or several; while the context lasts. One that is damaged gives none.

    Each file is read once. Pages wait with their bodies in a temporary SQLite database on disk, which orders them, so
    memory does not grow with their number; menus, which are small, are kept in memory.
    """
    with closing(sqlite3.connect("")) as database:
        planner = _Planner(database, wanted or Wanted())
        total, before = sum(path.stat().st_size for path in paths), 0
        for path in paths:
            for record in read_wxr(path, partial(_tell, progress, before, total)):
                planner.take(record, path)
            before += path.stat().st_size
        yield planner.plan()


def _tell(progress: Progress, before: int, total: int, read: int, _: int) -> None:
    """Tell how much is read of all files."""
    progress(before + read, total)


class _Planner:
    """Takes record after record, and knows the plan after the last."""

    def __init__(self, database: sqlite3.Connection, wanted: Wanted) -> None:
        self._site: Site | None = None
        self._scratch = Scratch(database)
        self._attachments = Attachments(database)
        self._reusable = Reusable(database)
        self._report = Report(database)
        self._wanted = wanted
        self._menus = MenuPlanner(self._report)
        self._navigations = NavigationPlanner(self._report)
        self._left_out: Counter[str] = Counter()
        self._types = {"page", "post"} if wanted.posts else {"page"}

    def take(self, record: Record, path: Path) -> None:
        """Keep of a record what the plan needs."""
        match record:
            case Site():
                if self._site and self._site.url != record.url:
                    raise UnknownFormat(
                        path, f"this is an export of {record.url}, the file before it of {self._site.url}"
                    )
                self._site = record
            case Term():
                if self._scratch.add_term(record) and record.taxonomy != "nav_menu":
                    self._left_out[record.taxonomy] += 1
            case Item():
                self._left_out["comment"] += record.comments
                self._take_item(record)
            case _:  # authors are known by their logins, which pages name
                pass

    def plan(self) -> WordPressPlan:
        """What the records come to."""
        site, scratch = self._site or _NOWHERE, self._scratch
        settle_tree(scratch, self._report)
        own = SiteLinks(scratch, site.url, prefix=self._wanted.prefix, under=self._wanted.under)
        links = Links(scratch, site, own, self._report)
        menus = [*self._menus.menus(scratch.terms("nav_menu"), links), *self._navigations.menus(scratch, links)]
        self._sum_up()
        count = scratch.page_count()
        return WordPressPlan(site, tuple(menus), count, self._report, scratch, self._attachments, self._reusable, own)

    def _take_item(self, item: Item) -> None:
        if item.type == "nav_menu_item":
            self._menus.add(item)
        elif item.type == "wp_navigation":
            self._navigations.add(item)
        elif item.status in NEVER_SHOWN:
            self._report.add(
                EntryKind.LEFT_OUT, f'{item.type} {item.id} "{item.title}"', "it is in the bin, or was never saved"
            )
        elif item.type in self._types:
            self._take_page(item)
        else:
            self._left_out[item.type] += 1
            self._scratch.add_target(Target(item.id, item.type, item.title, item.link))
            if item.type == "attachment":
                self._attachments.add(item)
            elif item.type == "wp_block":
                self._reusable.add(item)

    def _take_page(self, item: Item) -> None:
        page = page_of(item, self._site or _NOWHERE, self._report)
        if not self._scratch.add_page(page):
            what = named(page.id, page.title, page.type)
            self._report.add(EntryKind.LEFT_OUT, what, "the file has a page of this id before it")

    def _sum_up(self) -> None:
        for kind, count in sorted((+self._left_out).items()):
            why = _WHYS.get(kind) or self._why(kind)
            self._report.add(EntryKind.LEFT_OUT, _PLURALS.get(kind, f"of the type {kind}"), why, count)

    def _why(self, kind: str) -> str:
        if self._wanted.posts:
            return _TERMS_WHY if kind in ("category", "post_tag") else "only pages, posts and menus are taken"
        return "only pages and menus are taken"


_NOWHERE = Site("", "", "", "")

"""What shall become of an export: read through once, whole, before anybody writes anything."""

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.source_file import Progress, no_progress
from pages_graphql.importers.wordpress.links import Links
from pages_graphql.importers.wordpress.menus import MenuPlan, MenuPlanner
from pages_graphql.importers.wordpress.pages import named, page_of, settle_tree
from pages_graphql.importers.wordpress.scratch import PagePlan, Scratch, Target
from pages_graphql.importers.wordpress.wxr import Item, Record, Site, Term, read_wxr

NEVER_SHOWN = {"trash", "auto-draft"}
_PLURALS = {
    "comment": "comments",
    "post": "posts",
    "attachment": "attachments",
    "category": "categories",
    "post_tag": "tags",
}
_WHYS = {"attachment": "media stay where WordPress has them", "comment": "pages have no comments"}


@dataclass(frozen=True, slots=True)
class WordPressPlan:
    """The site, its menus, how many pages it has, and the report, to which whoever writes adds."""

    site: Site
    menus: tuple[MenuPlan, ...]
    page_count: int
    report: Report
    _scratch: Scratch = field(repr=False)

    def pages(self) -> Iterator[PagePlan]:
        """The pages, parents before children and siblings in their order; one in memory at a time."""
        return self._scratch.pages()


@contextmanager
def plan_export(path: Path, progress: Progress = no_progress) -> Generator[WordPressPlan]:
    """The plan of an export, while the context lasts; a file that is no export, or damaged, gives none.

    The file is read once. Pages wait with their bodies in a temporary SQLite database on disk, which orders them, so
    memory does not grow with their number; menus, which are small, are kept in memory.
    """
    with closing(sqlite3.connect("")) as database:
        planner = _Planner(Scratch(database), Report(database))
        for record in read_wxr(path, progress):
            planner.take(record)
        yield planner.plan()


class _Planner:
    """Takes record after record, and knows the plan after the last."""

    def __init__(self, scratch: Scratch, report: Report) -> None:
        self._site = Site("", "", "", "")
        self._scratch = scratch
        self._report = report
        self._menus = MenuPlanner(report)
        self._left_out: Counter[str] = Counter()

    def take(self, record: Record) -> None:
        """Keep of a record what the plan needs."""
        match record:
            case Site():
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
        settle_tree(self._scratch, self._report)
        links = Links(self._scratch, self._site, self._report)
        menus = tuple(self._menus.menus(self._scratch.terms("nav_menu"), links))
        self._sum_up()
        return WordPressPlan(self._site, menus, self._scratch.page_count(), self._report, self._scratch)

    def _take_item(self, item: Item) -> None:
        if item.type == "nav_menu_item":
            self._menus.add(item)
        elif item.status in NEVER_SHOWN:
            self._report.add(
                EntryKind.LEFT_OUT, f'{item.type} {item.id} "{item.title}"', "it is in the bin, or was never saved"
            )
        elif item.type != "page":
            self._left_out[item.type] += 1
            self._scratch.add_target(Target(item.id, item.type, item.title, item.link))
        elif not self._scratch.add_page(page := page_of(item, self._site, self._report)):
            self._report.add(EntryKind.LEFT_OUT, named(page.id, page.title), "the file has a page of this id before it")

    def _sum_up(self) -> None:
        for kind, count in sorted((+self._left_out).items()):
            why = _WHYS.get(kind, "only pages and menus are taken")
            self._report.add(EntryKind.LEFT_OUT, _PLURALS.get(kind, f"of the type {kind}"), why, count)

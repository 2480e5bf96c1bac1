"""The scratch database of one import: SQLite's own temporary file, gone when it is closed, so memory stays constant."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pages_graphql.importers.wordpress.wxr import Term

# The body stands last: SQLite then reads the narrow columns without it.
_TABLES = """
PRAGMA journal_mode = OFF;
CREATE TABLE page (id INTEGER PRIMARY KEY, parent_id INTEGER, title TEXT, slug TEXT, draft_reason TEXT, created_at TEXT,
    template TEXT, position INTEGER, author TEXT, path TEXT, excerpt TEXT, html TEXT);
CREATE INDEX page_by_parent ON page (parent_id);
CREATE TABLE page_order (n INTEGER PRIMARY KEY, id INTEGER, is_published INTEGER);
CREATE TABLE target (id INTEGER PRIMARY KEY, type TEXT, title TEXT, link TEXT);
CREATE TABLE term (taxonomy TEXT, id INTEGER, slug TEXT, parent_slug TEXT, name TEXT, PRIMARY KEY (taxonomy, slug));
CREATE INDEX term_by_id ON term (taxonomy, id);
CREATE VIEW orphan AS
    SELECT id, title FROM page WHERE parent_id NOT NULL AND parent_id NOT IN (SELECT id FROM page);
CREATE VIEW tree AS
    WITH RECURSIVE tree (id, level, is_published) AS (
        SELECT id, 0, draft_reason IS NULL FROM page WHERE parent_id IS NULL
        UNION ALL
        SELECT page.id, tree.level + 1, tree.is_published AND page.draft_reason IS NULL
        FROM tree JOIN page ON page.parent_id = tree.id
    )
    SELECT id, level, is_published FROM tree;
CREATE VIEW under_draft AS
    SELECT id, title FROM page
    WHERE draft_reason IS NULL AND id IN (SELECT id FROM page_order WHERE NOT is_published);
"""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page as it shall become ours; ids are WordPress's. It is published unless a reason says why it is a draft."""

    id: int
    parent_id: int | None
    title: str
    slug: str | None
    draft_reason: str | None
    created_at: datetime | None
    template: str | None
    position: int
    author: str
    path: str | None
    excerpt: str
    html: str

    @property
    def is_published(self) -> bool:
        """Whether readers shall see it."""
        return self.draft_reason is None


@dataclass(frozen=True, slots=True)
class Target:
    """What a menu item may link to that becomes no page."""

    id: int
    type: str
    title: str
    link: str


class Scratch:
    """What has been read, where later questions find it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Begin with nothing read."""
        self._database = database
        _ = database.executescript(_TABLES)

    def add_page(self, page: PagePlan) -> bool:
        """Keep a page; False where there is one of its id."""
        created_at = page.created_at.isoformat() if page.created_at else None
        head = (page.id, page.parent_id, page.title, page.slug, page.draft_reason, created_at)
        tail = (page.template, page.position, page.author, page.path, page.excerpt, page.html)
        statement = "INSERT OR IGNORE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        return self._database.execute(statement, head + tail).rowcount == 1

    def add_target(self, target: Target) -> None:
        """Keep what a menu item may link to."""
        values = (target.id, target.type, target.title, target.link)
        _ = self._database.execute("INSERT OR IGNORE INTO target VALUES (?, ?, ?, ?)", values)

    def add_term(self, term: Term) -> bool:
        """Keep a term; False where there is one of its taxonomy and slug."""
        values = (term.taxonomy, term.id, term.slug, term.parent_slug, term.name)
        return self._database.execute("INSERT OR IGNORE INTO term VALUES (?, ?, ?, ?, ?)", values).rowcount == 1

    def has_page(self, id: int) -> bool:
        """Whether a page has this id."""
        return self._database.execute("SELECT 1 FROM page WHERE id = ?", (id,)).fetchone() is not None

    def page_count(self) -> int:
        """How many pages there are."""
        (count,) = self._database.execute("SELECT count(*) FROM page").fetchone()
        return int(count)

    def target(self, id: int) -> Target | None:
        """What has this id and is no page."""
        row = self._database.execute("SELECT id, type, title, link FROM target WHERE id = ?", (id,)).fetchone()
        return Target(*row) if row else None

    def term(self, taxonomy: str, id: int) -> Term | None:
        """The term of this id."""
        statement = "SELECT id, taxonomy, slug, parent_slug, name FROM term WHERE taxonomy = ? AND id = ?"
        row = self._database.execute(statement, (taxonomy, id)).fetchone()
        return Term(*row) if row else None

    def term_by_slug(self, taxonomy: str, slug: str) -> Term | None:
        """The term of this slug."""
        statement = "SELECT id, taxonomy, slug, parent_slug, name FROM term WHERE taxonomy = ? AND slug = ?"
        row = self._database.execute(statement, (taxonomy, slug)).fetchone()
        return Term(*row) if row else None

    def terms(self, taxonomy: str) -> Iterator[Term]:
        """The terms of a taxonomy, as they came."""
        statement = "SELECT id, taxonomy, slug, parent_slug, name FROM term WHERE taxonomy = ? ORDER BY rowid"
        for row in self._database.execute(statement, (taxonomy,)):
            yield Term(*row)

    def pages_without_their_parent(self) -> Iterator[tuple[int, str]]:
        """Id and title of pages whose parent is none of the pages."""
        yield from self._database.execute("SELECT id, title FROM orphan ORDER BY id")

    def lift_pages_without_their_parent(self) -> None:
        """Put them at the top level."""
        _ = self._database.execute("UPDATE page SET parent_id = NULL WHERE id IN (SELECT id FROM orphan)")

    def parents_in_circles(self) -> dict[int, int]:
        """The parents of pages that no top-level page leads to, by id."""
        return dict(self._database.execute("SELECT id, parent_id FROM page WHERE id NOT IN (SELECT id FROM tree)"))

    def lift_page(self, id: int) -> str:
        """Put a page at the top level and answer its title."""
        _ = self._database.execute("UPDATE page SET parent_id = NULL WHERE id = ?", (id,))
        (title,) = self._database.execute("SELECT title FROM page WHERE id = ?", (id,)).fetchone()
        return str(title)

    def order_pages(self) -> None:
        """Fix the order: parents first, then as WordPress orders siblings."""
        _ = self._database.execute("""
            INSERT INTO page_order (id, is_published)
            SELECT id, is_published FROM tree JOIN page USING (id)
            ORDER BY level, parent_id, position, title COLLATE NOCASE, id
        """)

    def published_under_drafts(self) -> Iterator[tuple[int, str]]:
        """Id and title of published pages with a draft above them."""
        yield from self._database.execute("SELECT id, title FROM under_draft ORDER BY id")

    def make_drafts(self, reason: str) -> None:
        """Make drafts of them."""
        statement = "UPDATE page SET draft_reason = ? WHERE id IN (SELECT id FROM under_draft)"
        _ = self._database.execute(statement, (reason,))

    def pages(self) -> Iterator[PagePlan]:
        """The pages in their order, one in memory at a time."""
        for row in self._database.execute("SELECT page.* FROM page_order JOIN page USING (id) ORDER BY n"):
            page_id, parent_id, title, slug, reason, created_at, *rest = row
            moment = datetime.fromisoformat(created_at) if created_at else None
            yield PagePlan(page_id, parent_id, title, slug, reason, moment, *rest)

"""The scratch database of one import: SQLite's own temporary file, gone when it is closed, so memory stays constant."""

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from pages_graphql.core.text import canonical_json, content_hash
from pages_graphql.importers.wordpress.wxr import Term

# The body stands last: SQLite then reads the narrow columns without it.
_TABLES = """
PRAGMA journal_mode = OFF;
CREATE TABLE page (id INTEGER PRIMARY KEY, type TEXT, parent_id INTEGER, title TEXT, slug TEXT, draft_reason TEXT,
    created_at TEXT, modified_at TEXT, template TEXT, position INTEGER, author TEXT, path TEXT, picture_id INTEGER,
    old_slugs TEXT, terms TEXT, seo TEXT, excerpt TEXT, html TEXT);
CREATE INDEX page_by_parent ON page (parent_id);
CREATE INDEX page_by_path ON page (path);
CREATE TABLE claimed (parent TEXT, slug TEXT, PRIMARY KEY (parent, slug)) WITHOUT ROWID;
CREATE TABLE became (id INTEGER PRIMARY KEY, target TEXT, waits INTEGER);
CREATE TABLE page_order (n INTEGER PRIMARY KEY, id INTEGER, is_published INTEGER);
CREATE TABLE target (id INTEGER PRIMARY KEY, type TEXT, title TEXT, link TEXT);
CREATE TABLE term (taxonomy TEXT, id INTEGER, slug TEXT, parent_slug TEXT, name TEXT, PRIMARY KEY (taxonomy, slug));
CREATE INDEX term_by_id ON term (taxonomy, id);
CREATE VIEW orphan AS
    SELECT id, title FROM page
    WHERE parent_id NOT NULL AND parent_id NOT IN (SELECT id FROM page WHERE type = 'page');
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
    """A page or post as it shall become ours; ids are WordPress's. It is published unless a reason says why not."""

    id: int
    type: str
    parent_id: int | None
    title: str
    slug: str | None
    draft_reason: str | None
    created_at: datetime | None
    modified_at: datetime | None
    template: str | None
    position: int
    author: str
    path: str | None
    picture_id: int | None
    old_slugs: tuple[str, ...]
    terms: dict[str, list[dict[str, str]]]
    seo: dict[str, Any]
    excerpt: str
    html: str

    @property
    def digest(self) -> str:
        """The hash of all that WordPress says of it."""
        return content_hash(canonical_json(asdict(self)))

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
        row = [_written(getattr(page, name)) for name in _COLUMNS]
        statement = f"INSERT OR IGNORE INTO page VALUES ({', '.join('?' * len(row))})"  # noqa: S608 -- question marks
        return self._database.execute(statement, row).rowcount == 1

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

    def page_at(self, path: str) -> int | None:
        """The page that lives at a path in WordPress."""
        row = self._database.execute("SELECT id FROM page WHERE path = ? ORDER BY id", (path,)).fetchone()
        return row[0] if row else None

    def line(self, id: int) -> list[tuple[str, str | None, str]]:
        """Type, slug and title of a page and of all above it, the topmost first."""
        found: list[tuple[str, str | None, str]] = []
        at: int | None = id
        while at is not None:
            type_, slug, title, at = self._database.execute(
                "SELECT type, slug, title, parent_id FROM page WHERE id = ?", (at,)
            ).fetchone()
            found.append((type_, slug, title))
        return found[::-1]

    def settle(self, id: int, target: UUID, *, waits: bool = False) -> None:
        """Remember what a page became here; one that waits links to pages that have not become anything yet."""
        _ = self._database.execute("INSERT OR REPLACE INTO became VALUES (?, ?, ?)", (id, str(target), waits))

    def claim(self, parent: str, slug: str) -> bool:
        """Keep a slug under a parent for a page that would be made; False where another has it."""
        statement = "INSERT OR IGNORE INTO claimed VALUES (?, ?)"
        return self._database.execute(statement, (parent, slug)).rowcount == 1

    def became(self, id: int) -> UUID | None:
        """What a page became here."""
        row = self._database.execute("SELECT target FROM became WHERE id = ?", (id,)).fetchone()
        return UUID(row[0]) if row else None

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
        """Fix the order: parents first, then as WordPress orders siblings; posts last, the oldest first."""
        _ = self._database.execute("""
            INSERT INTO page_order (id, is_published)
            SELECT id, is_published FROM tree JOIN page USING (id)
            ORDER BY type = 'post', level, parent_id, position, CASE type WHEN 'post' THEN created_at END,
                title COLLATE NOCASE, id
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
            yield _page(row)

    def drafts(self) -> Iterator[PagePlan]:
        """The pages that readers shall not see, children before their parents."""
        statement = "SELECT page.* FROM page_order JOIN page USING (id) WHERE draft_reason NOT NULL ORDER BY n DESC"
        for row in self._database.execute(statement):
            yield _page(row)

    def published_below(self, parent: int | None, most: int) -> list[tuple[int, int | None]]:
        """Id and parent of the published pages under a page (None: all), level by level, each in its order."""
        statement = """
            WITH RECURSIVE below (id) AS (
                SELECT id FROM page WHERE parent_id IS ? AND type = 'page'
                UNION ALL SELECT page.id FROM below JOIN page ON page.parent_id = below.id
            )
            SELECT page.id, parent_id FROM below JOIN page USING (id) JOIN page_order USING (id)
            WHERE draft_reason IS NULL ORDER BY n LIMIT ?
        """
        return self._database.execute(statement, (parent, most)).fetchall()

    def waiting(self) -> Iterator[PagePlan]:
        """The pages that wait, in their order."""
        statement = "SELECT id FROM became JOIN page_order USING (id) WHERE waits ORDER BY n"
        for (id,) in self._database.execute(statement).fetchall():
            yield _page(self._database.execute("SELECT * FROM page WHERE id = ?", (id,)).fetchone())


_COLUMNS = [field.name for field in fields(PagePlan)]


def _written(value: Any) -> Any:
    """A value as a column has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return orjson.dumps(value) if isinstance(value, dict | tuple) else value


def _page(row: tuple[Any, ...]) -> PagePlan:
    values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    for name in ("created_at", "modified_at"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    for name in ("old_slugs", "terms", "seo"):
        values[name] = orjson.loads(values[name])
    values["old_slugs"] = tuple(values["old_slugs"])
    return PagePlan(**values)

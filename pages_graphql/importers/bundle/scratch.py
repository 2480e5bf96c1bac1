"""What a check remembers of a bundle: in SQLite's own temporary file, so that memory stays constant."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple, Self
from uuid import UUID

from pages_graphql.core.view import ContentStage
from pages_graphql.importers.bundle.kinds import Key
from pages_graphql.routes.repository import Claim

_TABLES = """
PRAGMA journal_mode = OFF;
CREATE TABLE there (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE wanted (line INTEGER, kind TEXT, key TEXT);
CREATE TABLE once (what TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE document (kind TEXT, id TEXT, parent TEXT, draft INTEGER, live INTEGER, line INTEGER,
    PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX document_by_parent ON document (parent);
CREATE VIEW page AS SELECT * FROM document WHERE kind = 'page';
CREATE TABLE claim (parent TEXT, locale TEXT, slug TEXT, page TEXT, in_draft INTEGER, in_live INTEGER,
    PRIMARY KEY (parent, locale, slug)) WITHOUT ROWID;
CREATE VIEW lost AS
    WITH RECURSIVE tree (id) AS (
        SELECT id FROM page WHERE parent IS NULL
        UNION ALL
        SELECT page.id FROM tree JOIN page ON page.parent = tree.id
    )
    SELECT line FROM page WHERE id NOT IN (SELECT id FROM tree) ORDER BY line;
"""


class Pointers(NamedTuple):
    """The page above a document, if any, and which of its revisions are its draft and live."""

    parent: UUID | None
    draft: int
    live: int | None

    def stages(self, number: int) -> list[ContentStage]:
        """The stages in which a revision is seen."""
        seen = {ContentStage.DRAFT: self.draft, ContentStage.LIVE: self.live}
        return [stage for stage, there in seen.items() if there == number]


class Scratch:
    """What has been read of a bundle."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._database = sqlite3.connect("", isolation_level=None)
        _ = self._database.executescript(_TABLES)
        _ = self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        """Keep it until the end of the context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget all."""
        self._database.close()

    def have(self, kind: str, key: Key) -> None:
        """Remember that a row is there."""
        _ = self._database.execute("INSERT INTO there VALUES (?, ?)", (kind, _key(key)))

    def want(self, line: int, kind: str, key: Key) -> None:
        """Remember that a line points at a row."""
        _ = self._database.execute("INSERT INTO wanted VALUES (?, ?, ?)", (line, kind, _key(key)))

    def missing(self) -> tuple[int, str] | None:
        """The first line that points at a row that is not there, and of which kind that would be."""
        nothing = "NOT EXISTS (SELECT 1 FROM there WHERE there.kind = wanted.kind AND there.key = wanted.key)"
        query = f"SELECT line, kind FROM wanted WHERE {nothing} ORDER BY line LIMIT 1"  # noqa: S608 -- of constants
        return self._database.execute(query).fetchone()

    def take(self, *what: object) -> bool:
        """Let this be there; False where it is already."""
        return self._database.execute("INSERT OR IGNORE INTO once VALUES (?)", (_key(what),)).rowcount == 1

    def add(self, line: int, kind: str, id: UUID, pointers: Pointers) -> None:
        """Remember where a document stands, and its draft and live revision."""
        parent = pointers.parent and str(pointers.parent)
        values = (kind, str(id), parent, pointers.draft, pointers.live, line)
        _ = self._database.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", values)

    def pointers(self, kind: str, id: UUID) -> Pointers | None:
        """What is known of a document."""
        query = "SELECT parent, draft, live FROM document WHERE kind = ? AND id = ?"
        found = self._database.execute(query, (kind, str(id))).fetchone()
        return found and Pointers(found[0] and UUID(found[0]), found[1], found[2])

    def unreachable(self) -> int | None:
        """The line of a page that stands below itself."""
        found = self._database.execute("SELECT line FROM lost LIMIT 1").fetchone()
        return found and found[0]

    def later_parents(self) -> Iterator[tuple[UUID, UUID]]:
        """The pages that come before the one they stand under, with that one."""
        for id, parent in self._database.execute("SELECT id, parent FROM page WHERE parent > id ORDER BY id"):
            yield UUID(id), UUID(parent)

    def claim(self, claim: Claim) -> bool:
        """Let a page use a slug, in its draft or live; False where another page has it."""
        values = (str(claim.parent_key), claim.locale, claim.slug, str(claim.page_id), claim.in_draft, claim.in_live)
        query = """INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
            SET in_draft = in_draft OR excluded.in_draft, in_live = in_live OR excluded.in_live
            WHERE page = excluded.page"""
        return self._database.execute(query, values).rowcount == 1

    def claims(self) -> Iterator[Claim]:
        """All slugs that pages use."""
        for parent, locale, slug, page, in_draft, in_live in self._database.execute("SELECT * FROM claim"):
            yield Claim(UUID(parent), locale, slug, UUID(page), bool(in_draft), bool(in_live))


def _key(key: Key) -> str:
    return "\x1f".join(map(str, key))

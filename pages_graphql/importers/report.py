"""What an import says of what it did."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class EntryKind(Enum):
    """What became of something in the file."""

    TAKEN = "taken"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One thing of the file, or `count` of a kind, what became of it, and why."""

    kind: EntryKind
    what: str
    why: str = ""
    count: int = 1


class Report:
    """Entries in the order they were added, kept in a scratch database: a large file may have one for every page."""

    def __init__(self, scratch: sqlite3.Connection) -> None:
        """Begin an empty report."""
        self._scratch = scratch
        _ = scratch.execute("CREATE TABLE entry (n INTEGER PRIMARY KEY, kind TEXT, what TEXT, why TEXT, count INTEGER)")

    def add(self, kind: EntryKind, what: str, why: str = "", count: int = 1) -> None:
        """Remember what became of something."""
        values = (kind.value, what, why, count)
        _ = self._scratch.execute("INSERT INTO entry (kind, what, why, count) VALUES (?, ?, ?, ?)", values)

    def count(self, kind: EntryKind) -> int:
        """How many entries say this of something."""
        (count,) = self._scratch.execute("SELECT count(*) FROM entry WHERE kind = ?", (kind.value,)).fetchone()
        return int(count)

    def entries(self, only: EntryKind | None = None) -> Iterator[ReportEntry]:
        """All entries, or those of a kind, first added first."""
        statement = "SELECT kind, what, why, count FROM entry WHERE kind = coalesce(?, kind) ORDER BY n"
        for kind, what, why, count in self._scratch.execute(statement, (only and only.value,)):
            yield ReportEntry(EntryKind(kind), what, why, count)


class Quiet(Report):
    """A report for what is done again: it keeps nothing."""

    def __init__(self) -> None:
        """Begin to listen to nobody."""

    def add(self, kind: EntryKind, what: str, why: str = "", count: int = 1) -> None:
        """Forget it."""

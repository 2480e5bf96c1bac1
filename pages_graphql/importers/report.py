"""What an import says of what it did."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class EntryKind(Enum):
    """What became of something in the file."""

    TAKEN = "taken"
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

    def entries(self) -> Iterator[ReportEntry]:
        """All entries, first added first."""
        for kind, what, why, count in self._scratch.execute("SELECT kind, what, why, count FROM entry ORDER BY n"):
            yield ReportEntry(EntryKind(kind), what, why, count)

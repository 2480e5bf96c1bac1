"""Blocks that pages share (`core/block`, kept as posts of the type `wp_block`): put where pages refer to them."""

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from pages_graphql.importers.wordpress.gutenberg import delimiters
from pages_graphql.importers.wordpress.wxr import Item

_TABLE = "CREATE TABLE reusable (id INTEGER PRIMARY KEY, content TEXT)"
DEEPEST: Final = 20
"""How deep shared blocks are put into each other."""
ADDED_MOST: Final = 1_000_000
"""How many characters shared blocks may add to a page: a few that refer to each other ten times each could fill the memory."""


class _TooMuch(Exception):
    """More than may be added."""


class Reusable:
    """The shared blocks of an export, by their ids."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Begin with none."""
        self._database = database
        _ = database.execute(_TABLE)

    def add(self, item: Item) -> None:
        """Keep a block if WordPress shows it; the first of an id stays."""
        if item.status == "publish" and not item.password:
            _ = self._database.execute("INSERT OR IGNORE INTO reusable VALUES (?, ?)", (item.id, item.content))

    def put_in(self, content: str) -> str:
        """A content with shared blocks in the place of references to them; one that cannot be put in stays a reference."""
        if not _may_refer(content):
            return content
        try:
            return "".join(self._parts(content, [ADDED_MOST], []))
        except _TooMuch:
            return content

    def _parts(self, content: str, room: list[int], line: list[int]) -> Iterator[str]:
        at = 0
        for start, end, id in _references(content):
            found = self._found(id) if id and id not in line and len(line) < DEEPEST else None
            if found is None:
                continue
            room[0] -= len(found)
            if room[0] < 0:
                raise _TooMuch
            yield content[at:start]
            yield from self._parts(found, room, [*line, id])
            at = end
        yield content[at:]

    def _found(self, id: int) -> str | None:
        row = self._database.execute("SELECT content FROM reusable WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None


def still_referred(content: str) -> list[str]:
    """What a content still refers to when all that can be is put in, each once."""
    if not _may_refer(content):
        return []
    found = (attributes.get("ref") for _, _, _, name, attributes, _ in delimiters(content) if name == "block")
    return list(dict.fromkeys(str(ref)[:20] for ref in found))


def _may_refer(content: str) -> bool:
    return "wp:block" in content or "wp:core/block" in content


def _references(content: str) -> Iterator[tuple[int, int, int]]:
    """Where references begin and end, with the id of what they refer to; 0 for one with words of its own."""
    for start, end, _, name, attributes, is_void in delimiters(content):
        if name == "block" and is_void:
            yield start, end, _id(attributes)


def _id(attributes: dict[str, Any]) -> int:
    ref = attributes.get("ref")
    return ref if isinstance(ref, int) and 0 < ref < 1 << 63 and not attributes.get("content") else 0

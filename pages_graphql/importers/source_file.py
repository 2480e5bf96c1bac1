"""A file that comes in: opened plain or gzipped, read in pieces, refused with the place that is wrong."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

Progress = Callable[[int, int], None]
"""Told how many bytes of the file have been read, and how many it has."""

CHUNK: Final = 256 * 1024
GZIP_MAGIC: Final = b"\x1f\x8b"


class UnreadableFile(Exception):
    """The file cannot be taken; nothing of it has been."""

    def __init__(self, path: Path, message: str, place: str = "") -> None:
        """Say which file, where in it, and what is wrong."""
        super().__init__(f"{path}{place}: {message}")
        self.path = path
        self.message = message


class UnknownFormat(UnreadableFile):
    """The file is not of the kind that was asked for."""


class DamagedFile(UnreadableFile):
    """The file is of the right kind, but broken at a line and column, both counted from 1."""

    def __init__(self, path: Path, line: int, column: int, message: str) -> None:
        """Say where the file is broken, and how."""
        super().__init__(path, message, f", line {line}, column {column}")
        self.line = line
        self.column = column


def no_progress(read: int, total: int) -> None:
    """Tell nobody."""


def chunks(path: Path, progress: Progress = no_progress) -> Iterator[bytes]:
    """The bytes of `path` in pieces, unpacked where it is gzipped."""
    total = path.stat().st_size
    with path.open("rb") as raw:
        stream = gzip.GzipFile(fileobj=raw) if raw.peek(2)[:2] == GZIP_MAGIC else raw
        while chunk := stream.read(CHUNK):
            progress(raw.tell(), total)
            yield chunk

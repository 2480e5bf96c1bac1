"""A bundle read line by line: each is what it should be, and the last seals them."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn, cast

import orjson
from pydantic import ValidationError

from pages_graphql.importers.bundle.kinds import KINDS, Key, Kind
from pages_graphql.importers.bundle.lines import END, FORMAT, VERSION, End, Head, Seal
from pages_graphql.importers.source_file import GZIP_MAGIC, DamagedFile, Progress, UnknownFormat, no_progress

MAX_LINE: Final = 256 * 1024 * 1024
"""How many bytes a line may have: more than a page can, less than a memory."""
_TOLD_EVERY: Final = 500
_ORDER = {name: n for n, name in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a bundle, and where it stands."""

    line: int
    size: int
    kind: Kind
    values: dict[str, Any]


class Bundle:
    """A bundle that is read once, row by row; what is wrong is a `DamagedFile` that names the line."""

    def __init__(self, path: Path, progress: Progress = no_progress) -> None:
        """Read the first line; another kind of file is an `UnknownFormat`."""
        self.path = path
        self.line = 0
        self._lines = _lines(path, progress)
        self._seal = Seal()
        self._last: tuple[int, Key] = (-1, ())
        first = next(self._lines, b"")
        self.line = 1
        self.head = self._head(first)
        self._seal.add(first)

    def rows(self) -> Iterator[Row]:
        """Every row, in the order of the file; the end is checked when all are read."""
        ended = False
        for line in self._lines:
            self.line += 1
            if ended:
                self.fail("something stands behind the end")
            given = self._parsed(line)
            ended = given.get("type") == END
            if ended:
                self._check_end(given)
            else:
                yield self._row(given, line)
        if not ended:
            self.fail("the file breaks off here: the line that ends a bundle is missing")

    @property
    def end(self) -> End:
        """The counts and the seal of what was read."""
        return self._seal.end()

    def fail(self, message: str, line: int | None = None, column: int = 1) -> NoReturn:
        """Refuse the file, for what is wrong with a line of it: without one, with the line that was read last."""
        raise DamagedFile(self.path, line or max(self.line, 1), column, message)

    def _head(self, line: bytes) -> Head:
        try:
            about = orjson.loads(line)
        except orjson.JSONDecodeError:
            about = None
        if not isinstance(about, dict) or cast("dict[str, Any]", about).get("format") != FORMAT:
            raise UnknownFormat(self.path, "this is no bundle of pages-graphql", ", line 1")
        about = cast("dict[str, Any]", about)
        version = about.get("version")
        if not isinstance(version, int) or not 1 <= version <= VERSION:
            self.fail(f"this bundle has version {version}, and this service reads version {VERSION}")
        try:
            return Head.model_validate(about)
        except ValidationError as error:
            fault = error.errors(include_input=False)[0]
            self.fail(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}")

    def _parsed(self, line: bytes) -> dict[str, Any]:
        if not line.endswith(b"\n"):
            self.fail("the file breaks off here", column=len(line))
        try:
            given = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            self.fail(error.msg, column=error.colno)
        if not isinstance(given, dict):
            self.fail("a line is an object")
        return cast("dict[str, Any]", given)

    def _row(self, given: dict[str, Any], line: bytes) -> Row:
        name, row = given.get("type"), given.get("row")
        kind = KINDS.get(name) if isinstance(name, str) else None
        if kind is None or not isinstance(row, dict) or len(given) != len(("type", "row")):
            self.fail("this is no row of a bundle")
        try:
            values = kind.row(cast("dict[str, Any]", row))
        except ValueError as error:
            self.fail(str(error))
        place = (_ORDER[kind.name], kind.key_of(values))
        if place <= self._last:
            same = place == self._last
            self.fail(f"this {kind.name} is here twice" if same else f"this {kind.name} stands out of order")
        self._last = place
        self._seal.add(line, kind.name)
        return Row(self.line, len(line), kind, values)

    def _check_end(self, given: dict[str, Any]) -> None:
        try:
            said = End.model_validate(given)
        except ValidationError:
            self.fail("the line that ends a bundle is damaged")
        found = self._seal.end()
        for kind in KINDS:
            here, there = found.counts.get(kind, 0), said.counts.get(kind, 0)
            if here != there:
                self.fail(f"the end counts {there} of {kind}, and {here} are here: lines are missing or added")
        if found != said:
            self.fail("the lines before the end are not those that were written: their SHA-256 is another")


def _lines(path: Path, progress: Progress) -> Iterator[bytes]:
    """The lines of a file, unpacked where it is gzipped, each with its end; what is too long is cut."""
    total, number = path.stat().st_size, 0
    with path.open("rb") as raw:
        zipped = raw.peek(2)[:2] == GZIP_MAGIC
        read: Callable[[int], bytes] = gzip.GzipFile(fileobj=raw).readline if zipped else raw.readline
        try:
            while line := read(MAX_LINE):
                if number % _TOLD_EVERY == 0:
                    progress(raw.tell(), total)
                number += 1
                yield line
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            message = f"the gzipped data breaks off or is damaged ({error})"
            raise DamagedFile(path, number + 1, 1, message) from None
    progress(total, total)

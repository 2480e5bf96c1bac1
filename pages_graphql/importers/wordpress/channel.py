"""The XML of an export: its channel's elements one by one, never a tree, never more than one in memory."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from pages_graphql.importers.source_file import DamagedFile, UnknownFormat

DEPTH_MOST: Final = 64
NAMES_MOST: Final = 4096
ELEMENT_MOST: Final = 16 * 1024 * 1024
"""Characters of one item or term; bytes of one tag, comment or instruction."""
OVERHEAD: Final = 100
"""What a field counts for beside its text: a million empty ones are no small item."""

RECORDS: Final = {"item", "wp:author", "wp:category", "wp:tag", "wp:term"}
FACTS: Final = {"title", "link", "language", "wp:base_blog_url", "wp:wxr_version"}
PROSE: Final = {"title", "content:encoded", "excerpt:encoded"}
META: Final = ("wp:meta_key", "wp:meta_value")

_EXPORT = re.compile(r"https?://wordpress\.org/export/1\.\d/(excerpt/)?")
_NO_XML = {expat.errors.codes[each] for each in (expat.errors.XML_ERROR_SYNTAX, expat.errors.XML_ERROR_INVALID_TOKEN)}
_PREFIXES = {"purl.org/rss/1.0/modules/content/": "content", "purl.org/dc/elements/1.1/": "dc"}


@dataclass(slots=True)
class Element:
    """A child of the channel with the text of its children, the meta, terms and comments of an item apart."""

    name: str
    path: Path
    line: int
    column: int
    texts: dict[str, str] = field(default_factory=dict[str, str])
    meta: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    terms: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    comments: int = 0

    def text(self, name: str) -> str:
        """The text of a child, empty where there is none."""
        return self.texts.get(name, "")

    def number(self, name: str) -> int:
        """The number in a child, 0 where there is none; anything else is damage."""
        return self._number(name, r"-?[0-9]{1,18}") if self.text(name).strip() else 0

    def id(self, name: str) -> int:
        """The id in a child, a number above 0; anything else, or nothing, is damage."""
        return self._number(name, r"[1-9][0-9]{0,17}")

    def _number(self, name: str, pattern: str) -> int:
        text = self.text(name).strip()
        if not re.fullmatch(pattern, text):
            message = f"<{name}> of this <{self.name}> holds no number that it may: {text[:40]!r}"
            raise DamagedFile(self.path, self.line, self.column, message)
        return int(text)


class ChannelParser:
    """Fed the bytes of an export, gives the elements that are complete."""

    def __init__(self, path: Path, versions: Sequence[str]) -> None:
        """Expect an export of one of `versions`."""
        self._path = path
        self._versions = versions
        self._fed = 0
        self._short: dict[str, str] = {}
        self._names: list[str] = []
        self._attributes: Mapping[str, str] = {}
        self._text: list[str] = []
        self._pair: dict[str, str] = {}
        self._size = 0
        self._element: Element | None = None
        self._ready: list[Element] = []
        self.facts: dict[str, str] = {}
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse_doctype
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._add_text

    @property
    def line(self) -> int:
        """The line read last, from 1."""
        return self._expat.CurrentLineNumber

    @property
    def column(self) -> int:
        """The column read last, from 1."""
        return self._expat.CurrentColumnNumber + 1

    def feed(self, data: bytes) -> list[Element]:
        """The elements that `data` completes."""
        self._fed += len(data)
        self._parse(data, is_last=False)
        if self._fed - self._expat.CurrentByteIndex > ELEMENT_MOST:
            raise self._damaged("a tag, comment or instruction here is longer than 16 MiB")
        return self._take()

    def finish(self) -> list[Element]:
        """What the end of the file completes; an end that comes too early is refused."""
        if not self._fed:
            raise UnknownFormat(self._path, "the file is empty")
        self._parse(b"", is_last=True)
        self._require_version()
        return self._take()

    def _take(self) -> list[Element]:
        ready, self._ready = self._ready, []
        return ready

    def _parse(self, data: bytes, *, is_last: bool) -> None:
        try:
            _ = self._expat.Parse(data, is_last)
        except expat.ExpatError as error:
            if not self._short and error.code in _NO_XML:
                raise UnknownFormat(self._path, "this is no XML, so it is no WordPress export") from error
            message = expat.ErrorString(error.code)
            raise DamagedFile(self._path, error.lineno, error.offset + 1, message or "not well-formed") from error
        except (LookupError, ValueError) as error:  # what Python's codecs say to an encoding they cannot take
            raise self._damaged(f"its encoding cannot be read ({error})") from error

    def _damaged(self, message: str) -> DamagedFile:
        return DamagedFile(self._path, self.line, self.column, message)

    def _refuse_doctype(self, name: str, *_: object) -> None:
        if name.lower() == "html":
            raise UnknownFormat(self._path, "this is an HTML page, not a WordPress export")
        raise self._damaged("a document type (DTD) is refused: an export has none, and entities could be a bomb")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        for each in (name, *attributes):
            self._meet(each)
        name = self._short[name]
        if not self._names and name != "rss":
            raise UnknownFormat(
                self._path, f"this is no WordPress export: it begins with <{name[:80]}>, not with <rss>"
            )
        if len(self._names) == DEPTH_MOST:
            raise self._damaged(f"elements are nested deeper than {DEPTH_MOST}")
        self._names.append(name)
        self._text.clear()
        if len(self._names) == 3 and name in RECORDS:
            self._require_version()
            self._element, self._size = Element(name, self._path, self.line, self.column), 0
        elif len(self._names) == 5 and self._names[3] in PROSE:
            raise self._damaged(f"<{self._names[3]}> holds elements; an export has its text escaped or in CDATA")
        elif len(self._names) == 4:
            self._attributes, self._pair = attributes, {}

    def _meet(self, name: str) -> None:
        """Work out each name once; names are kept, here and in expat, so they are bounded."""
        if name not in self._short:
            if len(self._short) == NAMES_MOST:
                raise self._damaged(f"more than {NAMES_MOST} different names of elements and attributes")
            self._short[name] = _shortened(name)

    def _add_text(self, text: str) -> None:
        if self._names[3:4] != ["wp:comment"]:
            self._count(len(text))
            self._text.append(text)

    def _count(self, characters: int) -> None:
        self._size += characters
        if self._size > ELEMENT_MOST:
            raise self._damaged("one element holds more than 16 MiB")

    def _end(self, _name: str) -> None:
        depth, name, text = len(self._names), self._names.pop(), "".join(self._text)
        self._text.clear()
        if depth <= 3:
            self._end_of_channels(name, text)
        elif self._element and depth == 4:
            self._end_of_field(self._element, name, text)
        elif self._element and depth == 5 and self._names[-1] == "wp:postmeta" and name in META:
            self._pair[name] = text

    def _end_of_channels(self, name: str, text: str) -> None:
        """Keep what the channel says of itself, and what of it is complete."""
        if self._element:
            self._ready.append(self._element)
            self._element = None
        elif len(self._names) == 2 and name in FACTS:
            self.facts[name] = text.strip()
        self._size = 0

    def _end_of_field(self, element: Element, name: str, text: str) -> None:
        """Keep what an item or a term says of itself."""
        if name == "wp:comment":
            element.comments += 1
            return
        self._count(OVERHEAD)
        match name:
            case "wp:postmeta":
                key, value = (self._pair.get(each, "") for each in META)
                element.meta.append((key, value))
            case "category":
                element.terms.append((self._attributes.get("domain", ""), self._attributes.get("nicename", ""), text))
            case _:
                element.texts[name] = text

    def _require_version(self) -> None:
        version = self.facts.get("wp:wxr_version")
        if version is None:
            raise UnknownFormat(
                self._path, "this is no WordPress export: it names no wp:wxr_version before its content"
            )
        if version not in self._versions:
            known = " and ".join(self._versions)
            raise UnknownFormat(self._path, f"this is an export of version {version[:20]!r}; {known} can be read")


def _shortened(name: str) -> str:
    """A name with the prefix that exports use for its namespace, whatever the file calls it."""
    uri, _, local = name.rpartition(" ")
    if not uri:
        return local
    if export := _EXPORT.fullmatch(uri):
        return f"excerpt:{local}" if export[1] else f"wp:{local}"
    return f"{_PREFIXES.get(re.sub('^https?://', '', uri), uri)}:{local}"

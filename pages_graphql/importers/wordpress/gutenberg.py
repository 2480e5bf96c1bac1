"""Blocks of WordPress's editor: HTML with comments around each block that say its type and its attributes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, cast

import orjson

NAME = r"[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?"
DEEPEST: Final = 40
"""How deep blocks are told apart; what is deeper stays in the HTML of the block around it."""

_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_DELIMITER = re.compile(rf"\s+(/?)wp:({NAME})\s+(?:(\{{.*\}})\s+)?(/?)", re.DOTALL)


@dataclass(slots=True)
class WpBlock:
    """A block: its type, its attributes, and where in the content it and its inside are; without a name: mere HTML."""

    content: str = field(repr=False)
    name: str
    attributes: dict[str, Any]
    start: int
    inside: int
    inside_end: int
    end: int
    blocks: "list[WpBlock]" = field(default_factory=list["WpBlock"])

    @property
    def source(self) -> str:
        """The block as it is written, its comments too."""
        return self.content[self.start : self.end]

    @property
    def html(self) -> str:
        """What is between its comments, whole."""
        return self.content[self.inside : self.inside_end]

    @property
    def around(self) -> str:
        """What is between its comments, the blocks inside aside."""
        at, parts = self.inside, list[str]()
        for block in self.blocks:
            parts.append(self.content[at : block.start])
            at = block.end
        return "".join([*parts, self.content[at : self.inside_end]])


def has_blocks(content: str) -> bool:
    """Whether a content was written with the block editor."""
    return "<!-- wp:" in content


def is_static(html: str) -> bool:
    """Whether no block in some HTML is made by WordPress when it is shown."""
    return not any(is_void for *_, is_void in delimiters(html))


def without_comments(html: str) -> str:
    """Some HTML without the comments that say where blocks begin and end."""
    at, parts = 0, list[str]()
    for start, end, *_ in delimiters(html):
        parts.append(html[at:start])
        at = end
    return "".join([*parts, html[at:]])


def parse_blocks(content: str) -> list[WpBlock]:
    """The blocks of a content with the HTML between them, in order; together they are all of it."""
    top = WpBlock(content, "", {}, 0, 0, len(content), len(content))
    line, opened = [top], Counter[str]()
    for start, end, closes, name, attributes, is_void in delimiters(content):
        if closes:
            if opened[name]:  # else it closes nothing, and is HTML like any other
                _close(line, opened, name, start, end)
            continue
        block = WpBlock(content, name, attributes, start, end, end, end)
        if len(line) <= DEEPEST:
            line[-1].blocks.append(block)
        if not is_void:
            line.append(block)
            opened[name] += 1
    for block in line[1:]:  # never closed: they end where the content ends
        block.inside_end = block.end = len(content)
    return list(_with_html_between(top))


def _close(line: list[WpBlock], opened: Counter[str], name: str, start: int, end: int) -> None:
    """End the innermost open block of a name, and what is open in it."""
    while True:
        block = line.pop()
        opened[block.name] -= 1
        block.inside_end = block.end = start
        if block.name == name:
            block.end = end
            return


def delimiters(content: str) -> Iterator[tuple[int, int, bool, str, dict[str, Any], bool]]:
    """Each comment that begins or ends a block; `-->` cannot stand in attributes, so this reads once.

    It begins and ends at these places, ends a block or not, is of a type, has attributes, and is all of its block or not.
    """
    at = 0
    while (start := content.find("<!--", at)) >= 0 and (end := content.find("-->", start + 4)) >= 0:
        at = end + 3
        found = _DELIMITER.fullmatch(content, start + 4, end)
        attributes = _attributes(found[3]) if found else None
        if found and attributes is not None:
            yield start, at, bool(found[1]), found[2].removeprefix("core/"), attributes, bool(found[4])


def _attributes(text: str | None) -> dict[str, Any] | None:
    """The attributes of a block, U+FFFD for U+0000 in them; None where they are damaged."""
    try:
        found = orjson.loads(_NUL.sub(r"\1\\ufffd", text or "{}"))
    except orjson.JSONDecodeError:
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


def _with_html_between(top: WpBlock) -> Iterator[WpBlock]:
    at = 0
    for block in [*top.blocks, None]:
        until = block.start if block else len(top.content)
        if top.content[at:until].strip():
            yield WpBlock(top.content, "", {}, at, at, until, until)
        if block:
            yield block
            at = block.end

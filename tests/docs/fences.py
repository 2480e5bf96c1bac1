"""The blocks of code in a page of the docs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
"""All pages, those at the top too."""

_FENCE = re.compile(r"^```(\S*) ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)


@dataclass(frozen=True)
class Fence:
    """A block of code: its language, the words after it, and what is in it."""

    language: str
    words: tuple[str, ...]
    text: str
    place: str


def fences(page: Path) -> list[Fence]:
    """The blocks of a page in order."""
    text = page.read_text()
    found = [
        Fence(match[1], tuple(match[2].split()), match[3], f"{page.name}:{text.count(chr(10), 0, match.start()) + 1}")
        for match in _FENCE.finditer(text)
    ]
    assert len(found) * 2 == len(re.findall(r"^```", text, re.MULTILINE)), f"{page.name}: a block has no end"
    return found


def steps(page: Path) -> Iterator[tuple[Fence, str | None]]:
    """What a reader does, each with what he then sees where the page says so."""
    found = fences(page)
    seen = {"sh": "text", "sql": "text", "graphql": "json"}
    following = [*found[1:], None]
    answers: set[Fence] = set()
    for fence, after in zip(found, following, strict=True):
        if fence in answers:
            continue
        if after is not None and after.language == seen.get(fence.language) and not after.words:
            answers.add(after)
            yield fence, after.text
        else:
            yield fence, None

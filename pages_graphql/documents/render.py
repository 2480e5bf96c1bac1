"""What readers see of what editors write: HTML, plain text, and numbers about it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from html.parser import HTMLParser
from typing import cast

from markdown_it import MarkdownIt

from pages_graphql.core.text import cut
from pages_graphql.documents.sanitise import paragraphs, sanitise

RENDERER_VERSION = 1
"""Which rendering this is; kept beside what it made, and raised when the same source gives something else."""

WORDS_PER_MINUTE = 200
"""How fast a text is read."""

UNSPACED_WORD = 5
"""How many characters a word has on average where words are written without spaces."""

LONG_WORD = 30
"""How many characters a word may have that an excerpt would rather leave out than cut."""


class PageBodyFormat(Enum):
    """How the source of a body is written."""

    MARKDOWN = "MARKDOWN"
    HTML = "HTML"
    PLAIN = "PLAIN"


@dataclass(frozen=True)
class Rendered:
    """A source as it is served."""

    html: str
    text: str
    word_count: int


_IDEOGRAPH = re.compile(
    "[\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)
_UNSPACED = re.compile("[\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1050-\u109d\u1780-\u17d3]+")
_IN_WORD = re.compile(r"[^\W_]")
_BLOCKS = """
address article aside audio blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul video
"""
_BREAKING = frozenset(_BLOCKS.split())

_markdown = cast("Callable[[str], str]", MarkdownIt("commonmark").enable(["strikethrough", "table"]).render)

_TO_HTML: Mapping[PageBodyFormat, Callable[[str], str]] = {
    PageBodyFormat.MARKDOWN: lambda content: sanitise(_markdown(content), source=content),
    PageBodyFormat.HTML: sanitise,
    PageBodyFormat.PLAIN: paragraphs,
}


def render(format: PageBodyFormat, content: str) -> Rendered:
    """`content` as readers may see it, whatever it holds."""
    html = _TO_HTML[format](content)
    text = plain_text(html)
    return Rendered(html, text, count_words(text))


def plain_text(html: str) -> str:
    """The text of sanitised HTML: a line for each block that has any, single spaces, characters for entities."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(filter(None, lines))


def count_words(text: str) -> int:
    """How many words `text` has: runs between spaces with a letter or digit in them, whatever the script.

    Chinese and Japanese are counted by character, as word processors do; Thai, Lao, Burmese and Khmer, which have no
    spaces between words either, by their average word of five characters.
    """
    rest, ideographs = _IDEOGRAPH.subn(" ", text)
    unspaced = sum(-(-len(run) // UNSPACED_WORD) for run in _UNSPACED.findall(rest))
    words = sum(1 for run in _UNSPACED.sub(" ", rest).split() if _IN_WORD.search(run))
    return ideographs + unspaced + words


def excerpt(text: str, length: int) -> str:
    """The beginning of `text` on one line, at most `length` characters with the `…` that says there is more.

    It ends with a whole word, unless there is none or the next has more than 30 characters (no spaces, or an address).
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    if length <= 0:
        return ""
    head = cut(line, length - 1)
    start = line.rfind(" ", 0, len(head) + 1)
    is_whole = start > 0 and " " in f"{line} "[start + 1 : start + LONG_WORD + 2]
    return (head[:start] if is_whole else head).rstrip(" ,;:-–—") + "…"


def reading_minutes(words: int) -> int:
    """How many minutes `words` take to read, begun ones counted: none for no words."""
    return -(-words // WORDS_PER_MINUTE)


class _TextReader(HTMLParser):
    """Collects text, with a new line where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def _break(self, tag: str) -> None:
        if tag in _BREAKING:
            self.parts.append("\n")

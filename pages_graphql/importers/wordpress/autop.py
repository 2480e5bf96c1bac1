"""Classic content of WordPress: it is kept with blank lines between paragraphs, and shown with tags around them."""

import re
from typing import Final

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")
_SHORTCODE_ALONE = re.compile(r"\[[^\[\]]+\](?:[^\[\]]*\[/[A-Za-z0-9_-]+\])?")

CONTAINERS: Final = {"article", "aside", "blockquote", "div", "footer", "header", "main", "nav", "section"}
"""What holds paragraphs."""

CLOSED: Final = {
    *("address", "audio", "canvas", "dl", "fieldset", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup"),
    *("iframe", "math", "menu", "object", "ol", "p", "pre", "script", "select", "style", "svg", "table", "textarea"),
    *("ul", "video", "details"),
}
"""What has its own lines: nothing is changed in it."""

ALONE: Final = {"hr"}


def with_paragraphs(content: str) -> str:
    """The content with paragraphs and line breaks where blank lines and line ends mean them; else as it is."""
    parts: list[str] = []
    at = flushed = 0
    inside: list[str] = []
    for tag in _TAG.finditer(content):
        name, closes = (tag[1] or "").lower(), tag[0].startswith("</")
        if inside:
            _walk(inside, name, closes=closes)
            at = tag.end()
            if not inside:
                parts.append(content[flushed:at])
                flushed = at
            continue
        is_block = name in CONTAINERS or name in CLOSED or name in ALONE or not name
        if is_block:
            parts += [
                _paragraphs(content[flushed : tag.start()]),
                tag[0] if not (name in CLOSED and not closes) else "",
            ]
            flushed = tag.start() if name in CLOSED and not closes else tag.end()
        if name in CLOSED and not closes:
            inside.append(name)
    return "".join([*parts, content[flushed:] if inside else _paragraphs(content[flushed:])])


def _walk(inside: list[str], name: str, *, closes: bool) -> None:
    """Follow the nesting of the element whose lines are its own."""
    if name == inside[0]:
        if closes:
            _ = inside.pop()
        elif name != "p":
            inside.append(name)


def _paragraphs(text: str) -> str:
    """Lines outside of all blocks, as paragraphs."""
    if not text.strip():
        return text
    return "\n".join(
        _paragraph(part.strip()) for part in _BLANK_LINES.split(text.replace("\r\n", "\n")) if part.strip()
    )


def _paragraph(part: str) -> str:
    return part if _SHORTCODE_ALONE.fullmatch(part) else f"<p>{part.replace(chr(10), '<br>' + chr(10))}</p>"

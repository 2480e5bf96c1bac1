"""The content of a page of WordPress as it shall stand here: a body, or blocks in its order; nothing of it is lost."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from pages_graphql.core.limits import Limits
from pages_graphql.importers.wordpress import figures
from pages_graphql.importers.wordpress.autop import with_paragraphs
from pages_graphql.importers.wordpress.gutenberg import WpBlock, has_blocks, is_static, parse_blocks, without_comments
from pages_graphql.importers.wordpress.here import Here
from pages_graphql.importers.wordpress.markup import tree_of
from pages_graphql.importers.wordpress.reusable import still_referred
from pages_graphql.importers.wordpress.text import number, shortcodes

Data = dict[str, Any]
Piece = tuple[str, Data]

TEXTS = {"heading", "list", "paragraph", "quote"}
FOLDED = {"buttons", "column", "columns", "group"}
MADE: dict[str, tuple[str, Callable[[WpBlock, Here], Data | None]]] = {
    "button": ("cta", figures.button),
    "gallery": ("gallery", figures.gallery),
    "image": ("image", figures.image),
    "embed": ("video", figures.video),
    "core-embed/vimeo": ("video", figures.video),
    "core-embed/youtube": ("video", figures.video),
}
BARE = {"html", "shortcode", "freeform"}
HEIGHTS = range(1, 1_001)
READ_MOST = 100_000
"""Characters of HTML that are looked into: reading damaged HTML costs the square of its length."""

ROOM = 100
"""Bytes of JSON around the text of a block."""


@dataclass
class Converted:
    """What a content becomes: a body, or blocks; and what is worth a word in the report."""

    body: str = ""
    blocks: list[Data] = field(default_factory=list[Data])
    kept_as_html: Counter[str] = field(default_factory=Counter[str])
    unfolded: int = 0
    shortcodes: list[str] = field(default_factory=list[str])
    referred: list[str] = field(default_factory=list[str])
    why_body: str = ""


def converted(content: str, here: Here, limits: Limits) -> Converted:
    """What a content becomes; one whose blocks are too many or too large stays whole, as a body."""
    made = Converted(shortcodes=shortcodes(content), referred=still_referred(content))
    if not content.strip():
        return made
    if not has_blocks(content):
        made.body = here.rewritten(with_paragraphs(content))
        return made
    if len(content.encode()) <= limits.max_body_bytes:
        made.blocks = list(_joined(_pieces(parse_blocks(content), here, made), limits.max_block_bytes))
    if len(made.blocks) > limits.max_blocks:
        made.why_body = f"it has {len(made.blocks)} blocks, and {limits.max_blocks} are the most"
    elif any(len(orjson.dumps([block["data"], []])) > limits.max_block_bytes for block in made.blocks):
        made.why_body = f"one of its blocks has more than {limits.max_block_bytes:,} bytes"
    if made.why_body or not made.blocks:
        made.body, made.blocks = here.rewritten(content), []
    return made


def _pieces(blocks: Sequence[WpBlock], here: Here, made: Converted) -> Iterator[Piece]:
    """The blocks here that blocks of WordPress become, one after the other."""
    for block in blocks:
        data = None
        if block.name in FOLDED and _is_mere_frame(block):
            made.unfolded += 1
            yield from _pieces(block.blocks, here, made)
            continue
        if block.name in TEXTS and is_static(block.html):
            yield _text(here.rewritten(without_comments(block.html).strip()))
            continue
        kind, make = MADE.get(block.name, ("", None))
        if make and len(block.html) <= READ_MOST and (data := make(block, here)):
            yield kind, data
        elif block.name == "spacer" and (height := _height(block)):
            yield "spacer", {"heightPx": height}
        else:
            made.kept_as_html[block.name or "classic HTML"] += 1
            yield "html", {"html": here.rewritten(_html(block))}


def _html(block: WpBlock) -> str:
    """The HTML of a block that stays it: with its comments, which say what only WordPress knows to show."""
    if not block.name:
        return with_paragraphs(block.source.strip())
    return block.html.strip() or block.source if block.name in BARE else block.source


def _is_mere_frame(block: WpBlock) -> bool:
    """Whether a block only holds others."""
    html = block.around
    if len(html) > READ_MOST:
        return False
    around = tree_of(html)
    return not around.text and not (around.find("img") or around.find("video") or around.find("iframe"))


def _height(block: WpBlock) -> int:
    """How many pixels a spacer is high, 0 where it is not measured in whole ones that may stand here."""
    height = number(str(block.attributes.get("height", "100px")).removesuffix("px"))
    return height if height in HEIGHTS else 0


def _text(html: str) -> Piece:
    return "text", {"text": {"format": "HTML", "content": html}}


def _joined(pieces: Iterator[Piece], most: int) -> Iterator[Data]:
    """The pieces as blocks: texts that follow each other are one, as long as it is not too large."""
    run: list[str] = []
    size = 0
    for kind, data in pieces:
        html = data["text"]["content"] if kind == "text" else ""
        if kind == "text" and not html:
            continue
        length = len(orjson.dumps(html)) + 2
        if run and (kind != "text" or size + length + ROOM > most):
            yield _block(*_text("\n".join(run)))
            run, size = [], 0
        if kind == "text":
            run.append(html)
            size += length
        else:
            yield _block(kind, data)
    if run:
        yield _block(*_text("\n".join(run)))


def _block(kind: str, data: Data) -> Data:
    return {"type": kind, "data": data}

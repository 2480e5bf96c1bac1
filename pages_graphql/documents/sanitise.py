"""HTML that may be served: an allow-list, and a bound on what it may cost."""

import html
import re

import nh3

from pages_graphql.core.urls import SCHEMES

MAX_MARKUP = 40_000
"""How many `<` a source may have: deep nesting costs the square of it."""

MAX_REFERENCES = 200_000
"""How many `&` a source may have: each costs as much as the text before it."""

MAX_REOPENED = 2_000_000
"""How many elements a source may make the parser open again: the square of a small source otherwise."""

MAX_GROWTH = 20
"""How many times longer than its source sanitised HTML may be."""

_TAGS = """
a abbr acronym b bdi bdo big br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strike strong
sub sup time tt u var wbr
address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
header hgroup hr li main nav ol p pre section summary ul
caption col colgroup table tbody td tfoot th thead tr
audio img source track video
"""
_CELL = {"abbr", "align", "colspan", "headers", "rowspan", "scope", "valign"}
_PLAYER = {"controls", "height", "loop", "muted", "poster", "preload", "src", "width"}

_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    clean_content_tags={
        "iframe",
        "math",
        "noembed",
        "noframes",
        "object",
        "script",
        "style",
        "svg",
        "template",
        "title",
    },
    attributes={
        "*": {"class", "dir", "lang", "title"},
        "a": {"href", "hreflang"},
        "audio": _PLAYER,
        "col": {"span"},
        "colgroup": {"span"},
        "data": {"value"},
        "del": {"datetime"},
        "details": {"open"},
        "img": {"align", "alt", "height", "src", "width"},
        "ins": {"datetime"},
        "li": {"value"},
        "ol": {"reversed", "start", "type"},
        "source": {"src", "type"},
        "td": _CELL,
        "th": _CELL,
        "time": {"datetime"},
        "tr": {"align", "valign"},
        "track": {"default", "kind", "label", "src", "srclang"},
        "video": _PLAYER,
    },
    tag_attribute_values={"a": {"target": {"_blank"}}, "img": {"loading": {"eager", "lazy"}}},
    generic_attribute_prefixes={"aria-"},
    url_schemes=set(SCHEMES),
    link_rel="noopener noreferrer",
)

_REOPENING = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def sanitise(markup: str, source: str | None = None) -> str:
    """The part of `markup` that may be served, well-formed; its source as text where it is too much to parse.

    Kept are text, lists, tables, media and links with relative, http, https, mailto and tel URLs, and classes. Gone are
    scripts, forms, frames, styles, handlers, and `id` and `name`, by which content could shadow what a site's own
    scripts look up. `source` is what `markup` was made of, where that is not HTML. Neither holds lone surrogates.
    """
    if not _is_too_much(markup):
        clean = _CLEANER.clean(markup)
        if len(clean) <= MAX_GROWTH * len(markup):
            return clean
    return paragraphs(markup if source is None else source)


def paragraphs(text: str) -> str:
    """`text` as HTML that shows it: a paragraph where lines are blank between, else a line break for each line."""
    lines = "\n".join(text.splitlines()).strip()
    return "\n".join(f"<p>{_escape(part)}</p>" for part in _BLANK_LINES.split(lines) if part)


def _escape(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def _is_too_much(markup: str) -> bool:
    tags = markup.count("<")
    if tags > MAX_MARKUP or markup.count("&") > MAX_REFERENCES:
        return True
    return tags * len(_REOPENING.findall(markup)) > MAX_REOPENED

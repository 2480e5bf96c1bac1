"""Text as we keep it: slugs, canonical JSON, and what cannot be stored."""

import hashlib
import math
import re
import unicodedata
from typing import TypeAlias, cast

import orjson

SLUG_LENGTH = 255
"""How many characters a slug may have."""

FALLBACK_SLUG = "page"
"""The slug of a title in which there is no letter, number or `_`."""

MAX_DEPTH = 100
"""How deep lists and objects of an input may nest: content adds levels of its own, and JSON is written up to 254."""

INTEGERS = range(-(2**63), 2**64)
"""The whole numbers that canonical JSON can say."""

Path: TypeAlias = tuple[str, ...]

_DOTTED_I = re.compile("i\u0307+")
_HYPHENS = re.compile("-+")
_PLAIN_SLUG = re.compile("[a-z0-9_]+(?:-[a-z0-9_]+)*")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fold(text: str) -> str:
    """`text` as slugs and paths are compared: NFC, lower case, a dotted `i` plain; folding twice changes nothing."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return unicodedata.normalize("NFC", _DOTTED_I.sub("i", lowered))


def normalise_slug(text: str) -> str:
    """The slug that `text` asks for, uncut; empty where it has no letter, number or `_`."""
    if _PLAIN_SLUG.fullmatch(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(char if _in_slug(char) else "-" for char in composed)
    return fold(_HYPHENS.sub("-", kept).strip("-"))


def slug_from(title: str) -> str:
    """A slug of 1 to 255 characters made from `title`, `page` where nothing of it is left."""
    return cut(normalise_slug(title), SLUG_LENGTH).rstrip("-") or FALLBACK_SLUG


def numbered(slug: str, n: int) -> str:
    """`slug` with `-n` behind it, of at most 255 characters."""
    suffix = f"-{n}"
    return cut(slug, SLUG_LENGTH - len(suffix)).rstrip("-") + suffix


def cut(text: str, length: int) -> str:
    """The first `length` characters of `text` at most, no letter parted from its marks unless it is the only one."""
    if len(text) <= length:
        return text
    end = length
    while end > 0 and _is_mark(text[end]):
        end -= 1
    return text[: end or length]


def canonical_json(value: object) -> str:
    """The one JSON text of `value`: keys sorted, no spaces; what `unstorable` finds must have been refused before."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def content_hash(text: str) -> str:
    """The SHA-256 of `text` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def unstorable(value: object) -> list[Path]:
    """The paths in `value` of what cannot be kept, in order of reading; the path of a bad key is its object's.

    That is text (keys too) with U+0000 or a lone surrogate, a whole number outside `INTEGERS`, a number that is not
    finite, and what nests deeper than `MAX_DEPTH`.
    """
    found: list[Path] = []
    waiting: list[tuple[Path, object]] = [((), value)]
    while waiting:
        path, part = waiting.pop()
        inner = _inner(part)
        if _is_bad(part) or (inner and len(path) >= MAX_DEPTH):
            found.append(path)
            continue
        if any(_UNSTORABLE.search(key) for key, _ in inner):
            found.append(path)
        waiting.extend(((*path, key), child) for key, child in reversed(inner) if not _UNSTORABLE.search(key))
    return found


def sort_title(title: str) -> str:
    """What titles are sorted by: `title` in lower case, compared by code point."""
    return title.lower()


def _in_slug(char: str) -> bool:
    return char == "_" or unicodedata.category(char)[0] in "LMN"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _is_bad(part: object) -> bool:
    match part:
        case str():
            return _UNSTORABLE.search(part) is not None
        case int():
            return part not in INTEGERS
        case float():
            return not math.isfinite(part)
        case _:
            return False


def _inner(part: object) -> list[tuple[str, object]]:
    match part:
        case dict():
            return list(cast("dict[str, object]", part).items())
        case list() | tuple():
            return [(str(index), item) for index, item in enumerate(cast("list[object]", part))]
        case _:
            return []

"""Paths: what is asked for, as it is compared, and what is written into a URL."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

from pages_graphql.core.text import fold

MOST_KEPT = 16_384
"""How many paths are kept as they are written into URLs."""

PATH_BYTES = 2_000
"""How many bytes of UTF-8 a path may have."""


def segments(path: str, limit: int = PATH_BYTES) -> tuple[str, ...] | None:
    """The slugs that an asked path names, as they are stored; None where no page can have such a path.

    A query, a fragment and empty segments do not count; each segment is percent-decoded once, after splitting.
    """
    asked = path.partition("#")[0].partition("?")[0]
    found: list[str] = []
    for raw in filter(None, asked.split("/")):
        segment = _segment(raw)
        if segment is None:
            return None
        found.append(segment)
    return tuple(found) if len(join(found).encode()) <= limit else None


def join(slugs: Iterable[str]) -> str:
    """The path of `slugs` from the root: `/a/b`, or `/` for none."""
    return "/" + "/".join(slugs)


@lru_cache(MOST_KEPT)
def encode(path: str) -> str:
    """`path` as a URL writes it: UTF-8, percent-encoded as RFC 3986 says."""
    return quote(path, safe="/")


def _segment(raw: str) -> str | None:
    try:
        decoded = unquote_to_bytes(raw).decode()
    except UnicodeError:
        return None
    if "/" in decoded or "\x00" in decoded or decoded in {".", ".."}:
        return None
    return fold(decoded)

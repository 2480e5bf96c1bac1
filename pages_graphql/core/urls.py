"""URLs that content may hold."""

import re
from urllib.parse import urlsplit, urlunsplit

from pages_graphql.core.paths import encode

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The schemes of URLs in content; a relative URL has none."""

_PATH_QUERY_FRAGMENT = re.compile("[/?#].*")


def safe_url(url: str) -> bool:
    r"""Whether `url` may stand in content: relative, http, https, mailto or tel, and the same to every reader.

    Refused are empty ones, spaces and characters nobody sees (browsers drop some, and `java\tscript:` is back),
    backslashes (browsers read them as `/`) and `//host`, which looks relative and is not.
    """
    if not url or not url.isprintable() or " " in url or "\\" in url or url.startswith("//"):
        return False
    scheme, colon, _ = _PATH_QUERY_FRAGMENT.sub("", url).partition(":")
    return not colon or (scheme.lower() in SCHEMES and _is_whole(url))


def below(url: str, rest: str) -> str:
    """`url` with more of a path behind its own, before its query and fragment."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{encode(rest)}"))


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) if parts.scheme in {"http", "https"} else bool(parts.path)

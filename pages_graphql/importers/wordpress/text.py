"""How WordPress writes things down: titles with markup, slugs percent-encoded, lists serialised by PHP."""

import html
import re
from urllib.parse import unquote, urlsplit

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRING = re.compile(rb's:([0-9]{1,9}):"')
_SHORTCODE = re.compile(r"(?<!\[)\[([A-Za-z][A-Za-z0-9_-]{0,60})((?:\s[^\[\]<>]*)?)/?\]")
_CLOSED_SHORTCODE = re.compile(r"\[/([A-Za-z][A-Za-z0-9_-]{0,60})\]")
_NAMED = re.compile("[-_]")
_SHORTCODES = {"audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"}
_SKIPPED = re.compile(rb"a:[0-9]+:\{|[ibd]:[-+.0-9E]+;|N;|\}|;")


def plain(text: str) -> str:
    """A title or name without its markup, entities decoded, on one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def has_markup(text: str) -> bool:
    """Whether a title loses markup when it is made plain."""
    return _TAG.search(text) is not None


def decoded(slug: str) -> str:
    """A slug as people read it; what is no UTF-8 in it, or U+0000, becomes U+FFFD."""
    return unquote(slug, errors="replace").replace("\0", "\ufffd")


def path_in(site: str, link: str) -> str | None:
    """The decoded path of a link below the site's address; None where the link is a query or lies outside."""
    try:
        address, root = urlsplit(link), urlsplit(site)
    except ValueError:
        return None
    segments, base = _segments(address.path), _segments(root.path)
    if not link or address.query or segments[: len(base)] != base:
        return None
    return "/" + "/".join(decoded(segment) for segment in segments[len(base) :])


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]


def number(text: str) -> int:
    """The number that a text is, 0 where it is none."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else 0


def shortcodes(content: str) -> list[str]:
    """The names of the shortcodes in a text, each once; what merely stands in brackets is none."""
    closed = _SHORTCODES.union(_CLOSED_SHORTCODE.findall(content))
    matches = _SHORTCODE.findall(content)
    return list(dict.fromkeys(name for name, rest in matches if name in closed or _NAMED.search(name) or "=" in rest))


def serialised_strings(value: str) -> list[str]:
    """The strings of a list that PHP serialised; ValueError where it is damaged."""
    data, at, strings = value.encode(), 0, list[str]()
    while at < len(data):
        if found := _STRING.match(data, at):
            end = found.end() + int(found[1])
            if data[end : end + 1] != b'"':
                raise ValueError(f"a string of this list has another length than it says: {value[:80]!r}")
            strings.append(data[found.end() : end].decode())
            at = end + 1
        elif found := _SKIPPED.match(data, at):
            at = found.end()
        else:
            raise ValueError(f"this is no list that PHP serialised: {value[:80]!r}")
    return strings

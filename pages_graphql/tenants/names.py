"""How tenants, channels, prefixes, hosts and base URLs are written."""

import re
from urllib.parse import urlsplit
from uuid import UUID

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PREFIX = re.compile(r"(?:/[a-z0-9-]{1,63})?")
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_PORT = re.compile(r":\d*$")


def is_slug(text: str) -> bool:
    """Whether a tenant or a channel can be called so: 1 to 63 of a-z, 0-9 and hyphens, none at an end, no UUID."""
    if not _SLUG.fullmatch(text):
        return False
    try:
        _ = UUID(text)
    except ValueError:
        return True
    return False


def is_url_prefix(text: str) -> bool:
    """Whether a locale's URLs can begin so: nothing, or one segment."""
    return _PREFIX.fullmatch(text) is not None


def host_name(text: str) -> str | None:
    """A host as it is compared: in lower case, as it is written in DNS, without port; None where it is no host."""
    name = _PORT.sub("", text.strip()).rstrip(".").lower()
    try:
        name = name.encode("idna").decode()
    except UnicodeError:
        return None
    return name if _HOST.fullmatch(name) else None


def is_base_url(text: str) -> bool:
    """Whether a channel's URLs can begin so: http or https, a host, no query and no fragment."""
    try:
        parts = urlsplit(text)
        port_is_fine = parts.port != 0
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not {" ", "?", "#", "@", "\\"} & set(text)
    return plain and port_is_fine and parts.scheme in {"http", "https"} and host_name(parts.netloc) is not None

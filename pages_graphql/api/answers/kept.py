"""An answer that is kept: its bytes, ready to be sent, and what it was made of."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from http import HTTPStatus
from typing import NamedTuple

from starlette.types import Message

from pages_graphql.api.json import dumps
from pages_graphql.api.logs import LOGGER

MOST_TAG_BYTES = 4_096
"""How long the headers that name the tags are at most; longer ones name the kinds only."""

_OF_UNMODIFIED = {b"etag", b"cache-control", b"vary"}

Header = tuple[bytes, bytes]


class Written(NamedTuple):
    """An answer as HTTP/1.1 writes it: the head, which more headers may follow, and the body."""

    head: bytes
    body: bytes


@dataclass(frozen=True, eq=False)
class Kept:
    """An answer with status 200."""

    body: bytes
    headers: Sequence[Header]
    etag: bytes
    tags: frozenset[str]
    tenant: str
    operation: str | None
    born: float
    """When its first read began, by the monotonic clock."""

    @cached_property
    def start(self) -> Message:
        """The head of the whole answer."""
        length = (b"content-length", str(len(self.body)).encode())
        return {"type": "http.response.start", "status": 200, "headers": [length, *self.headers]}

    @cached_property
    def end(self) -> Message:
        """The body of the whole answer."""
        return {"type": "http.response.body", "body": self.body}

    @cached_property
    def unmodified(self) -> Message:
        """The head of the answer to who has it already."""
        headers = [header for header in self.headers if header[0] in _OF_UNMODIFIED]
        return {"type": "http.response.start", "status": 304, "headers": headers}

    @cached_property
    def whole(self) -> Written:
        """The whole answer."""
        return Written(_written(self.start), self.body)

    @cached_property
    def unchanged(self) -> Written:
        """The answer to who has it already."""
        return Written(_written(self.unmodified), b"")

    @property
    def facts(self) -> dict[str, object]:
        """What the log says of each request that gets it."""
        return {"tenant": self.tenant, "operation": self.operation, "kind": "query", "cache": "hit"}

    @cached_property
    def line(self) -> str:
        """The same as the end of a line of JSON."""
        return dumps({**self.facts, "event": "request", "level": "info", "logger": LOGGER}).decode()[1:]

    def is_known(self, if_none_match: bytes) -> bool:
        """Whether a caller says that it has this answer."""
        if not if_none_match or if_none_match == self.etag:
            return bool(if_none_match)
        known = {tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")}
        return self.etag in known or b"*" in known


NO_BODY: Message = {"type": "http.response.body", "body": b""}


def _written(start: Message) -> bytes:
    status = HTTPStatus(start["status"])
    lines = [b"HTTP/1.1 %d %b" % (status, status.phrase.encode()), *(b"%b: %b" % header for header in start["headers"])]
    return b"\r\n".join([*lines, b""])


def headers_of(body: bytes, media_type: str, further: Iterable[Header]) -> list[Header]:
    """The headers of an answer that may be kept, here and elsewhere."""
    digest = blake2b(body, digest_size=15, key=media_type.encode()).digest()
    return [
        (b"content-type", f"{media_type}; charset=utf-8".encode()),
        (b"etag", b'"' + base64.urlsafe_b64encode(digest) + b'"'),
        *further,
    ]


def may_answer(cache_control: str) -> bool:
    """Whether shared caches may answer without asking: only those have to be told what to forget."""
    directives = {directive.strip().lower() for directive in cache_control.split(",")}
    return directives.isdisjoint({"no-cache", "no-store", "private"})


def tag_headers(tags: Iterable[str]) -> list[Header]:
    """The headers that name tags, for caches to be purged by: Cloudflare's and Fastly's."""
    names = _named(sorted(tags))
    return [(b"cache-tag", ",".join(names).encode()), (b"surrogate-key", " ".join(names).encode())]


def _named(tags: Sequence[str]) -> Sequence[str]:
    """The tags as headers name them; of too many only the tenant's own: whoever purges that, purges all."""
    if sum(map(len, tags)) + len(tags) <= MOST_TAG_BYTES:
        return tags
    return [tag for tag in tags if ":" not in tag or tag.startswith("tenant:")]

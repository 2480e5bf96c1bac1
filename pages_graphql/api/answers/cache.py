"""The answers that a process keeps: the latest used, within so many bytes, each until one of its tags is dropped."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeAlias
from uuid import UUID

from pages_graphql.api.answers.kept import Kept, headers_of, may_answer, tag_headers
from pages_graphql.core import tags
from pages_graphql.core.tenancy import Tenant

UNHEARD_S = 1.0
"""Seconds for which an answer is kept while other processes are not heard."""

_OVERHEAD = 1_500  # bytes of an answer besides its body and its question, measured
_OVERHEAD_OF_A_TAG = 250
_LARGEST = 8  # an answer takes an eighth of the room at most

Space: TypeAlias = tuple[Tenant, str, str | None, str]
"""Whose content is seen how: the tenant's facts, the locale, the channel, and the media type of the answer."""

Key: TypeAlias = tuple[Space, bytes]
"""A space, and the question as it came: a body, or a query string behind a question mark."""


@dataclass(eq=False)
class Making:
    """An answer on its way: whoever makes it says what it is made of."""

    cache: "AnswerCache"
    key: Key
    born: float
    dropped: set[str] = field(default_factory=set[str])
    """What was dropped since its first read began."""
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def tenant(self) -> Tenant:
        """Whose content it shows."""
        return self.key[0][0]

    def keep(self, body: bytes, made_of: Iterable[str], operation: str | None) -> Kept | None:
        """The answer, kept; None where something that it was made of was dropped since its first read began."""
        whole = tags.of_tenant(self.tenant.id)
        names = frozenset((whole, *made_of))
        if not self.dropped.isdisjoint(names):
            return None
        told = tag_headers(names) if self.cache.tells_tags else ()
        headers = headers_of(body, self.key[0][3], (*self.cache.headers, *told))
        kept = Kept(body, headers, dict(headers)[b"etag"], names, self.tenant.slug, operation, self.born)
        self.cache.put(self.key, kept)
        return kept


class AnswerCache:
    """Answers by question, and by what they were made of."""

    def __init__(self, most_bytes: int, *, cache_control: str, vary: str) -> None:
        """Keep nothing yet; the two headers are those of every answer that may be kept."""
        self.bytes = self.hits = self.unmodified = self.misses = self.stored = self.dropped = self.evicted = 0
        self._most_bytes = most_bytes
        self.headers = ((b"cache-control", cache_control.encode()), (b"vary", vary.encode()))
        self.tells_tags = may_answer(cache_control)
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._by_tag: defaultdict[tuple[UUID, str], set[Key]] = defaultdict(set)
        self._under_way: set[Making] = set()
        self._flights: dict[Key, Making] = {}
        self._trusted_until = 0.0

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def find(self, key: Key, now: float) -> Kept | None:
        """The answer to a question, where one is kept that nothing can have made stale by now."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if now > self._trusted_until and now - kept.born > UNHEARD_S:
            self._forget(key)
            return None
        self._kept.move_to_end(key)
        return kept

    def flight(self, key: Key) -> Making | None:
        """Who makes the answer to this very question at the moment."""
        return self._flights.get(key)

    def begin(self, key: Key) -> Making:
        """Make an answer; `end` says that it is done, come of it what may. Nothing was read for it yet."""
        self.misses += 1
        making = Making(self, key, monotonic())
        self._under_way.add(making)
        _ = self._flights.setdefault(key, making)
        return making

    def end(self, making: Making) -> None:
        """Let those go on who waited for it."""
        self._under_way.discard(making)
        if self._flights.get(making.key) is making:
            del self._flights[making.key]
        making.done.set()

    def drop(self, tenant: UUID, names: Iterable[str]) -> None:
        """Forget the answers of a tenant that were made of any of these."""
        stale = {tags.ALL, *names}
        for making in self._under_way:
            if making.tenant.id == tenant:
                making.dropped |= stale
        for name in stale:
            for key in [*self._by_tag.get((tenant, name), ())]:
                self._forget(key)
                self.dropped += 1

    def drop_everything(self) -> None:
        """Forget all answers."""
        for making in self._under_way:
            making.dropped.add(tags.of_tenant(making.tenant.id))
        self.dropped += len(self._kept)
        self._kept.clear()
        self._by_tag.clear()
        self.bytes = 0

    @property
    def is_trusted(self) -> bool:
        """Whether what others make stale is heard."""
        return monotonic() < self._trusted_until

    def trust(self, until: float) -> None:
        """Keep answers until then, however old: what others make stale is heard."""
        self._trusted_until = until

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer, and forget those that were not asked for the longest where there is no room; a huge one is not kept."""
        size = _size(key, kept)
        if size * _LARGEST > self._most_bytes:
            return
        self._forget(key)
        self._kept[key] = kept
        for name in kept.tags:
            self._by_tag[key[0][0].id, name].add(key)
        self.bytes += size
        self.stored += 1
        while self.bytes > self._most_bytes:
            self._forget(next(iter(self._kept)))
            self.evicted += 1

    def _forget(self, key: Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is None:
            return
        self.bytes -= _size(key, kept)
        for name in kept.tags:
            keys = self._by_tag[key[0][0].id, name]
            keys.discard(key)
            if not keys:
                del self._by_tag[key[0][0].id, name]


def _size(key: Key, kept: Kept) -> int:
    """How many bytes of memory an answer takes, about."""
    headers = sum(len(value) for _, value in kept.headers)
    return _OVERHEAD + len(kept.body) + len(key[1]) + headers + _OVERHEAD_OF_A_TAG * len(kept.tags)

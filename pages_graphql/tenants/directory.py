"""Tenants, found by what a request says; known for a moment without asking again."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from pages_graphql.core.tenancy import Tenant
from pages_graphql.storage.database import Database
from pages_graphql.tenants import repository
from pages_graphql.tenants.names import host_name, is_slug

FRESH_S = 1.5
"""Seconds for which an answer holds, “there is none” too."""

MOST = 1_000
"""How many answers are remembered, and of how many tenants the object."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Bounded(Generic[K, V]):
    """The latest thousand things that were put in."""

    def __init__(self) -> None:
        self._items: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        return self._items.get(key)

    def put(self, key: K, value: V) -> None:
        self._items[key] = value
        self._items.move_to_end(key)
        if len(self._items) > MOST:
            _ = self._items.popitem(last=False)


class Tenants:
    """The tenants of a database: one object per state of each, so that the same object means the same facts."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Know none yet."""
        self._database = database
        self._clock = clock
        self._known = _Bounded[UUID, Tenant]()
        self._answers = _Bounded[tuple[object, Hashable], tuple[float, Tenant | None]]()
        self._asking: dict[tuple[object, Hashable], asyncio.Task[Tenant | None]] = {}

    async def named(self, name: str) -> Tenant | None:
        """The tenant with this id, else with this slug."""
        try:
            id_ = UUID(name)
        except ValueError:
            return await self.by_slug(name)
        return await self._find(repository.by_id, id_)

    async def by_slug(self, slug: str) -> Tenant | None:
        """The tenant with this slug."""
        return await self._find(repository.by_slug, slug) if is_slug(slug) else None

    async def by_host(self, host: str) -> Tenant | None:
        """The tenant whose host this is, with or without a port."""
        name = host_name(host)
        return await self._find(repository.by_host, name) if name else None

    async def _find(self, lookup: Callable[[AsyncConnection, K], Awaitable[Tenant | None]], key: K) -> Tenant | None:
        answer = self._answers.get((lookup, key))
        if answer and self._clock() - answer[0] < FRESH_S:
            return answer[1]
        same = lookup, key
        if same not in self._asking:
            self._asking[same] = asyncio.create_task(self._ask(lookup, key))
            self._asking[same].add_done_callback(lambda _: self._asking.pop(same))
        return await asyncio.shield(self._asking[same])  # others wait for it, whatever becomes of this one

    async def _ask(self, lookup: Callable[[AsyncConnection, K], Awaitable[Tenant | None]], key: K) -> Tenant | None:
        asked_at = self._clock()
        async with self._database.connect() as connection:
            found = await lookup(connection, key)
        tenant = found and self._same(found)
        self._answers.put((lookup, key), (asked_at, tenant))
        return tenant

    def _same(self, found: Tenant) -> Tenant:
        """The object we have of this state of the tenant, else the new one."""
        known = self._known.get(found.id)
        if known and _facts(known) == _facts(found):
            found = known
        self._known.put(found.id, found)
        return found


def _facts(tenant: Tenant) -> tuple[object, ...]:
    return tenant.id, tenant.slug, tenant.name, tenant.locales, tenant.channels, tenant.is_enabled, tenant.block_types

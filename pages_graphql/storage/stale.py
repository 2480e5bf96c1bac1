"""What a transaction made of what caches have: gathered while it runs, told when it is kept."""

import secrets
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Protocol
from uuid import UUID

from sqlalchemy import String, bindparam, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from pages_graphql.core import tags
from pages_graphql.storage.pending import Pending
from pages_graphql.storage.prepared import keep

CHANNEL = "pages_answers"
"""Where PostgreSQL tells it."""

MOST_TAGS = 5_000
"""How many tags are dropped one by one; where more are stale, all of the tenant is."""

_MOST_BYTES = 7_900  # of a notice: PostgreSQL takes 7,999
_WRITES = 2**31 - 1  # SQLite's user_version has 32 bits
_NOTIFY = keep(select(func.pg_notify(CHANNEL, bindparam("notice", type_=String()))))
_STALE = "stale tags by tenant"
_OWN = "names of this write"


class Keeper(Protocol):
    """Whoever keeps answers that writes can make stale."""

    def drop(self, tenant: UUID, names: Iterable[str]) -> None:
        """Forget all that has one of these tags."""
        ...

    def drop_everything(self) -> None:
        """Forget all."""
        ...

    def trust(self, until: float) -> None:
        """Believe until then, by the monotonic clock, that nothing is stale that was not dropped."""
        ...


def mark(session: AsyncSession, tenant: UUID, names: Iterable[str]) -> None:
    """Tags that are stale when the session's transaction is kept."""
    found: dict[str, None] = session.info.setdefault(_STALE, {}).setdefault(tenant, {})
    found.update(dict.fromkeys(names))


def marked(session: AsyncSession) -> Mapping[UUID, list[str]]:
    """The stale tags of each tenant."""
    found: Mapping[UUID, Mapping[str, None]] = session.info.get(_STALE, {})
    return {id: _bounded(id, names) for id, names in found.items() if names}


def _bounded(tenant: UUID, names: Mapping[str, None]) -> list[str]:
    whole = tags.of_tenant(tenant)
    return [whole] if whole in names or len(names) > MOST_TAGS else [*names]


class Notices:
    """Tells other processes what a write made stale, and knows which notices are this process's own."""

    def __init__(self, *, is_sqlite: bool) -> None:
        """Nothing was told yet."""
        self.own: set[str] = set()
        self._is_sqlite = is_sqlite
        self._process = secrets.token_hex(8)
        self._numbers = count()

    async def tell(self, session: AsyncSession, pending: Pending) -> None:
        """Let others hear of the session's transaction when it is kept: the last thing before that, and once."""
        if _OWN not in session.info and (stale := marked(session)):
            names = session.info.setdefault(_OWN, [])
            if self._is_sqlite:
                names.append(await self._count(session))
            else:
                names += [self._notify(pending, tenant, tags) for tenant, tags in stale.items()]
        await pending.send()

    def disown(self, session: AsyncSession) -> None:
        """Take what a transaction told, which failed or may have, for a stranger's."""
        self.own.difference_update(session.info.get(_OWN, ()))

    async def _count(self, session: AsyncSession) -> str:
        """Number the write in the file itself; while it is on its way nobody else can take the number."""
        connection = await session.connection()
        last: int = (await connection.exec_driver_sql("PRAGMA user_version")).scalar_one()
        number = (last + 1) % _WRITES
        _ = await connection.exec_driver_sql(f"PRAGMA user_version = {number}")
        self.own.add(str(number))
        return str(number)

    def _notify(self, pending: Pending, tenant: UUID, names: list[str]) -> str:
        name = f"{self._process}.{next(self._numbers)}"
        notice = " ".join((name, str(tenant), *names))
        if len(notice) > _MOST_BYTES:
            notice = f"{name} {tenant} {tags.of_tenant(tenant)}"
        pending.change(_NOTIFY, {"notice": notice})
        self.own.add(name)
        return name

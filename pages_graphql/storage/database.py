"""The database: where it is, how it is opened, and the two ways in, `Read` and `Work`."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID
from weakref import WeakSet

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from pages_graphql.core.access import Actor
from pages_graphql.core.errors import busy
from pages_graphql.core.limits import Limits
from pages_graphql.core.tenancy import Tenant
from pages_graphql.core.view import EVERYTHING, Part, View
from pages_graphql.storage.direct import SESSION, Direct, PostgreSQLDriver, SQLiteDriver
from pages_graphql.storage.gathering import Gathering
from pages_graphql.storage.pending import Pending, send_first
from pages_graphql.storage.read import Read
from pages_graphql.storage.revision_cache import RevisionCache
from pages_graphql.storage.stale import Keeper, Notices, marked
from pages_graphql.storage.work import Work

PATIENCE_S = 10
"""Seconds that a write waits for another before it gives up."""

_BUSY = {"55P03", "40P01", "40001"}  # lock_timeout, deadlock, serialization: PostgreSQL's appendix A


class Database:
    """An engine, and the rules of reading and writing through it."""

    def __init__(self, url: str, *, pool_size: int = 10, limits: Limits | None = None) -> None:
        """Open nothing yet; `url` is sqlite+aiosqlite:///file or postgresql+psycopg://…."""
        self.limits = limits or Limits()
        self.is_sqlite = url.startswith("sqlite")
        options: dict[str, Any] = {"connect_args": {"timeout": PATIENCE_S}}
        if not self.is_sqlite:
            options = {
                "connect_args": {
                    "options": f"-c lock_timeout={PATIENCE_S * 1000} {SESSION}",
                    "connect_timeout": PATIENCE_S,
                },
                "pool_pre_ping": True,
            }
        self.engine = create_async_engine(
            url, pool_size=pool_size, max_overflow=pool_size, hide_parameters=True, **options
        )
        self._reading = self._frozen = self.engine
        self._writing = asyncio.Lock()
        self.keepers: WeakSet[Keeper] = WeakSet()
        self.notices = Notices(is_sqlite=self.is_sqlite)
        if self.is_sqlite:
            prepare_sqlite(self.engine)
        else:
            self._reading = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            self._frozen = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self.revisions = RevisionCache()
        forget = self.revisions.sources.forget_all
        driver = (
            SQLiteDriver(self.engine)
            if self.is_sqlite
            else PostgreSQLDriver(self.engine, pool_size, PATIENCE_S, on_break=forget)
        )
        self.gathering = Gathering(self._read)
        self.direct = Direct(driver, self._reading)
        send_first(self.engine, self.direct)

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[AsyncConnection]:
        """A connection to read with: on SQLite one snapshot, on PostgreSQL one per statement."""
        async with self._reading.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncGenerator[AsyncConnection]:
        """A connection that sees everything as it is at its first statement, however long it reads."""
        async with self._frozen.connect() as connection:
            yield connection

    @asynccontextmanager
    async def read(
        self, view: View, parts: frozenset[Part] = EVERYTHING, tags: set[str] | None = None
    ) -> AsyncGenerator[Read]:
        """Read through a View: each statement sees what was kept before it began; `tags` hears what the answer is made of."""
        yield self._read(view, parts, tags)

    def _read(self, view: View, parts: frozenset[Part], tags: set[str] | None = None) -> Read:
        return Read(self.direct, view, self.revisions, tags, parts)

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession]:
        """A transaction that writes: kept as a whole, or not at all."""
        session = AsyncSession(self.engine, expire_on_commit=False)
        try:
            async with self._turn(), session, session.begin():
                if self.is_sqlite:
                    _ = await session.connection(execution_options={"writes": True})
                yield session
                await self.notices.tell(session, Pending(session, self.direct))
        except BaseException as error:
            self.notices.disown(session)
            if isinstance(error, DBAPIError) and is_busy(error):
                raise busy() from error
            raise
        finally:
            self._drop(marked(session))

    def _drop(self, stale: Mapping[UUID, Iterable[str]]) -> None:
        """Let those who keep answers forget what was written over, before whoever wrote it is answered."""
        for tenant, names in stale.items():
            for keeper in self.keepers:
                keeper.drop(tenant, names)

    @asynccontextmanager
    async def begin(self, tenant: Tenant, actor: Actor, *, trace: str = "") -> AsyncGenerator[Work]:
        """One use case of one actor in one tenant: one transaction."""
        async with self.session() as session, self.work(session, tenant, actor, trace=trace) as work:
            yield work

    @asynccontextmanager
    async def work(
        self, session: AsyncSession, tenant: Tenant, actor: Actor, *, trace: str = ""
    ) -> AsyncGenerator[Work]:
        """What one actor does in one tenant within a transaction; all of it is sent at the end."""
        pending = Pending(session, self.direct)
        yield Work(session, pending, tenant, actor, trace=trace, limits=self.limits)
        await self.notices.tell(session, pending)

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None]:
        """On SQLite writers of this process wait in line here, where waiting costs nothing."""
        if not self.is_sqlite:
            yield
            return
        try:
            async with asyncio.timeout(PATIENCE_S):
                _ = await self._writing.acquire()
        except TimeoutError:
            raise busy() from None
        try:
            yield
        finally:
            self._writing.release()

    async def close(self) -> None:
        """Close all connections."""
        await self.direct.close()
        await self.engine.dispose()


def prepare_sqlite(engine: AsyncEngine, *, foreign_keys: bool = True) -> None:
    """Make SQLite keep its promises: foreign keys, WAL, and transactions that begin where we say."""

    def on_connect(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            f"busy_timeout={PATIENCE_S * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        _ = connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)


def is_busy(error: DBAPIError) -> bool:
    """Whether a statement failed because another held what it needed for too long."""
    return getattr(error.orig, "sqlstate", None) in _BUSY or "database is locked" in str(error.orig)

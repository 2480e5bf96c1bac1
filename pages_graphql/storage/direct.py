"""Reading straight from the drivers what is asked again and again; all else goes through SQLAlchemy."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from time import thread_time
from typing import Any, Protocol, TypeVarTuple, cast
from weakref import WeakKeyDictionary

import psycopg
from psycopg import AsyncRawCursor
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncEngine

from pages_graphql.storage.prepared import Prepared, is_kept
from pages_graphql.storage.read import OnConnection

Columns = TypeVarTuple("Columns")

SHORT_S = 0.005
"""Seconds of CPU that a statement may keep the event loop; a longer one is run anew in a thread."""

STEPS = 1_000
"""How many instructions of SQLite's machine pass between two looks at the clock."""


class TookTooLong(Exception):
    """A statement was stopped, because others wait."""


class Driver(Protocol):
    """A database's own way in."""

    async def run(self, text: str, arguments: Sequence[object]) -> Sequence[Sequence[Any]]:
        """What a statement gives; TookTooLong where it should go another way."""
        ...

    async def close(self) -> None:
        """Let go of it."""
        ...


class Direct:
    """Runs statements that are made once on the driver itself, others through an engine; each is its own transaction."""

    def __init__(self, driver: Driver, engine: AsyncEngine) -> None:
        """Prepare nothing yet."""
        self.listeners: list[Callable[[str], None]] = []
        self._driver = driver
        self._engine = engine
        self._prepared = WeakKeyDictionary[Select[*tuple[Any, ...]], Prepared]()

    async def rows(self, statement: Select[*Columns], values: Mapping[str, Any]) -> Sequence[Row[*Columns]]:
        """Every row of a statement."""
        if not is_kept(statement):
            return await self._rows(statement, values)
        prepared = self._prepared.get(statement)
        if prepared is None:
            prepared = self._prepared[statement] = Prepared(statement, self._engine.dialect)
        try:
            found = await self._driver.run(prepared.text, prepared.arguments(values))
        except TookTooLong:
            return await self._rows(statement, values)
        for listener in self.listeners:
            listener(prepared.text)
        return cast("list[Row[*Columns]]", prepared.rows(found))

    async def _rows(self, statement: Select[*Columns], values: Mapping[str, Any]) -> Sequence[Row[*Columns]]:
        async with self._engine.connect() as connection:
            return await OnConnection(connection).rows(statement, values)

    async def close(self) -> None:
        """Close the driver's connections."""
        await self._driver.close()


class SQLiteDriver:
    """Short statements run in the event loop, on a connection that only reads: a thread would take ten times as long."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Open nothing yet."""
        self._file = engine.url.database or ""
        self._connection: sqlite3.Connection | None = None
        self._until = 0.0

    async def run(self, text: str, arguments: Sequence[object]) -> Sequence[Sequence[Any]]:
        """What a statement gives; TookTooLong where it takes longer than others should wait."""
        connection = self._connection or self._opened()
        self._until = thread_time() + SHORT_S
        try:
            return connection.execute(text, arguments).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in {sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY}:
                raise TookTooLong from None
            raise

    async def close(self) -> None:
        """Close the connection."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=0, isolation_level=None, cached_statements=1_000)
        _ = connection.execute("PRAGMA query_only=ON")
        connection.set_progress_handler(self._is_late, STEPS)
        self._connection = connection
        return connection

    def _is_late(self) -> bool:
        return thread_time() > self._until


class PostgreSQLDriver:
    """Connections of psycopg that read, each statement by itself; broken ones are replaced."""

    def __init__(self, engine: AsyncEngine, size: int, patience_s: int) -> None:
        """Open nothing yet, and never more than so many."""
        _, options = engine.dialect.create_connect_args(engine.url)
        zone = f"{options.pop('options', '')} -c timezone=UTC"
        kwargs = {
            **options,
            "options": zone,
            "autocommit": True,
            "cursor_factory": AsyncRawCursor,
            "connect_timeout": patience_s,
        }
        self._pool = AsyncConnectionPool(
            kwargs=kwargs, min_size=1, max_size=size, open=False, timeout=patience_s, name="reading"
        )
        self._opening = asyncio.Lock()

    async def run(self, text: str, arguments: Sequence[object]) -> Sequence[Sequence[Any]]:
        """What a statement gives; once more where its connection broke, as all do when the server starts anew."""
        if self._pool.closed:
            await self._open()
        try:
            return await self._run(text, arguments)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            await self._pool.check()
            return await self._run(text, arguments)

    async def _run(self, text: str, arguments: Sequence[object]) -> Sequence[Sequence[Any]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(text.encode(), arguments)
            return await cursor.fetchall()

    async def _open(self) -> None:
        async with self._opening:
            if self._pool.closed:
                await self._pool.open()

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.close()

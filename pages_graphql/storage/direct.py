"""Reading straight from the drivers what is asked again and again; all else goes through SQLAlchemy."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from time import thread_time
from typing import Any, NamedTuple, Protocol, TypeVarTuple, cast
from weakref import WeakKeyDictionary

import psycopg
from psycopg import AsyncRawCursor
from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from pages_graphql.storage.prepared import Kept, Prepared, is_kept
from pages_graphql.storage.read import OnConnection

Columns = TypeVarTuple("Columns")

SHORT_S = 0.005
"""Seconds of CPU that a statement may keep the event loop; a longer one is run anew in a thread."""

STEPS = 1_000
"""How many instructions of SQLite's machine pass between two looks at the clock."""

SESSION = " ".join(
    f"-c {setting}"
    for setting in (
        "timezone=UTC",
        "jit=off",
        "plan_cache_mode=force_generic_plan",
        "enable_seqscan=off",
        "max_parallel_workers_per_gather=0",
    )
)
"""What connections to PostgreSQL are set to.

Statements here are short, and take longer to compile, to plan or to hand to other processes than to run; and each is a
tenant's, so that it need never read a whole table.
"""


class TookTooLong(Exception):
    """A statement was stopped, because others wait."""


class Sent(NamedTuple):
    """A statement as a driver takes it, and the arguments of each time that it is run."""

    text: str
    runs: list[Sequence[object]]


class Driver(Protocol):
    """A database's own way in."""

    async def run(self, text: str, arguments: Sequence[object]) -> Sequence[Sequence[Any]]:
        """What a statement gives; TookTooLong where it should go another way."""
        ...

    async def together(self, connection: Any, statements: Sequence[Sent]) -> list[Sequence[Sequence[Any]]]:
        """What some statements give, sent in one go on a connection that somebody else has opened, in its transaction."""
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
        self._prepared = WeakKeyDictionary[Kept, Prepared]()

    async def rows(self, statement: Select[*Columns], values: Mapping[str, Any]) -> Sequence[Row[*Columns]]:
        """Every row of a statement."""
        if not is_kept(statement):
            return await self._rows(statement, values)
        prepared = self.prepared(statement)
        try:
            found = await self._driver.run(prepared.text, prepared.arguments(values))
        except TookTooLong:
            return await self._rows(statement, values)
        for listener in self.listeners:
            listener(prepared.text)
        return cast("list[Row[*Columns]]", prepared.rows(found))

    def prepared(self, statement: Kept) -> Prepared:
        """A statement that is made once, as the driver takes it."""
        prepared = self._prepared.get(statement)
        if prepared is None:
            prepared = self._prepared[statement] = Prepared(statement, self._engine.dialect)
        return prepared

    async def together(self, connection: Any, statements: Sequence[Sent]) -> list[Sequence[Sequence[Any]]]:
        """What some statements give on a connection of the engine, in its transaction; fails as the engine does."""
        try:
            found = await self._driver.together(connection, statements)
        except (psycopg.Error, sqlite3.Error) as error:
            base = psycopg.Error if isinstance(error, psycopg.Error) else sqlite3.Error
            raise DBAPIError.instance(statements[-1].text, None, error, base, hide_parameters=True) from error
        for listener in self.listeners:
            for statement in statements:
                listener(statement.text)
        return found

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

    async def together(self, connection: Any, statements: Sequence[Sent]) -> list[Sequence[Sequence[Any]]]:
        """What some statements give: all of them in one visit to the connection's thread, since they may wait for a lock."""

        def run() -> list[Sequence[Sequence[Any]]]:
            opened: sqlite3.Connection = connection._conn  # noqa: SLF001 -- aiosqlite takes one statement a visit
            return [_run(opened, statement) for statement in statements]

        return await connection._execute(run)  # noqa: SLF001

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


def _run(connection: sqlite3.Connection, statement: Sent) -> Sequence[Sequence[Any]]:
    if len(statement.runs) > 1:
        return connection.executemany(*statement).fetchall()
    return connection.execute(statement.text, statement.runs[0]).fetchall()


class PostgreSQLDriver:
    """Connections of psycopg that read, each statement by itself; broken ones are replaced."""

    def __init__(self, engine: AsyncEngine, size: int, patience_s: int, on_break: Callable[[], None]) -> None:
        """Open nothing yet, and never more than so many; `on_break` hears of broken connections, before anything is asked on others."""
        _, options = engine.dialect.create_connect_args(engine.url)
        settings = f"{options.pop('options', '')} {SESSION}"
        kwargs = {
            **options,
            "options": settings,
            "autocommit": True,
            "cursor_factory": AsyncRawCursor,
            "connect_timeout": patience_s,
        }
        self._pool = AsyncConnectionPool(
            kwargs=kwargs, min_size=1, max_size=size, open=False, timeout=patience_s, name="reading"
        )
        self._opening = asyncio.Lock()
        self._on_break = on_break

    async def run(self, text: str, arguments: Sequence[object]) -> Sequence[Sequence[Any]]:
        """What a statement gives; once more where its connection broke, as all do when the server starts anew."""
        if self._pool.closed:
            await self._open()
        try:
            return await self._run(text, arguments)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            self._on_break()
            await self._pool.check()
            return await self._run(text, arguments)

    async def _run(self, text: str, arguments: Sequence[object]) -> Sequence[Sequence[Any]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(text.encode(), arguments)
            return await cursor.fetchall()

    async def together(self, connection: Any, statements: Sequence[Sent]) -> list[Sequence[Sequence[Any]]]:
        """What some statements give; sent one behind the other, without waiting for what each answers."""
        cursors: list[AsyncRawCursor[Any]] = []
        has_begun = connection.info.transaction_status is not TransactionStatus.IDLE
        async with nullcontext() if has_begun and len(statements) == 1 else connection.pipeline():
            for text, runs in statements:
                cursors.append(AsyncRawCursor(connection))
                if len(runs) == 1:
                    _ = await cursors[-1].execute(text.encode(), runs[0])
                else:
                    await cursors[-1].executemany(text.encode(), runs)
        return [await cursor.fetchall() if cursor.description else [] for cursor in cursors]

    async def _open(self) -> None:
        async with self._opening:
            if self._pool.closed:
                await self._pool.open()

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.close()

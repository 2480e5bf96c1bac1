"""Hearing what other processes write: PostgreSQL tells what is stale, SQLite that something is."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from time import monotonic
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import URL

from pages_graphql.storage.database import Database
from pages_graphql.storage.stale import CHANNEL, Keeper, Notices

BEAT_S = 0.4
"""Seconds after which we look whether we would still hear."""

FRESH_S = 1.0
"""Seconds for which a look holds: an answer is stale no longer than that, whatever breaks."""

_log = structlog.stdlib.get_logger(__name__)


@asynccontextmanager
async def listening(database: Database, keeper: Keeper) -> AsyncGenerator[None]:
    """Drop meanwhile what other processes make stale."""
    task = asyncio.create_task(_listen(database, keeper))
    try:
        yield
    finally:
        _ = task.cancel()
        _ = await asyncio.wait([task])


async def _listen(database: Database, keeper: Keeper) -> None:
    """Drop what others make stale, until cancelled; all there is, where something may have been missed."""
    hear = _sqlite if database.is_sqlite else _postgresql
    while True:
        try:
            await hear(database.engine.url, database.notices, keeper)
        except (psycopg.Error, sqlite3.Error, OSError) as error:
            _log.warning(
                "other processes are not heard: answers are kept for a second only", reason=type(error).__name__
            )
        await asyncio.sleep(BEAT_S)


async def _postgresql(url: URL, notices: Notices, keeper: Keeper) -> None:
    conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await psycopg.AsyncConnection.connect(conninfo, autocommit=True, connect_timeout=10)
    async with connection:
        _ = await connection.execute(f"LISTEN {CHANNEL}".encode())
        notices.own.clear()
        keeper.drop_everything()
        while True:
            asked = monotonic()
            async with asyncio.timeout(FRESH_S):
                _ = await connection.execute("SELECT 1")
            keeper.trust(asked + FRESH_S)
            async for notice in connection.notifies(timeout=BEAT_S):
                _hear(notice.payload, notices, keeper)


def _hear(notice: str, notices: Notices, keeper: Keeper) -> None:
    name, tenant, *names = notice.split(" ")
    if name in notices.own:
        notices.own.discard(name)
    else:
        keeper.drop(UUID(tenant), names)


async def _sqlite(url: URL, notices: Notices, keeper: Keeper) -> None:
    with closing(sqlite3.connect(f"file:{url.database}?mode=rw", uri=True, isolation_level=None)) as connection:
        known = _look(connection)
        notices.own.clear()
        keeper.drop_everything()
        while True:
            asked = monotonic()
            seen = _look(connection)
            if _is_strange(known, seen, notices):
                keeper.drop_everything()
            known = seen
            keeper.trust(asked + FRESH_S)
            await asyncio.sleep(BEAT_S)


def _look(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many writes were numbered, and SQLite's own word on whether others wrote: both of one moment."""
    _ = connection.execute("BEGIN")
    writes: int = connection.execute("PRAGMA user_version").fetchone()[0]
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    _ = connection.execute("COMMIT")
    return writes, version


def _is_strange(known: tuple[int, int], seen: tuple[int, int], notices: Notices) -> bool:
    """Whether anybody but this process wrote; who writes without a number is taken for a stranger."""
    writes = {str(number) for number in range(known[0] + 1, seen[0] + 1)}
    strange = not writes <= notices.own or seen[0] < known[0] or (not writes and seen[1] != known[1])
    notices.own -= {number for number in notices.own if int(number) <= seen[0]}
    return strange

"""Empty databases to measure on: a file of SQLite, and a PostgreSQL that keeps what it says it has written."""

import tempfile
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Literal

from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from tests.postgres import serve

Kind = Literal["SQLite", "PostgreSQL"]
KINDS: tuple[Kind, ...] = ("SQLite", "PostgreSQL")

AS_IN_PRODUCTION = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}


@contextmanager
def addresses(kind: Kind) -> Iterator[Callable[[str], str]]:
    """What makes new databases of any name and says where they are; they go when nobody needs them."""
    if kind == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield lambda name: f"sqlite+aiosqlite:///{folder}/{name}.db"
    else:
        with serve(**AS_IN_PRODUCTION) as server:
            server.wait()
            yield server.create


@contextmanager
def address(kind: Kind) -> Iterator[str]:
    """Where a new database is, which goes when nobody needs it."""
    with addresses(kind) as create:
        yield create("measured")


@asynccontextmanager
async def new_database(kind: Kind) -> AsyncGenerator[Database]:
    """A new database with all tables."""
    with address(kind) as url:
        await migrations.upgrade(url)
        database = Database(url)
        yield database
        await database.close()

"""Databases of a test's own, where nobody else's rows are."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from tests.postgres import Postgres


@asynccontextmanager
async def empty_database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    """A database of this kind with no tenant."""
    name = f"own_{uuid4().hex}"
    postgres: Postgres | None = request.getfixturevalue("postgres") if engine == "postgresql" else None
    url = postgres.create(name) if postgres else f"sqlite+aiosqlite:///{tmp_path}/{name}.db"
    await migrations.upgrade(url)
    database = Database(url)
    yield database
    await database.close()
    if postgres:
        postgres.drop(name)

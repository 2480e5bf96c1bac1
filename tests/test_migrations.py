"""The migrations, on both databases, empty and with data in them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from tests.postgres import Postgres

ID = UUID(int=1)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
VALUES: dict[type[Any], Any] = {UUID: ID, int: 1, bool: True, str: "1", datetime: NOW}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/var/pages.db"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    name = f"migrations_{uuid4().hex}"
    yield postgres.create(name)
    postgres.drop(name)


async def fill(url: str) -> None:
    """One row in every table: its ids and numbers are all the same, so that every foreign key finds its row."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            kinds = {c.name: getattr(c.type, "impl_instance", c.type).python_type for c in table.columns}
            await connection.execute(table.insert(), {name: VALUES[kind] for name, kind in kinds.items()})
    await engine.dispose()


async def tables(url: str) -> dict[str, int]:
    """Every table, and how many rows it has."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names: list[str] = await connection.run_sync(_table_names)
        found = {name: (await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one() for name in names}
    await engine.dispose()
    return found


def _table_names(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


async def test_a_filled_database_goes_down_and_up_again(url: str) -> None:
    await migrations.upgrade(url)
    await fill(url)
    made = await tables(url)
    assert set(made.values()) == {1}, "the models know all tables"

    await migrations.downgrade(url, "base")
    assert await tables(url) == {"alembic_version": 0}

    await migrations.upgrade(url)
    assert await tables(url) == {name: int(name == "alembic_version") for name in made}
    await fill(url)
    assert await tables(url) == made


async def test_migrating_twice_changes_nothing(url: str) -> None:
    await migrations.upgrade(url)
    await fill(url)
    made = await tables(url)
    await migrations.upgrade(url)
    assert await tables(url) == made


async def test_the_migrations_build_what_the_models_describe(url: str) -> None:
    await migrations.upgrade(url)
    assert await migrations.compare(url) is None


async def test_postgresql_plans_for_the_largest_tenant_of_every_table(postgres: Postgres) -> None:
    name = f"migrations_{uuid4().hex}"
    await migrations.upgrade(url := postgres.create(name))
    engine = create_async_engine(url)
    told = "SELECT attrelid::regclass::text FROM pg_attribute WHERE attname = 'tenant_id' AND attoptions = '{n_distinct=1}'"
    async with engine.connect() as connection:
        found = set((await connection.execute(text(told))).scalars())
    await engine.dispose()
    postgres.drop(name)
    assert found == {table.name for table in SQLModel.metadata.tables.values() if "tenant_id" in table.columns}


async def test_the_check_sees_a_table_that_has_no_migration(url: str) -> None:
    await migrations.upgrade(url)
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE outbox ADD COLUMN surplus INTEGER"))
    await engine.dispose()
    assert "surplus" in str(await migrations.compare(url))


async def test_the_check_needs_no_database() -> None:
    assert await migrations.drift() is None


async def test_a_database_knows_its_revision(url: str) -> None:
    await migrations.upgrade(url)
    database = Database(url)
    assert await migrations.current(database) == migrations.newest()
    await migrations.downgrade(url, "base")
    assert await migrations.current(database) is None
    await database.close()


async def test_an_unknown_revision_changes_nothing(url: str) -> None:
    await migrations.upgrade(url)
    await fill(url)
    made = await tables(url)
    with pytest.raises(migrations.MigrationFailed, match="nonsense"):
        await migrations.downgrade(url, "nonsense")
    assert await tables(url) == made


async def test_on_sqlite_a_migration_that_would_leave_rows_pointing_nowhere_is_undone(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/pages.db"
    await migrations.upgrade(url)
    await fill(url)
    engine = create_async_engine(url)  # without the pragma, SQLite lets rows point nowhere
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM page_revision"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    await engine.dispose()
    with pytest.raises(migrations.MigrationFailed, match="page_revision"):
        await migrations.upgrade(url)

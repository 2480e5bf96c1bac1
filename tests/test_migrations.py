"""The migrations, on both databases, empty and with data in them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from pages_graphql.importers.model import ImportSource
from pages_graphql.menus.model import Menu, MenuBinding, MenuPublication, MenuRevision
from pages_graphql.pages.model import Page, PagePublication, PageRevision
from pages_graphql.routes.model import Route, SlugClaim
from pages_graphql.storage import migrations
from pages_graphql.storage.columns import Table
from pages_graphql.storage.database import Database
from pages_graphql.storage.outbox import Outbox
from pages_graphql.tenants.model import Tenant, TenantChannel, TenantHost, TenantLocale
from tests.postgres import Postgres

TENANT, PAGE, MENU = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/var/pages.db"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    with postgres.clone("template1") as address:
        yield address


def rows() -> list[Table]:
    """One row of every table, pointing at each other as they do in life."""
    tenant: dict[str, Any] = {"tenant_id": TENANT}
    moment: dict[str, Any] = {"created_at": NOW}
    revision: dict[str, Any] = {
        "number": 1,
        "content": "{}",
        "content_hash": "",
        "stamps": "{}",
        "rendered": "{}",
        "renderer": 1,
    }
    document: dict[str, Any] = {
        "draft_revision": 1,
        "live_revision": 1,
        "last_revision": 1,
        "updated_at": NOW,
        **moment,
    }
    publication: dict[str, Any] = {"number": 1, "revision": 1, "from_at": NOW}
    return [
        Tenant(id=TENANT, slug="demo", name="Demo", **moment),
        TenantLocale(**tenant, locale="en", position=0, is_default=True),
        TenantChannel(**tenant, slug="web", position=0, name="Web", is_default=True),
        TenantHost(**tenant, host="example.com"),
        Page(**tenant, id=PAGE, is_home=True, **document),
        PageRevision(**tenant, page_id=PAGE, **revision, **moment),
        PagePublication(**tenant, page_id=PAGE, **publication),
        Menu(**tenant, id=MENU, handle="main", **document),
        MenuRevision(**tenant, menu_id=MENU, **revision, **moment),
        MenuPublication(**tenant, menu_id=MENU, **publication),
        MenuBinding(**tenant, location="HEADER", menu_id=MENU),
        SlugClaim(**tenant, locale="en", slug="home", page_id=PAGE, in_draft=True, in_live=True),
        Route(**tenant, locale="en", path="/", page_id=PAGE, is_current=True, changed_at=NOW),
        Outbox(**tenant, id=UUID(int=4), type="t", subject=PAGE, sequence=1, time=NOW, data="{}"),
        ImportSource(**tenant, source="wordpress:a", kind="page", source_id="1", target_id=PAGE, hash=""),
    ]


async def fill(url: str) -> None:
    database = Database(url)
    async with database.session() as session:
        for row in rows():
            session.add(row)
            await session.flush()
    await database.close()


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
    assert set(made.values()) == {1}, "a table is missing in rows()"

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

"""Reading straight from the drivers: the same rows as SQLAlchemy gives, and no request waits for another's."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Boolean, DateTime, Integer, Select, String, Uuid, bindparam, cast, column, func, literal, select
from sqlalchemy import text as sql_text
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

from pages_graphql.core.view import Part
from pages_graphql.pages.model import Page
from pages_graphql.storage import direct, migrations
from pages_graphql.storage.columns import Moment, col
from pages_graphql.storage.database import Database
from pages_graphql.storage.prepared import Prepared, keep
from pages_graphql.storage.read import OnConnection
from tests.postgres import Postgres
from tests.world import ANONYMOUS, World, new_world, recorded

TENANT = bindparam("tenant", type_=Uuid())
COLUMNS = (
    col(Page.id),
    col(Page.parent_id),
    col(Page.created_at),
    col(Page.published_at),
    col(Page.archived_at),
    col(Page.is_home),
    col(Page.version),
    literal("it's 50 %", String()).label("said"),
    literal(datetime(2026, 1, 2, 3, 4, 5, 678, UTC), Moment()).label("moment"),
    literal(False, Boolean()).label("no"),
    cast(col(Page.position), Integer).label("id"),
)
PAGES = keep(select(*COLUMNS).where(col(Page.tenant_id) == TENANT).order_by(col(Page.created_at), col(Page.id)))


async def test_a_statement_that_is_kept_gives_the_rows_that_sqlalchemy_gives(world: World) -> None:
    top = await world.page("Top")
    await world.page("Below", parentId=top, publish=False)
    values = {"tenant": world.tenant.id}
    async with world.database.connect() as connection:
        expected = await OnConnection(connection).rows(PAGES, values)
    found = await world.database.direct.rows(PAGES, values)
    assert [tuple(row) for row in found] == [tuple(row) for row in expected]
    assert len(found) == 2
    assert [type(value) for value in found[1]] == [type(value) for value in expected[1]]
    assert found[0].said == "it's 50 %"


async def test_times_are_right_whatever_the_time_zone_of_the_server_is(postgres: Postgres) -> None:
    url = postgres.create("elsewhere")
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ALTER DATABASE elsewhere SET timezone TO 'Asia/Tokyo'")
    await migrations.upgrade(url)
    database = Database(url)
    before = datetime.now(UTC)
    async with new_world(database) as world:
        page = await world.page("Page")
        shown = await world.ask("query ($id: ID!) { page(id: $id) { publishedAt } }", id=page)
        async with database.connect() as connection:
            rows = [*await OnConnection(connection).rows(PAGES, {"tenant": world.tenant.id})]
        rows += await database.direct.rows(PAGES, {"tenant": world.tenant.id})
    await database.close()
    after = datetime.now(UTC)
    assert before <= datetime.fromisoformat(shown["page"]["publishedAt"]) <= after
    assert shown["page"]["publishedAt"].endswith(("Z", "+00:00"))
    assert all(before <= row.published_at <= after for row in rows)


def long(name: str) -> Select[*tuple[int]]:
    """A statement that counts for longer than others should wait."""
    numbers = select(literal(1, Integer()).label("n")).cte(name, recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 300_000))
    return keep(select(func.count()).select_from(numbers))


async def test_a_long_statement_leaves_the_loop_and_gives_the_same(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/pages.db")
    statements: list[str] = []
    statement = long("numbers")
    with recorded(database, statements):
        assert (await database.direct.rows(statement, {}))[0][0] == 300_000
    assert len(statements) == 1
    driver = direct.SQLiteDriver(database.engine)
    prepared = Prepared(statement, database.engine.dialect)
    with pytest.raises(direct.TookTooLong):
        await driver.run(prepared.text, prepared.arguments({}))
    await driver.close()
    await database.close()


async def test_a_connection_that_reads_cannot_write(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/pages.db"
    await migrations.upgrade(url)
    database = Database(url)
    driver = direct.SQLiteDriver(database.engine)
    with pytest.raises(Exception, match="readonly"):
        await driver.run("DELETE FROM page", [])
    await driver.close()
    await database.close()


async def test_a_server_that_was_away_is_found_again(postgres: Postgres) -> None:
    url = postgres.create("away")
    await migrations.upgrade(url)
    database = Database(url)
    async with new_world(database) as world:
        page = await world.page("Page")
        query = "query ($id: ID!) { page(id: $id) { title } }"
        for _ in range(3):
            await world.ask(query, ANONYMOUS, id=page)
        look, sources = (world.view(ANONYMOUS), frozenset([Part.DOCUMENT])), database.revisions.sources
        shown = sources.of(look)
        assert shown.by_document
        with psycopg.connect(postgres.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'")
        assert (await world.ask(query, ANONYMOUS, id=page))["page"]["title"] == "Page"
        assert sources.of(look) is not shown  # another server may have numbered another change alike
    await database.close()


def test_a_statement_whose_text_depends_on_its_values_is_not_kept() -> None:
    statement = select(column("n", DateTime())).where(column("n").in_([1, 2])).select_from(sql_text("numbers"))
    with pytest.raises(ValueError, match="no statement to keep"):
        Prepared(statement, SQLiteDialect_aiosqlite())

"""What PostgreSQL knows of how much there is, where no autovacuum counts."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import text

from pages_graphql.importers.bundle.export import export_bundle
from pages_graphql.importers.bundle.target import Destination
from pages_graphql.importers.bundle.write import import_bundle
from pages_graphql.storage.statistics import Growth
from tests.databases import empty_database
from tests.importers.importer import Importer
from tests.importers.large import write_large
from tests.world import World, new_world

UNCOUNTED = -1


@pytest.fixture
async def alone(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[World]:
    """A world in a database of its own."""
    async with empty_database("postgresql", request, tmp_path) as database, new_world(database) as world:
        yield world


async def counted(world: World, table: str = "page") -> int:
    """How many rows PostgreSQL takes a table for."""
    async with world.database.connect() as connection:
        found = await connection.execute(
            text("SELECT reltuples FROM pg_class WHERE relname = :table"), {"table": table}
        )
        return int(found.scalar_one())


async def test_tables_are_counted_when_there_is_much_and_each_time_that_there_is_twice_as_much(alone: World) -> None:
    growth, told = Growth(alone.database), list[int]()
    for pages in (99, 100, 199, 200):
        _ = await alone.page(f"Page {pages}")
        await growth.reached(pages)
        told.append(await counted(alone))
    assert told == [UNCOUNTED, 2, 2, 4]


async def test_a_wordpress_import_has_the_tables_counted(alone: World, tmp_path: Path) -> None:
    _ = await Importer(alone, tmp_path).bring(path=write_large(tmp_path / "large.xml", 120), posts=True)
    assert await counted(alone) >= 100
    assert await counted(alone, "route") >= 50


async def test_a_bundle_has_the_tables_counted_with_what_it_brings(alone: World, tmp_path: Path) -> None:
    _ = await alone.page("Page")
    path = tmp_path / "bundle.jsonl"
    await export_bundle(alone.database, alone.tenant, path, lambda *_: None)
    assert await counted(alone) == UNCOUNTED
    _ = await import_bundle(alone.database, path, Destination("copy"), lambda *_: None)
    assert (await counted(alone), await counted(alone, "slug_claim")) == (2, 2)

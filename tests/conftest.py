"""What every test can ask for."""

import sys
from collections.abc import AsyncGenerator, Generator

import pytest

from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from tests.world import World, new_world

pytest_plugins = ["tests.postgres", "tests.scheduling"]

ENGINES = ["sqlite", "postgresql"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Measure no coverage of tests that are marked so; pytest-cov's own `no_cover` does not reach workers of xdist."""
    trace = sys.gettrace() if item.get_closest_marker("thousandfold") else None
    if trace is None:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(trace)


@pytest.fixture(scope="session", params=ENGINES)
async def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Database]:
    """An empty database of each kind, one for all tests of a worker: each makes a tenant of its own in it."""
    if request.param == "sqlite":
        url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('database')}/pages.db"
    else:
        postgres = request.getfixturevalue("postgres")
        url = postgres.create(f"worker_{tmp_path_factory.getbasetemp().name.replace('-', '_')}")
    await migrations.upgrade(url)
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
async def world(database: Database) -> AsyncGenerator[World]:
    """A tenant with the locales en, de and ru, and the channels web and app."""
    async with new_world(database) as world:
        yield world

"""A rich tenant in each database, made once for all questions."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from pages_graphql.storage.database import Database
from tests.engine.rich import furnish
from tests.world import World, new_world

Rich = tuple[World, dict[str, list[Any]]]


@pytest.fixture(scope="session")
async def rich(database: Database) -> AsyncGenerator[Rich]:
    """A tenant with something of everything, and the values that questions about it can use."""
    async with new_world(database) as world:
        yield world, await furnish(world)

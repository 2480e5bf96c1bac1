"""Types of block that a tenant makes: registered with a JSON Schema, loaded with the tenant."""

import json
from typing import Any
from uuid import uuid4

import pytest

from pages_graphql.core.errors import Refused
from pages_graphql.core.tenancy import BlockType
from pages_graphql.pages.block_data import DATA
from pages_graphql.storage.database import Database
from pages_graphql.tenants.block_types import MAX_TYPES, add_block_type
from pages_graphql.tenants.directory import Tenants
from tests.world import World

SCHEMA = json.dumps({"type": "object", "required": ["a"]})


async def add(database: Database, tenant: str, **changes: str) -> None:
    new = {"name": "recipe", "description": "A dish.", "json_schema": SCHEMA, **changes}
    await add_block_type(database, tenant, BlockType(**new), reserved=DATA)


async def refused(database: Database, tenant: str, **changes: str) -> list[tuple[str, list[str]]]:
    with pytest.raises(Refused) as caught:
        await add(database, tenant, **changes)
    return [(problem.code, problem.path) for problem in caught.value.problems]


async def loaded(database: Database, slug: str) -> tuple[BlockType, ...]:
    """The types of block that a request of the tenant knows."""
    tenant = await Tenants(database).by_slug(slug)
    assert tenant
    return tenant.block_types


async def test_a_type_is_loaded_with_its_tenant(world: World) -> None:
    slug = world.tenant.slug
    assert await loaded(world.database, slug) == ()
    await add(world.database, slug)
    await add(world.database, slug, name="a_1", description="Another.")
    assert await loaded(world.database, slug) == (
        BlockType("a_1", "Another.", SCHEMA),
        BlockType("recipe", "A dish.", SCHEMA),
    )


async def test_a_type_that_is_there_gets_the_new_schema(world: World) -> None:
    slug = world.tenant.slug
    await add(world.database, slug)
    await add(world.database, slug, description="A better dish.", json_schema="{}")
    assert await loaded(world.database, slug) == (BlockType("recipe", "A better dish.", "{}"),)


async def test_a_new_schema_is_known_to_a_running_server_when_its_facts_are_old(world: World) -> None:
    times = iter(range(0, 1_000, 10))
    tenants = Tenants(world.database, clock=lambda: next(times))
    before = await tenants.by_slug(world.tenant.slug)
    assert before is await tenants.by_slug(world.tenant.slug)
    await add(world.database, world.tenant.slug)
    after = await tenants.by_slug(world.tenant.slug)
    assert after
    assert [type.name for type in after.block_types] == ["recipe"]


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        *(({"name": name}, [["name"]]) for name in ("", "Recipe", "1a", "_a", "a-b", "a" * 64, "rezept\n", "ä")),
        *(({"name": name}, [["name"]]) for name in DATA),
        *(({"description": text}, [["description"]]) for text in ("", "a\nb", "x" * 1_001)),
        ({"json_schema": "nothing"}, [["jsonSchema"]]),
        ({"json_schema": '{"items": {"$ref": "https://x.example"}}'}, [["jsonSchema", "items", "$ref"]]),
        ({"name": "A", "json_schema": "[]"}, [["jsonSchema"], ["name"]]),
    ],
)
async def test_a_wrong_type_is_refused(world: World, changes: Any, paths: Any) -> None:
    found = await refused(world.database, world.tenant.slug, **changes)
    assert found == [("VALIDATION_ERROR", path) for path in paths]
    assert await loaded(world.database, world.tenant.slug) == ()


async def test_a_type_of_no_tenant_is_refused(database: Database) -> None:
    assert await refused(database, uuid4().hex) == [("TENANT_NOT_FOUND", ["tenant"])]


async def test_a_tenant_has_so_many_types_at_most(world: World) -> None:
    for n in range(MAX_TYPES):
        await add(world.database, world.tenant.slug, name=f"t{n}")
    assert await refused(world.database, world.tenant.slug, name="more") == [("VALIDATION_ERROR", ["name"])]
    await add(world.database, world.tenant.slug, name="t0", description="Changed.")

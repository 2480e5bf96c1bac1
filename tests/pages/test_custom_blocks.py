"""Blocks of types that a tenant made: checked by its schema, shown whole."""

import json
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest

from pages_graphql.core.tenancy import BlockType
from pages_graphql.storage.database import Database
from tests.world import ADMIN, ANONYMOUS, World, new_world

SCHEMA = {
    "type": "object",
    "properties": {
        "minutes": {"type": "integer", "minimum": 1},
        "steps": {"type": "array", "items": {"type": "string", "minLength": 1}},
        "source": {"type": "string", "format": "uri"},
        "chef": {"type": "object", "properties": {"name": {"type": "string"}, "pageId": {"type": "string"}}},
    },
    "required": ["minutes"],
    "additionalProperties": False,
}
RECIPE = BlockType("recipe", "A dish to cook.", json.dumps(SCHEMA))
BLOCKS = """query ($id: ID!, $locale: String) { page(id: $id, locale: $locale) {
    blocks { __typename type data sharedData overrides { locale data } } } }"""
TYPES = "{ pageBlockTypes { name description jsonSchema isCustom } }"


@pytest.fixture
async def kitchen(database: Database) -> AsyncGenerator[World]:
    """A tenant that has a type of block for recipes."""
    async with new_world(database, block_types=(RECIPE, BlockType("ad", "An ad.", "{}"))) as world:
        yield world


def recipe(**data: Any) -> dict[str, Any]:
    return {"type": "recipe", "data": data}


async def blocks(world: World, page: str, **given: Any) -> list[dict[str, Any]]:
    return (await world.ask(BLOCKS, given.pop("actor", ANONYMOUS), id=page, **given))["page"]["blocks"]


async def test_what_the_schema_takes_is_shown_whole(kitchen: World) -> None:
    data = {"minutes": 20, "steps": ["Cut", "Cook"], "source": "https://food.example/1", "chef": {"name": "A"}}
    page = await kitchen.page(blocks=[recipe(**data), {"type": "ad", "data": {"any": [1, {"thing": True}]}}])
    hidden = {"sharedData": None, "overrides": None}
    assert await blocks(kitchen, page) == [
        {"__typename": "PageCustomBlock", "type": "recipe", "data": data, **hidden},
        {"__typename": "PageCustomBlock", "type": "ad", "data": {"any": [1, {"thing": True}]}, **hidden},
    ]
    (shown, _) = await blocks(kitchen, page, actor=ADMIN)
    assert (shown["sharedData"], shown["overrides"]) == (data, [])


async def test_each_fault_by_the_schema_is_told_at_its_place(kitchen: World) -> None:
    wrong = [
        recipe(),
        recipe(minutes=0, steps=["Cut", ""], more=1),
        recipe(minutes=1, source="javascript:alert(1)"),
        {**recipe(minutes=1), "overrides": [{"locale": "de", "data": {"minutes": None}}]},
        {**recipe(minutes=1), "overrides": [{"locale": "de", "data": {"chef": {"name": 1}}}]},
        recipe(minutes=1, steps=["x" * 66_000]),
    ]
    texts = [{"locale": "en", "title": "P"}]
    found = await kitchen.problems("createPage", translations=texts, blocks=wrong)
    assert [(code, path[1:]) for code, path in found] == [
        ("VALIDATION_ERROR", path)
        for path in (
            ["0", "data", "minutes"],
            ["1", "data", "minutes"],
            ["1", "data", "steps", "1"],
            ["1", "data", "more"],
            ["2", "data", "source"],
            ["3", "overrides", "0", "data", "minutes"],
            ["4", "overrides", "0", "data", "chef", "name"],
            ["5", "data"],
        )
    ]


async def test_overrides_are_merged_into_it(kitchen: World) -> None:
    given = {
        **recipe(minutes=5, steps=["Cut"], chef={"name": "A"}),
        "overrides": [{"locale": "de", "data": {"steps": ["Schneiden"], "chef": None}}],
    }
    texts = [{"locale": "en", "title": "E"}, {"locale": "de", "title": "D"}]
    page = await kitchen.page(translations=texts, blocks=[given])
    (english,), (german,) = [await blocks(kitchen, page, locale=locale) for locale in ("en", "de")]
    assert english["data"] == {"minutes": 5, "steps": ["Cut"], "chef": {"name": "A"}}
    assert german["data"] == {"minutes": 5, "steps": ["Schneiden"]}


async def test_page_ids_in_it_are_links(kitchen: World) -> None:
    chef = await kitchen.page("Chef")
    page = await kitchen.page(blocks=[recipe(minutes=1, chef={"pageId": chef})])
    query = "query ($id: ID!) { page(id: $id) { referencedBy { nodes { path source { ... on Page { id } } } } } }"
    found = (await kitchen.ask(query, ANONYMOUS, id=chef))["page"]["referencedBy"]["nodes"]
    assert found == [{"path": ["blocks", "0", "data", "chef", "pageId"], "source": {"id": page}}]


async def test_a_type_is_its_tenants_alone(kitchen: World, world: World) -> None:
    mine = (await kitchen.ask(TYPES, ANONYMOUS))["pageBlockTypes"]
    assert [(type["name"], type["isCustom"]) for type in mine[15:]] == [("ad", True), ("recipe", True)]
    assert mine[16] == {"name": "recipe", "description": "A dish to cook.", "jsonSchema": SCHEMA, "isCustom": True}
    theirs = (await world.ask(TYPES, ANONYMOUS))["pageBlockTypes"]
    assert theirs == mine[:15]
    texts = [{"locale": "en", "title": "P"}]
    refused = await world.problems("createPage", translations=texts, blocks=[recipe(minutes=1)])
    assert refused == [("VALIDATION_ERROR", ["blocks", "0", "type"])]


async def test_blocks_of_a_type_that_is_gone_are_still_read_and_published(kitchen: World) -> None:
    page = await kitchen.page(blocks=[recipe(minutes=1), recipe(minutes=2)], publish=False)
    kitchen.tenant = replace(kitchen.tenant, block_types=())

    await kitchen.do("publishPage", id=page)
    await kitchen.do("updatePage", id=page, translations=[{"locale": "en", "title": "New"}])

    assert [(shown["__typename"], shown["data"]) for shown in await blocks(kitchen, page)] == [
        ("PageCustomBlock", {"minutes": 1}),
        ("PageCustomBlock", {"minutes": 2}),
    ]
    assert await kitchen.problems("updatePage", id=page, blocks=[recipe(minutes=1)]) == [
        ("VALIDATION_ERROR", ["blocks", "0", "type"])
    ]

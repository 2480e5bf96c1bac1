"""Seeds: the same content for the same number."""

from typing import Any

import pytest

from pages_graphql.core.errors import Refused
from pages_graphql.seeding import Invented, seed
from pages_graphql.storage.database import Database
from tests.world import ADMIN, World, new_world

PAGES = """query ($after: String) { pages(first: 100, after: $after, stage: DRAFT) { pageInfo { hasNextPage endCursor } nodes {
    status path depth availableLocales blocks { type data } translations { locale title path body { html } } } } }"""
MENU = "query ($handle: String!) { menuByHandle(handle: $handle) { itemCount status items { label url children { url } } } }"


def ignore(step: str, done: int, total: int) -> None:
    pass


async def everything(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        part = (await world.ask(PAGES, ADMIN, after=after))["pages"]
        found += part["nodes"]
        after = part["pageInfo"]["endCursor"]
        if not part["pageInfo"]["hasNextPage"]:
            for page in found:
                for block in page["blocks"]:
                    block.pop("id", None)
            return found


async def test_the_same_seed_makes_the_same_and_another_makes_other(database: Database) -> None:
    made: list[Any] = []
    for number in (7, 7, 8):
        async with new_world(database) as world:
            await seed(database, world.tenant, 40, number, ignore)
            made.append(await everything(world))
    assert made[0] == made[1]
    assert made[0] != made[2]


async def test_a_seed_is_deep_localized_and_has_blocks_drafts_and_menus(world: World) -> None:
    steps: list[tuple[str, int, int]] = []
    await seed(world.database, world.tenant, 60, 1, lambda *step: steps.append(step))
    pages = await everything(world)
    assert len(pages) == 60
    assert max(page["depth"] for page in pages) == 4
    assert {"hero", "text"} <= {block["type"] for page in pages for block in page["blocks"]}
    assert {len(page["availableLocales"]) for page in pages} == {1, 2, 3}
    assert {page["status"] for page in pages} == {"PUBLISHED", "DRAFT"}
    menu = (await world.ask(MENU, handle="seed-1-0"))["menuByHandle"]
    assert menu["itemCount"] > 40
    assert menu["items"][0]["children"]
    assert steps[-2:] == [("pages", 60, 60), ("menus", 1, 1)]


async def test_a_seed_that_is_there_is_refused(world: World) -> None:
    await seed(world.database, world.tenant, 2, 1, ignore)
    with pytest.raises(Refused, match="seed-1"):
        await seed(world.database, world.tenant, 2, 1, ignore)
    assert len(await everything(world)) == 2


def test_no_page_is_live_under_one_that_is_not(world: World) -> None:
    invented = Invented(world.tenant, 3)
    for n in range(1, 500):
        parent = invented.parent(n)
        assert parent is not None
        assert invented.is_live(parent) or not invented.is_live(n)

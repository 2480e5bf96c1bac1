"""Seeds: the same content for the same number."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from sqlmodel import SQLModel, col, delete, select

from pages_graphql.core.errors import Refused
from pages_graphql.core.inputs import parse
from pages_graphql.core.limits import Limits
from pages_graphql.documents.references import Reference
from pages_graphql.pages.commands import CreatePage
from pages_graphql.pages.model import Page, PagePublication, PageRevision, PageText
from pages_graphql.pages.service.create import create_page
from pages_graphql.routes.model import Route, SlugClaim
from pages_graphql.seeding import SEEDER, seed
from pages_graphql.seeding.invented import Invented
from pages_graphql.storage.database import Database
from pages_graphql.storage.outbox import Outbox
from tests.pages.test_rebuild import rebuilt
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


@asynccontextmanager
async def one_by_one(database: Database, pages: int, seed: int) -> AsyncGenerator[World]:
    """A tenant whose pages were made by the use case."""
    async with new_world(database) as world:
        invented, ids = Invented(world.tenant, seed), list[str]()
        for n in range(pages):
            async with database.begin(world.tenant, SEEDER) as work:
                parent = invented.parent(n)
                given = {"parentId": None if parent is None else ids[parent], **invented.page(n)}
                ids.append(str((await create_page(work, parse(CreatePage, given))).id))
        yield world


MADE = (Page, PageRevision, PagePublication, PageText, SlugClaim, Route, Reference, Outbox)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


async def kept(world: World) -> dict[str, list[str]]:
    """All rows of pages, without what is another each time: a page's id is its slug here, other ids and times are words."""
    async with world.database.connect() as connection:
        slugs = select(col(PageText.page_id), col(PageText.slug)).where(col(PageText.tenant_id) == world.tenant.id)
        names = {str(id): slug for id, slug in await connection.execute(slugs.where(col(PageText.locale) == "en"))}
        found: dict[str, list[str]] = {}
        for table in MADE:
            rows = await connection.execute(
                select(*SQLModel.metadata.tables[table.__tablename__].columns).where(
                    col(table.tenant_id) == world.tenant.id
                )
            )
            found[table.__tablename__] = sorted(plain(row._asdict(), names) for row in rows)
    return found


def plain(row: dict[str, Any], names: dict[str, str]) -> str:
    said = {name: value for name, value in row.items() if not name.endswith("_hash")}
    for name in {"content", "rendered", "data"} & set(said):
        said[name] = orjson.loads(said[name])
    for block in said.get("rendered", {}).pop("blocks", {}).values():
        said["rendered"].setdefault("texts", []).append(block)
    if "rendered" in said:
        said["rendered"].get("texts", []).sort(key=str)
    if "data" in said:
        said["data"]["paths"].sort(key=str)
    text = TIME.sub("a time", orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode())
    return ID.sub(lambda id: names.get(id[0], "an id"), text)


async def test_what_is_written_at_once_is_what_the_use_cases_write(database: Database) -> None:
    async with one_by_one(database, 25, 4) as one, new_world(database) as many:
        await seed(database, many.tenant, 25, 4, ignore)
        async with database.session() as session:
            await session.exec(
                delete(Outbox).where(col(Outbox.tenant_id) == many.tenant.id, col(Outbox.type).contains("menu"))
            )
            await session.exec(delete(Reference).where(col(Reference.tenant_id) == many.tenant.id))
        slow, fast = await kept(one), await kept(many)
        for name in slow:
            assert fast[name] == slow[name], name
        assert await rebuilt(many, mend=False) == {}


async def test_a_path_that_another_seed_left_behind_is_taken_over(world: World) -> None:
    await seed(world.database, world.tenant, 8, 1, ignore)
    root = (await world.ask('{ pageBySlug: route(path: "/seed-1") { ... on PageRoute { page { id } } } }'))[
        "pageBySlug"
    ]
    for mutation in ("unpublishPage", "deletePage"):
        payload = await world.do(mutation, id=root["page"]["id"], withDescendants=True)
        assert payload["problems"] == []
    menu = (await world.ask('{ menuByHandle(handle: "seed-1-0") { id } }'))["menuByHandle"]["id"]
    for mutation in ("unpublishMenu", "deleteMenu"):
        assert (await world.do(mutation, id=menu))["problems"] == []
    await seed(world.database, world.tenant, 8, 1, ignore)
    assert await rebuilt(world, mend=False) == {}
    assert len(await everything(world)) == 8


async def test_more_pages_than_may_stand_below_each_other_are_refused(world: World) -> None:
    shallow = Database(str(world.database.engine.url), limits=Limits(max_tree_depth=3))
    with pytest.raises(Refused, match="at most 3 deep, and so many would stand 4 deep"):
        await seed(shallow, world.tenant, 14, 1, ignore)
    await shallow.close()


def test_no_page_is_live_under_one_that_is_not(world: World) -> None:
    invented = Invented(world.tenant, 3)
    for n in range(1, 500):
        parent = invented.parent(n)
        assert parent is not None
        assert invented.is_live(parent) or not invented.is_live(n)

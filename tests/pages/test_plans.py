"""How databases find what is asked for: by an index, however many pages a tenant has."""

import re
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from itertools import count
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from pages_graphql.seeding import seed
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from tests.world import ADMIN, World, new_world

PAGES = 1_500
SEEDED = "page|page_revision|page_text|slug_claim|route"
TABLES = f"{SEEDED}|redirect|reference"
TEXTS = [{"locale": "en", "title": "Page"}, {"locale": "de", "title": "Seite"}, {"locale": "ru", "title": "Страница"}]
WRITES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("createPage", {"translations": TEXTS, "publish": True}),
    ("updatePage", {"translations": [{"locale": "en", "title": "Other"}]}),
    ("publishPage", {}),
    ("changePageSlug", {"locale": "en", "slug": "other"}),
    ("unpublishPage", {}),
    ("deletePage", {}),
)
READS = """query ($id: ID!) {
    page(id: $id) { path ancestors { title path } breadcrumbs { title } alternates { path } children(first: 5) { nodes { title } } }
    pageBySlug(slug: "below", parentId: $id) { title path }
    route(path: "/about/below") { __typename }
    gone: route(path: "/nowhere") { __typename }
    home: pageByPath(path: "/") { title }
}"""


@asynccontextmanager
async def counted(world: World, request: pytest.FixtureRequest) -> AsyncGenerator[World]:
    """A world that databases can count: SQLite does not, PostgreSQL counts one with many pages and nobody else's."""
    if world.database.is_sqlite:
        yield world
        return
    url = request.getfixturevalue("postgres").create(f"plans_{uuid4().hex}")
    await migrations.upgrade(url)
    database = Database(url)
    async with new_world(database) as alone:
        await seed(database, alone.tenant, PAGES, 1, lambda *_: None)
        yield alone
    await database.close()


async def test_pages_and_slugs_are_found_by_an_index_however_many_the_tenant_has(
    world: World, request: pytest.FixtureRequest
) -> None:
    async with counted(world, request) as alone:
        await _are_found(alone)


async def _are_found(world: World) -> None:
    page, asked = await world.page("About"), set[str]()
    _ = await world.page("Below", parentId=page)
    for stage in ("LIVE", "DRAFT"):
        _ = await world.ask(READS, ADMIN, world.view(ADMIN, stage=stage), id=page)
        asked |= set(world.statements)
    page = await world.page("Alone")
    for mutation, given in WRITES:
        payload = await world.do(mutation, **(given if mutation == "createPage" else {"id": page, **given}))
        assert payload["problems"] == []
        asked |= set(world.statements)
    statements = sorted(statement for statement in asked if re.match("SELECT|WITH|INSERT|UPDATE|DELETE", statement))
    looks = (_looks_of_sqlite if world.database.is_sqlite else _looks_of_postgresql)(world, statements)
    assert sum(map(len, looks.values())) > 50
    whole = re.compile(r"SCAN|Seq Scan|(?<!uq_page_home) \(tenant_id=\?\)")
    slow = {statement: look for statement, all in looks.items() for look in all if whole.search(look)}
    assert slow == {}


def _looks_of_sqlite(world: World, statements: list[str]) -> dict[str, list[str]]:
    """The looks of each statement into tables that grow with the pages, with the columns that are looked for."""
    looks: dict[str, list[str]] = {}
    with closing(sqlite3.connect(world.database.engine.url.database or "")) as connection:
        for statement in statements:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?"))
            looks[statement] = [row[3] for row in plan if re.match(rf"(SCAN|SEARCH) ({TABLES})\b", row[3])]
    return looks


def _looks_of_postgresql(world: World, statements: list[str]) -> dict[str, list[str]]:
    """The same, in the plan for whatever values."""
    url = world.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    looks: dict[str, list[str]] = {}
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.RawCursor) as connection:
        _ = connection.execute("ANALYZE")
        for statement in statements:
            number = count(1)
            text = re.sub(r"%\(\w+\)s", lambda _, number=number: f"${next(number)}", statement)
            [[[plan]]] = connection.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {text}".encode())
            looks[statement] = [*_scans(plan["Plan"])]
    return looks


def _scans(node: dict[str, Any]) -> Iterator[str]:
    if re.fullmatch(SEEDED, node.get("Relation Name", "")):
        condition = node.get("Index Cond") or node.get("Recheck Cond", "")
        yield re.sub(r" = \$\d+\b", "=?", f"{node['Node Type']} {node.get('Index Name', '')} {condition}")
    for below in node.get("Plans", ()):
        yield from _scans(below)

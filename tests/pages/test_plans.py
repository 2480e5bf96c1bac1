"""How databases find what is asked for: by an index, however many pages a tenant has."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pages_graphql.seeding import seed
from pages_graphql.storage.direct import SESSION
from tests.databases import empty_database
from tests.world import ADMIN, World, new_world

PAGES = 3_000
SMALL_TENANTS = 300
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
WHOLE = ", whole"
EAGER = "-c parallel_setup_cost=0 -c parallel_tuple_cost=0 -c min_parallel_table_scan_size=0 -c min_parallel_index_scan_size=0"
"""Settings by which PostgreSQL shares its work between processes wherever it may."""
COLUMNS_OF_INDEXES = f"""SELECT relname, array_agg(attname::text ORDER BY attnum) FROM pg_class
    JOIN pg_index ON indexrelid = oid JOIN pg_attribute ON attrelid = oid
    WHERE indrelid::regclass::text IN ('{SEEDED.replace("|", "', '")}') GROUP BY relname""".encode()
READS = """query ($id: ID!) {
    page(id: $id) { path ancestors { title path } breadcrumbs { title } alternates { path } children(first: 5) { nodes { title } } }
    pageBySlug(slug: "below", parentId: $id) { title path }
    route(path: "/about/below") { __typename }
    gone: route(path: "/nowhere") { __typename }
    home: pageByPath(path: "/") { title }
}"""


Looks = dict[str, dict[str, bool]]
"""How each statement looks into tables that grow with the pages, and whether it finds few rows there, whatever a tenant has."""


async def test_pages_and_slugs_are_found_by_an_index_however_many_the_tenant_has(
    world: World, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    engine = "sqlite" if world.database.is_sqlite else "postgresql"
    async with empty_database(engine, request, tmp_path) as database, new_world(database) as alone:
        await _are_found(alone)


async def test_a_list_is_read_by_one_process_of_postgresql(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    async with empty_database("postgresql", request, tmp_path) as database, new_world(database) as alone:
        await seed(database, alone.tenant, 200, 1, lambda *_: None)
        _ = await alone.ask("{ pages(first: 20) { nodes { title } } }")
        with _connected(alone, f"{SESSION} {EAGER}") as connection:
            plan = _plan(connection, alone.statements[0])
    assert "Limit" in str(plan)
    assert "Gather" not in str(plan)


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
    reads = sorted(statement for statement in asked if re.match("SELECT|WITH", statement))
    writes = sorted(statement for statement in asked if re.match("INSERT|UPDATE|DELETE", statement))
    if world.database.is_sqlite:
        _find_few(_looks_of_sqlite(world, [*reads, *writes]))
        return
    uncounted = _looks_of_postgresql(world, [*reads, *writes])
    assert [look for looks in uncounted.values() for look in looks if look.endswith(WHOLE)] == []
    await _beside(world, SMALL_TENANTS)
    await seed(world.database, world.tenant, PAGES, 1, lambda *_: None)  # which has the tables counted as they grow
    _find_few(_looks_of_postgresql(world, [*reads, *writes]))


async def _beside(world: World, tenants: int) -> None:
    """Give so many other tenants the same few pages under the same ids, as bundles may."""
    async with world.database.engine.begin() as connection:
        _ = await connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # checks no foreign keys
        for table in SEEDED.split("|"):
            copy = f"""INSERT INTO {table} SELECT (jsonb_populate_record(own, jsonb_build_object('tenant_id', other))).*
                FROM {table} own, (SELECT md5(n::text)::uuid AS other FROM generate_series(1, {tenants}) AS n) AS others
                WHERE tenant_id = '{world.tenant.id}'"""
            _ = await connection.exec_driver_sql(copy)


def _find_few(looks: Looks) -> None:
    assert sum(map(len, looks.values())) > 30
    slow = [(statement, look) for statement, all in looks.items() for look, is_of_few in all.items() if not is_of_few]
    assert slow == []


def _looks_of_sqlite(world: World, statements: list[str]) -> Looks:
    looks: Looks = {}
    with closing(sqlite3.connect(world.database.engine.url.database or "")) as connection:
        for statement in statements:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?"))
            found = [row[3] for row in plan if re.match(rf"(SCAN|SEARCH) ({TABLES})\b", row[3])]
            whole = re.compile(r"SCAN|(?<!uq_page_home) \(tenant_id=\?\)")
            looks[statement] = {look: not whole.search(look) for look in found}
    return looks


def _looks_of_postgresql(world: World, statements: list[str]) -> Looks:
    """The same in plans for whatever values, made from what was counted last."""
    with _connected(world, SESSION) as connection:
        columns = dict[str, list[str]](connection.execute(COLUMNS_OF_INDEXES).fetchall())
        return {statement: dict(_scans(_plan(connection, statement), columns)) for statement in statements}


def _connected(world: World, settings: str) -> psycopg.Connection:
    url = world.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True, cursor_factory=psycopg.RawCursor, options=settings)


def _plan(connection: psycopg.Connection, statement: str) -> dict[str, Any]:
    number = count(1)
    text = re.sub(r"%\(\w+\)s", lambda _: f"${next(number)}", statement)
    [[[plan]]] = connection.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {text}".encode())
    return plan["Plan"]


def _scans(node: dict[str, Any], columns: dict[str, list[str]]) -> Iterator[tuple[str, bool]]:
    index, condition = node.get("Index Name", ""), node.get("Index Cond", "")
    if index in columns:
        asked = [column for column in columns[index] if re.search(rf"\b(?<!\.){column}\b", condition)]
        few = asked == columns[index][: len(asked)] and asked not in ([], ["tenant_id"])
        of_all = "" if "tenant_id" in asked else WHOLE
        yield f"{index} {condition}{of_all}", few or index == "uq_page_home"
    elif node["Node Type"] == "Seq Scan" and re.fullmatch(SEEDED, node["Relation Name"]):
        yield f"{node['Relation Name']}{WHOLE}", False
    for below in node.get("Plans", ()):
        yield from _scans(below, columns)

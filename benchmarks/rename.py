"""What renaming a page costs with many live pages below it: `python -m benchmarks.rename [--pages 10000]`.

The root of a tree in three locales gets another slug in each of them and is published, again and again; every path below it moves.
The median time of publishing is told, with the number of statements, and whether each old path redirects to its page.
"""

import asyncio
from argparse import ArgumentParser
from statistics import median
from time import perf_counter
from uuid import UUID

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import event, func, select

from benchmarks.databases import KINDS, Kind, new_database
from pages_graphql.core.tenancy import Tenant
from pages_graphql.pages.commands import PublishPage, UpdatePage
from pages_graphql.pages.model import Page
from pages_graphql.pages.service.publish import publish_page
from pages_graphql.pages.service.update import update_page
from pages_graphql.routes.model import Route
from pages_graphql.seeding import SEEDER, seed
from pages_graphql.storage.columns import col
from pages_graphql.storage.database import Database
from pages_graphql.tenants.service import NewLocale, NewTenant, create_tenant

LIVE_SHARE = 0.55
"""How many of a seed's pages are live, at least."""
TIMES = 5


async def plant(database: Database, pages: int) -> tuple[Tenant, UUID, int]:
    """A tenant with at least so many live pages below one root, the root, and how many they are."""
    locales = [NewLocale("en"), NewLocale("de", "/de", ["en"]), NewLocale("ru", "/ru", ["en"])]
    tenant = await create_tenant(database, NewTenant("measured", "Measured", locales))
    await seed(database, tenant, int(pages / LIVE_SHARE), 1, lambda *_: None)
    async with database.connect() as connection:
        root = (await connection.scalars(select(col(Page.id)).where(col(Page.parent_id).is_(None)))).one()
        live = await connection.scalar(select(func.count()).where(col(Page.live_revision).is_not(None)))
    return tenant, root, (live or 1) - 1


async def rename(database: Database, tenant: Tenant, root: UUID, name: str) -> tuple[float, int]:
    """The seconds and the statements that giving the root another slug in all locales takes."""
    texts = [{"locale": locale, "slug": f"{name}-{locale}"} for locale in tenant.by_locale]
    async with database.begin(tenant, SEEDER) as work:
        _ = await update_page(work, UpdatePage.model_validate({"id": str(root), "translations": texts}))
    statements: list[object] = []

    def count(*seen: object) -> None:
        statements.append(seen[2])

    event.listen(database.engine.sync_engine, "before_cursor_execute", count)
    started = perf_counter()
    async with database.begin(tenant, SEEDER) as work:
        _ = await publish_page(work, PublishPage.model_validate({"id": str(root)}))
    took = perf_counter() - started
    event.remove(database.engine.sync_engine, "before_cursor_execute", count)
    return took, len(statements)


async def paths(database: Database) -> dict[tuple[str, str], tuple[UUID, bool]]:
    """Which page each path leads to, and whether it lives there."""
    columns = (col(Route.locale), col(Route.path), col(Route.page_id), col(Route.is_current))
    async with database.connect() as connection:
        return {(row[0], row[1]): (row[2], row[3]) for row in await connection.execute(select(*columns))}


async def measure(kind: Kind, pages: int) -> list[str]:
    """A row of the table: the database, pages, paths, statements and the median time."""
    async with new_database(kind) as database:
        tenant, root, live = await plant(database, pages)
        lived = {place: id for place, (id, is_current) in (await paths(database)).items() if is_current}
        times = track(range(TIMES), f"{kind}, {live:,} pages", transient=True)
        took = [await rename(database, tenant, root, f"name-{n}") for n in times]
        now = await paths(database)
    if [place for place, id in lived.items() if now.get(place) != (id, False)]:
        message = f"{kind}: paths of {live} pages no longer lead to them"
        raise SystemExit(message)
    seconds = median(each for each, _ in took)
    return [kind, f"{live:,}", f"{len(lived):,}", f"{took[-1][1]}", f"{seconds:.2f} s"]


async def main(pages: int) -> None:
    """Measure over ten pages and over many, and tell."""
    table = Table("database", "live pages below", "paths", "statements", "median time")
    for kind in KINDS:
        for many in (10, pages):
            table.add_row(*await measure(kind, many))
    Console().print(table)


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m benchmarks.rename")
    _ = parser.add_argument("--pages", type=int, default=10_000, help="how many live pages stand below, at least")
    asyncio.run(main(parser.parse_args().pages))

"""pages-graphql seed: much content to try things with."""

from typing import Annotated

import typer

from pages_graphql.cli.console import in_database, out, tenant_of
from pages_graphql.cli.progress import Bars
from pages_graphql.seeding import seed as seed_tenant
from pages_graphql.storage.database import Database


def seed(
    tenant: Annotated[str, typer.Option(help="The slug of the tenant that gets it.")],
    pages: Annotated[int, typer.Option(min=1, help="How many pages to make.")] = 1_000,
    seed: Annotated[int, typer.Option(help="Another number makes other content, the same one the same.")] = 1,
) -> None:
    """Fill a tenant with made-up pages and menus, in all its locales."""

    async def run(database: Database) -> None:
        known = await tenant_of(database, tenant)
        with Bars() as bars:
            await seed_tenant(database, known, pages, seed, bars.update)

    in_database(run)
    out.print(f"{pages:,} pages are in {tenant}.", markup=False)

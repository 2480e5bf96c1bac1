"""pages-graphql rebuild: what is made from revisions, made again."""

from typing import Annotated

import typer

from pages_graphql.cli.console import Failed, in_database, out, tenant_of
from pages_graphql.cli.progress import Bars
from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.tenancy import Tenant
from pages_graphql.pages.service.rebuild import BATCH, Drift, count_pages, rebuild_pages, rebuild_routes
from pages_graphql.storage.database import Database
from pages_graphql.tenants.service import list_tenants

_ACTOR = Actor("rebuild", ROLES[Role.SUPER_ADMIN])


OneTenant = Annotated[str | None, typer.Option("--tenant", help="The slug of one tenant; else every one.")]
Check = Annotated[bool, typer.Option("--check", help="Only tell what differs, and fail where anything does.")]


def rebuild(tenant: OneTenant = None, check: Check = False) -> None:  # noqa: FBT002 -- a flag of the command line
    """Make names, references, claims, rendered texts and the routes of live pages again from the revisions."""

    async def run(database: Database) -> Drift:
        drift = Drift()
        tenants = [await tenant_of(database, tenant)] if tenant else await list_tenants(database)
        with Bars() as bars:
            for one in tenants:
                await _rebuild(database, one, drift, bars, mend=not check)
        return drift

    drift = in_database(run)
    for kind, count in sorted(drift.found.items()):
        out.print(f"{kind}: {count:,} {'differ' if check else 'made again'}", markup=False)
    if not drift.total:
        out.print("Everything is as the revisions say.")
    elif check:
        raise Failed("Run pages-graphql rebuild to make it as the revisions say.")


async def _rebuild(database: Database, tenant: Tenant, drift: Drift, bars: Bars, *, mend: bool) -> None:
    """A tenant, a Work per batch, so that a running server waits for none of it long."""
    async with database.begin(tenant, _ACTOR) as work:
        total = await count_pages(work)
    done, after = 0, None
    while True:
        async with database.begin(tenant, _ACTOR) as work:
            after = await rebuild_pages(work, after, drift, mend=mend)
        done += BATCH
        bars.update(tenant.slug, min(done, total), total)
        if after is None:
            break
    async with database.begin(tenant, _ACTOR) as work:
        await rebuild_routes(work, drift, mend=mend)

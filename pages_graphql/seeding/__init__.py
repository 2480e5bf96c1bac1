"""Much made-up content to try things with: the same for the same number, whatever the machine."""

from collections.abc import Callable
from uuid import UUID

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.errors import Invalid, Refused
from pages_graphql.core.inputs import parse
from pages_graphql.core.tenancy import Tenant
from pages_graphql.menus.commands import CreateMenu
from pages_graphql.menus.service.create import create_menu
from pages_graphql.pages.commands import CreatePage
from pages_graphql.pages.service.create import create_page
from pages_graphql.routes import repository as routes
from pages_graphql.seeding.invented import Invented
from pages_graphql.seeding.rows import Maker
from pages_graphql.storage.bulk import insert_rows
from pages_graphql.storage.database import Database
from pages_graphql.storage.statistics import Growth
from pages_graphql.storage.work import Work

SeedProgress = Callable[[str, int, int], None]
"""Told what is being made (`pages`, `menus`), how much of it is, and how much there will be."""

SEEDER = Actor("seed", ROLES[Role.ADMIN])
PAGES_A_WORK = 500
"""How many pages are written in one Work: others who write wait for it, a fraction of a second."""
PAGES_A_MENU = 5_000


async def seed(database: Database, tenant: Tenant, pages: int, seed: int, progress: SeedProgress) -> None:
    """Make so many pages in all locales of a tenant, below one root, and menus that link to them.

    Refused where the tenant has a root page of this seed already. What is written is what creating and publishing them
    one by one would write.
    """
    invented = Invented(tenant, seed)
    levels, most = len(invented.lineage(pages - 1)), database.limits.max_tree_depth
    if levels > most:
        raise Refused(Invalid(f"Pages stand at most {most} deep, and so many would stand {levels} deep.", "pages"))
    async with database.begin(tenant, SEEDER) as work:
        ids = [(await create_page(work, parse(CreatePage, invented.page(0)))).id]
    progress("pages", 1, pages)
    growth = Growth(database)
    while len(ids) < pages:
        async with database.begin(tenant, SEEDER) as work:
            await make_some(work, invented, ids, min(pages, len(ids) + PAGES_A_WORK))
        await growth.reached(len(ids))
        progress("pages", len(ids), pages)
    menus = 1 + pages // PAGES_A_MENU
    named = [str(id) for id in ids]
    for m in range(menus):
        async with database.begin(tenant, SEEDER) as work:
            _ = await create_menu(work, parse(CreateMenu, invented.menu(m, named)))
        progress("menus", m + 1, menus)


async def make_some(work: Work, invented: Invented, ids: list[UUID], until: int) -> None:
    """Make further pages until there are so many."""
    await routes.lock(work)
    work.all_stale()
    numbers = range(len(ids), until)
    ids += sorted(work.new_id() for _ in numbers)
    batch = Maker(work, invented, ids).batch(numbers)
    connection = await work.session.connection()
    for table, rows in batch.rows.items():
        await insert_rows(connection, table, rows)
    await routes.enter(work, batch.routes)

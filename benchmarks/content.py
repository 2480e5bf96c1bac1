"""What is measured on: pages in three locales with a body of 2 kB and eight blocks, and menus on three levels that link to them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from pages_graphql.core.tenancy import Channel, Tenant
from pages_graphql.menus.commands import CreateMenu
from pages_graphql.menus.service.create import create_menu
from pages_graphql.seeding import PAGES_A_WORK, SEEDER, make_some
from pages_graphql.seeding.invented import Invented
from pages_graphql.storage.database import Database
from pages_graphql.tenants.service import NewLocale, NewTenant, create_tenant

TENANT = "measured"
LOCALES = ("en", "de", "ru")
PAGES = 1_000
ITEMS = 40
A_TOP = 10
"""How many items an item at the top makes with all below it: itself, three, and two below each of these."""

BODY = "# A heading\n\n" + "Words with *emphasis* and a [link](https://example.com). " * 36
BLOCKS: list[dict[str, Any]] = [
    {"type": "hero", "data": {"title": "Large", "subtitle": "Small", "backgroundImage": {"src": "/a.png", "width": 9}}},
    *({"type": "text", "data": {"text": {"content": f"*Text* {n}, at some length"}}} for n in range(5)),
    {"type": "cta", "data": {"title": "Go", "cta": {"label": "There", "url": "https://example.com"}}},
    {"type": "faq", "data": {"title": "Asked", "questions": [{"question": "Why?", "answer": "So."}]}},
]


class Alike(Invented):
    """Pages that are alike: at the root, live, in every locale."""

    def parent(self, n: int) -> int | None:
        """None stands above another."""
        return None

    def may_be_live(self, n: int) -> bool:
        """All are."""
        return True

    def locales(self, n: int) -> list[str]:
        """All of the tenant's."""
        return list(self.tenant.by_locale)

    def names(self, n: int) -> dict[str, tuple[str, str]]:
        """A title and a slug with the page's number, the same in each locale."""
        return dict.fromkeys(self.locales(n), (f"Page {n}", f"page-{n}"))

    def body(self, n: int, locale: str) -> str:
        """2 kB of Markdown."""
        return BODY

    def blocks(self, n: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Eight blocks."""
        return ((block["type"], block["data"]) for block in BLOCKS)


async def make_tenant(database: Database) -> Tenant:
    """A tenant in three locales, with one channel."""
    locales = [NewLocale("en"), NewLocale("de", "/de", ["en"]), NewLocale("ru", "/ru", ["en"])]
    channels = [Channel("web", "Web", "https://shop.example", is_default=True)]
    return await create_tenant(database, NewTenant(TENANT, "Measured", locales, channels))


async def plant(database: Database, invented: Invented, pages: int) -> list[UUID]:
    """Write so many pages by the hundred; their ids."""
    ids: list[UUID] = []
    while len(ids) < pages:
        async with database.begin(invented.tenant, SEEDER) as work:
            await make_some(work, invented, ids, min(pages, len(ids) + PAGES_A_WORK))
    if not database.is_sqlite:  # what autovacuum does soon after
        async with database.connect() as connection:
            _ = await connection.exec_driver_sql("VACUUM ANALYZE")
    return ids


async def make_menu(database: Database, tenant: Tenant, handle: str, targets: list[UUID]) -> None:
    """A live menu on three levels, with an item for each of these pages."""
    items: list[dict[str, Any]] = [{"link": {"pageId": str(id)}, "children": []} for id in targets]
    tops = [_nested(items[n : n + A_TOP]) for n in range(0, len(items), A_TOP)]
    names = [{"locale": locale, "name": f"Menu {handle}"} for locale in tenant.by_locale]
    menu = {"handle": handle, "translations": names, "items": tops, "publish": True}
    async with database.begin(tenant, SEEDER) as work:
        _ = await create_menu(work, CreateMenu.model_validate(menu))


def _nested(items: list[dict[str, Any]]) -> dict[str, Any]:
    top, *below = items
    for n, item in enumerate(below):
        (top if n % 3 == 0 else below[n - n % 3])["children"].append(item)
    return top


async def fill(database: Database, pages: int = PAGES) -> tuple[Tenant, list[UUID]]:
    """Make a tenant with it all; the ids of its pages."""
    tenant = await make_tenant(database)
    ids = await plant(database, Alike(tenant, 1), pages)
    await make_menu(database, tenant, "main", [ids[n % pages] for n in range(ITEMS)])
    return tenant, ids

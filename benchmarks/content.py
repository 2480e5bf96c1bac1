"""What is measured on: pages in three locales with a body of 2 kB and eight blocks, and a menu of 40 items that link to them."""

from typing import Any
from uuid import UUID

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.tenancy import Channel, Tenant
from pages_graphql.menus.commands import CreateMenu
from pages_graphql.menus.service.create import create_menu
from pages_graphql.pages.commands import CreatePage
from pages_graphql.pages.service.create import create_page
from pages_graphql.storage.database import Database
from pages_graphql.tenants.service import NewLocale, NewTenant, create_tenant

PAGES = 60
ITEMS = 40
BELOW = 3
"""How many items stand below each of the upper ones."""

BODY = "# A heading\n\n" + "Words with *emphasis* and a [link](https://example.com). " * 36
BLOCKS: list[dict[str, Any]] = [
    {"type": "hero", "data": {"title": "Large", "subtitle": "Small", "backgroundImage": {"src": "/a.png", "width": 9}}},
    *({"type": "text", "data": {"text": {"content": f"*Text* {n}, at some length"}}} for n in range(5)),
    {"type": "cta", "data": {"title": "Go", "cta": {"label": "There", "url": "https://example.com"}}},
    {"type": "faq", "data": {"title": "Asked", "questions": [{"question": "Why?", "answer": "So."}]}},
]


async def fill(database: Database) -> tuple[Tenant, list[UUID]]:
    """Make a tenant with it all; the ids of its pages."""
    locales = [NewLocale("en"), NewLocale("de", "/de", ["en"]), NewLocale("ru", "/ru", ["en"])]
    channels = [Channel("web", "Web", "https://shop.example", is_default=True)]
    tenant = await create_tenant(database, NewTenant("measured", "Measured", locales, channels))
    async with database.begin(tenant, Actor("bench", ROLES[Role.ADMIN])) as work:
        ids = [(await create_page(work, CreatePage.model_validate(_page(n)))).id for n in range(PAGES)]
        _ = await create_menu(work, CreateMenu.model_validate(_menu(ids)))
    return tenant, ids


def _page(n: int) -> dict[str, Any]:
    texts = [
        {"locale": locale, "title": f"Page {n}", "slug": f"page-{n}", "body": {"content": BODY}}
        for locale in ("en", "de", "ru")
    ]
    return {"translations": texts, "blocks": BLOCKS, "publish": True}


def _menu(ids: list[UUID]) -> dict[str, Any]:
    items: list[dict[str, Any]] = [{"link": {"pageId": str(id)}, "children": []} for id in ids[:ITEMS]]
    for n, item in enumerate(items[1:]):
        items[n // BELOW]["children"].append(item)
    names = [{"locale": "en", "name": "Main"}]
    return {"handle": "main", "translations": names, "items": items[:1], "publish": True}

"""The demo tenant: what the README's queries ask of it is there."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.view import View
from pages_graphql.demo import seed_demo
from pages_graphql.storage.database import Database
from pages_graphql.tenants.directory import Tenants
from pages_graphql.tenants.locales import NewLocale
from pages_graphql.tenants.service import NewTenant, create_tenant
from tests.world import ANONYMOUS, World

README = (Path(__file__).parents[1] / "README.md").read_text()
QUERIES = re.findall(r"```graphql\n(.*?)```", README, re.DOTALL)
ADMIN = Actor("admin", ROLES[Role.ADMIN])


@pytest.fixture
async def demo(database: Database) -> World:
    await seed_demo(database)
    tenant = await Tenants(database).by_slug("demo")
    assert tenant is not None
    return World(database, tenant)


async def ask(demo: World, query: str, locale: str = "en", actor: Actor = ANONYMOUS) -> dict[str, Any]:
    return await demo.ask(query, actor, View(demo.tenant, actor, locale, demo.tenant.default_channel))


async def test_it_has_three_locales_two_channels_a_home_page_and_a_dozen_more(demo: World) -> None:
    assert list(demo.tenant.by_locale) == ["en", "de", "ru"]
    assert list(demo.tenant.by_channel) == ["web", "app"]
    home = (await ask(demo, '{ route(path: "/") { statusCode ... on PageRoute { page { title isHome url } } } }'))[
        "route"
    ]
    assert home == {
        "statusCode": 200,
        "page": {"title": "Kettle & Leaf", "isHome": True, "url": "https://demo.example/"},
    }
    pages = (await ask(demo, "{ pages { totalCount nodes { path } } }"))["pages"]
    assert pages["totalCount"] >= 13
    assert pages["nodes"][0] == {"path": "/"}


async def test_every_readers_page_has_a_text_and_every_menu_item_leads_somewhere(demo: World) -> None:
    for locale in demo.tenant.by_locale:
        nodes = (await ask(demo, "{ pages(first: 100) { nodes { title body { wordCount } } } }", locale))["pages"][
            "nodes"
        ]
        assert all(page["body"]["wordCount"] > 5 for page in nodes)
        header = (await ask(demo, "{ activeMenu(location: HEADER) { items { label url } } }", locale))["activeMenu"]
        assert len(header["items"]) == 4  # the fifth leads to a draft, which readers do not see
        assert all(
            item["label"] and item["url"].startswith(demo.tenant.by_locale[locale].url_prefix)
            for item in header["items"]
        )
        footer = (await ask(demo, "{ activeMenu(location: FOOTER) { items { label url } } }", locale))["activeMenu"]
        assert [item["url"] for item in footer["items"]] == [None, "mailto:tea@demo.example"]


async def test_one_page_is_a_draft_that_editors_see(demo: World) -> None:
    query = '{ page: pageByPath(path: "/spring-tasting", stage: DRAFT) { status } }'
    assert (await ask(demo, query, actor=ADMIN))["page"] == {"status": "DRAFT"}
    assert (await ask(demo, '{ pageByPath(path: "/spring-tasting") { status } }'))["pageByPath"] is None


async def test_making_it_again_changes_nothing(demo: World, database: Database) -> None:
    before = await demo.outbox()
    await seed_demo(database)
    assert await demo.outbox() == before


async def test_the_queries_of_the_readme_answer_what_it_says(demo: World) -> None:
    path, redirect, header, page, mutation = QUERIES
    german = (await ask(demo, path))["route"]
    assert (german["__typename"], german["page"]["title"]) == ("PageRoute", "Grüner Tee")
    assert [crumb["path"] for crumb in german["page"]["breadcrumbs"]] == ["/tees", "/tees/gruener-tee"]
    moved = (await ask(demo, redirect))["route"]
    assert moved == {"statusCode": 301, "location": "/visit", "targetPage": {"title": "Visit the shop"}}
    assert (await ask(demo, header))["activeMenu"]["name"] == "Главное меню"
    brewing = (await ask(demo, page))["pageByPath"]
    assert [block["type"] for block in brewing["blocks"]] == ["hero", "text"]
    assert brewing["seo"]["canonicalUrl"] == "https://demo.example/brewing"
    (problem,) = (await ask(demo, mutation, actor=ADMIN))["createPage"]["problems"]
    assert (problem["code"], problem["suggestion"]) == ("DUPLICATE_SLUG", "about-2")


async def test_a_tenant_of_that_name_with_other_locales_stays_as_it_is(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/pages.db")
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    tenant = await create_tenant(database, NewTenant("demo", "Mine", [NewLocale("fr")]))
    await seed_demo(database)
    assert await World(database, tenant).outbox() == []
    await database.close()

"""Changes that reach answers by a way of their own: through what nobody wrote to."""

from typing import Any

import httpx
import pytest
from sqlmodel import update

from pages_graphql.api import headers
from pages_graphql.api.answers import doors
from pages_graphql.storage.columns import col
from pages_graphql.tenants import directory
from pages_graphql.tenants.model import TenantChannel
from tests.api.answers.kept import Kept, keeping
from tests.world import World

ROUTE = "query ($path: String!) { route(path: $path) { statusCode ... on PathRedirectRoute { location } } }"
FORMER = "query ($id: ID!) { page(id: $id) { formerPaths { path } redirects { nodes { fromPath } } } }"
PLACES = "query ($id: ID!) { menu(id: $id) { bindings { location } } }"
POSITION = "query ($id: ID!) { page(id: $id) { position } }"
WAY = "query ($id: ID!) { page(id: $id) { depth ancestors { title } } }"
BY_SLUG = '{ pageBySlug(slug: "a") { title locale } }'
APP = {"X-Channel": "app", "X-Locale": "de"}


async def said(kept: Kept, query: str, headers: dict[str, str] | None = None, **variables: Any) -> Any:
    """What is answered, from the cache if it can be."""
    answer: httpx.Response = await kept.ask(query, headers, **variables)
    [value] = answer.json()["data"].values()
    return value


async def rename(world: World, id: str, slug: str) -> None:
    await world.do("updatePage", id=id, translations=[{"locale": "en", "slug": slug}])
    await world.do("publishPage", id=id)


async def test_the_home_page_takes_a_slug_and_its_path_stays(world: World) -> None:
    async with keeping(world) as kept:
        other = await world.page("Other")
        await rename(world, other, "moved")
        home = await world.page("Home")
        await world.do("setHomePage", id=home)
        assert (await said(kept, ROUTE, path="/new"))["statusCode"] == 404
        assert (await said(kept, ROUTE, path="/other"))["location"] == "/moved"
        assert (await said(kept, FORMER, id=other))["formerPaths"] == [{"path": "/other"}]
        await rename(world, home, "new")
        assert await said(kept, ROUTE, path="/new") == {"statusCode": 301, "location": "/"}
        await rename(world, home, "other")
        assert await said(kept, ROUTE, path="/other") == {"statusCode": 301, "location": "/"}
        assert (await said(kept, FORMER, id=other))["formerPaths"] == []


async def test_an_heir_gets_paths_and_redirects(world: World) -> None:
    async with keeping(world) as kept:
        heir, gone = await world.page("Heir"), await world.page("Gone")
        await world.ask(
            'mutation ($id: ID!) { createPathRedirect(input: {fromPath: "/hand", pageId: $id}) { problems { code } } }',
            id=gone,
        )
        await world.do("unpublishPage", id=gone)
        assert await said(kept, FORMER, id=heir) == {"formerPaths": [], "redirects": {"nodes": []}}
        assert [(await said(kept, ROUTE, path=path))["statusCode"] for path in ("/gone", "/hand")] == [410, 410]
        await world.do("deletePage", id=gone, redirectToId=heir)
        shown = {"formerPaths": [{"path": "/gone"}], "redirects": {"nodes": [{"fromPath": "/hand"}]}}
        assert await said(kept, FORMER, id=heir) == shown
        assert [(await said(kept, ROUTE, path=path))["location"] for path in ("/gone", "/hand")] == ["/heir"] * 2


async def test_a_menu_loses_its_place_to_another(world: World) -> None:
    async with keeping(world) as kept:
        first = await world.menu("first", bindings=[{"location": "HEADER"}])
        second = await world.menu("second")
        assert (await said(kept, PLACES, id=first))["bindings"] == [{"location": "HEADER"}]
        await world.do("bindMenu", id=second, location="HEADER", replace=True)
        assert (await said(kept, PLACES, id=first))["bindings"] == []


async def test_siblings_are_numbered_anew(world: World) -> None:
    async with keeping(world) as kept:
        first, last = await world.page("A"), await world.page("Z")
        before = await said(kept, POSITION, id=last)
        for n in range(15):
            await world.page(f"P{n}", beforeId=last, publish=False)
        assert await said(kept, POSITION, id=last) != before
        assert await kept.is_as_fresh(POSITION, id=first)


async def test_an_ancestor_that_was_hidden_is_seen(world: World) -> None:
    async with keeping(world) as kept:
        top = await world.page("Top", channels=["web"])
        child = await world.page("Child", parentId=top)
        assert (await said(kept, WAY, APP, id=child))["ancestors"] == []
        await world.do("updatePage", id=top, channels=[])
        assert (await said(kept, WAY, APP, id=child))["ancestors"] == [{"title": "Top"}]


async def test_what_stands_above_the_home_page_moves_though_its_path_stays(world: World) -> None:
    async with keeping(world) as kept:
        top, above = await world.page("Top"), await world.page("Above", channels=["web"])
        home = await world.page("Home", parentId=above)
        await world.do("setHomePage", id=home)
        assert (await said(kept, WAY, APP, id=home))["depth"] == 1
        await world.do("movePage", id=above, parentId=top)
        assert await said(kept, WAY, APP, id=home) == {"depth": 2, "ancestors": [{"title": "Top"}]}


async def test_a_better_locale_takes_the_slug(world: World) -> None:
    async with keeping(world) as kept:
        await world.page(translations=[{"locale": "en", "title": "Fallback", "slug": "a"}])
        german = await world.page(translations=[{"locale": "de", "title": "Deutsch", "slug": "b"}], channels=["web"])
        assert (await said(kept, BY_SLUG, APP))["title"] == "Fallback"
        await world.do("changePageSlug", id=german, locale="de", slug="a")
        assert (await said(kept, BY_SLUG, APP))["title"] == "Fallback"
        await world.do("updatePage", id=german, channels=[])
        assert (await said(kept, BY_SLUG, APP))["title"] == "Deutsch"


async def test_what_was_made_with_facts_of_before_is_not_kept_for_those_of_now(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headers, "FRESH_S", 3_600)  # whoever answers knows the tenant as it was
    monkeypatch.setattr(doors, "FRESH_S", -1)  # and the door as it is
    monkeypatch.setattr(directory, "FRESH_S", 0)
    id = await world.page("Page")
    query = "query ($id: ID!) { page(id: $id) { url } }"
    async with keeping(world) as kept:
        await kept.ask(query, id=id)
        assert await kept.is_hit(query, id=id)
        async with world.database.session() as session:
            channel = (col(TenantChannel.tenant_id) == world.tenant.id, col(TenantChannel.slug) == "web")
            await session.exec(update(TenantChannel).where(*channel).values(base_url="https://new.example"))
        stored = kept.cache.stored
        for _ in range(2):
            assert not await kept.is_hit(query, id=id)
        assert kept.cache.stored == stored

"""What is made from revisions can be made again, and drift is told."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from pages_graphql.documents.references import Reference
from pages_graphql.pages.model import PageRevision, PageText
from pages_graphql.pages.service.rebuild import Drift, rebuild_pages, rebuild_routes
from pages_graphql.routes.model import Route, SlugClaim
from pages_graphql.storage.columns import col
from tests.world import ADMIN, ANONYMOUS, World

ROUTE = '{ route(path: "/about/team") { statusCode ... on PageRoute { page { id body { html } } } } }'


async def rebuilt(world: World, *, mend: bool = True) -> dict[str, int]:
    drift, after = Drift(), None
    while True:
        async with world.database.begin(world.tenant, ADMIN) as work:
            after = await rebuild_pages(work, after, drift, mend=mend)
        if after is None:
            break
    async with world.database.begin(world.tenant, ADMIN) as work:
        await rebuild_routes(work, drift, mend=mend)
    return drift.found


async def some_pages(world: World) -> str:
    about = await world.page("About", translations=[{"locale": locale, "title": "About"} for locale in ("en", "de")])
    link = {"type": "hero", "data": {"title": "Go", "cta": {"label": "Up", "pageId": about}}}
    texts = [{"locale": "en", "title": "Team", "body": {"content": "*We*"}}]
    team = await world.page("Team", parentId=about, translations=texts, blocks=[link])
    await world.do("updatePage", id=team, translations=[{"locale": "en", "title": "The team", "slug": "crew"}])
    draft = await world.page("Secret", publish=False)
    await world.do("setHomePage", id=about)
    await world.do("archivePage", id=draft)
    return team


async def test_there_is_nothing_to_mend_after_any_write(world: World) -> None:
    await some_pages(world)
    assert await rebuilt(world, mend=False) == {}


@pytest.mark.parametrize(
    ("table", "kind"),
    [(PageText, "projections"), (Reference, "projections"), (SlugClaim, "claims"), (Route, "routes")],
)
async def test_what_was_lost_is_told_and_made_again(world: World, table: type, kind: str) -> None:
    team = await some_pages(world)
    before = await world.ask(ROUTE, ANONYMOUS)
    async with world.database.session() as session:
        lost = delete(table).where(table.tenant_id == world.tenant.id)
        if table is Route:
            lost = lost.where(col(Route.page_id) == UUID(team))
        await session.exec(lost)

    told = await rebuilt(world, mend=False)
    assert any(kind in name for name in told), told
    assert await rebuilt(world, mend=False) == told
    await rebuilt(world)
    assert await rebuilt(world, mend=False) == {}
    assert await world.ask(ROUTE, ANONYMOUS) == before


async def test_a_path_that_is_too_much_is_told_and_left(world: World) -> None:
    team = await some_pages(world)
    async with world.database.session() as session:
        stray = {"locale": "en", "path": "/stray", "is_current": True, "changed_at": datetime.now(UTC)}
        session.add(Route(tenant_id=world.tenant.id, page_id=UUID(team), **stray))
    assert await rebuilt(world, mend=False) == {"routes": 1}
    await rebuilt(world)
    assert await rebuilt(world, mend=False) == {}
    found = await world.ask('{ route(path: "/stray") { statusCode ... on PathRedirectRoute { location } } }', ANONYMOUS)
    assert found["route"] == {"statusCode": 301, "location": "/about/team"}


async def test_text_of_another_renderer_is_rendered_again(world: World) -> None:
    await some_pages(world)
    before = await world.ask(ROUTE, ANONYMOUS)
    async with world.database.session() as session:
        rows = update(PageRevision).where(col(PageRevision.tenant_id) == world.tenant.id)
        await session.exec(rows.values(renderer=0, rendered='{"bodies":{},"blocks":{}}'))
    assert (await rebuilt(world))["rendered texts"] > 0
    assert await rebuilt(world, mend=False) == {}
    assert await world.ask(ROUTE, ANONYMOUS) == before


async def test_former_paths_are_never_rebuilt(world: World) -> None:
    team = await some_pages(world)
    await world.do("publishPage", id=team)
    await rebuilt(world)
    moved = await world.ask('{ route(path: "/about/team") { statusCode ... on PathRedirectRoute { location } } }')
    assert moved["route"] == {"statusCode": 301, "location": "/about/crew"}

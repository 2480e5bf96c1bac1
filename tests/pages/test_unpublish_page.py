"""Taking a page from readers."""

from typing import Any

import pytest

from tests.world import ANONYMOUS, AUTHOR, CUSTOMER, MANAGER, World

ROUTE = "query ($path: String!) { route(path: $path) { __typename statusCode ... on PathGoneRoute { goneAt } ... on PageRoute { page { id } } } }"


async def test_its_path_is_gone_and_its_draft_stays(world: World) -> None:
    page = await world.page("Page")

    payload = await world.do("unpublishPage", id=page, fields="title stage publishedAt hasUnpublishedChanges")

    shown = payload["page"]
    assert (shown["status"], shown["version"], shown["title"], shown["stage"]) == ("DRAFT", 3, "Page", "DRAFT")
    assert shown["hasUnpublishedChanges"] is True
    assert (await world.ask("query ($id: ID!) { page(id: $id) { id } }", ANONYMOUS, id=page))["page"] is None
    route = (await world.ask(ROUTE, ANONYMOUS, path="/page"))["route"]
    assert (route["__typename"], route["statusCode"]) == ("PathGoneRoute", 410)
    assert route["goneAt"] > shown["publishedAt"]


async def test_published_again_it_lives_where_it_did(world: World) -> None:
    page = await world.page("Page")
    for _ in range(2):
        await world.do("unpublishPage", id=page)
        await world.do("publishPage", id=page)
    assert (await world.ask(ROUTE, ANONYMOUS, path="/page"))["route"]["page"] == {"id": page}


async def test_published_again_elsewhere_its_old_path_leads_there(world: World) -> None:
    page = await world.page("Page")
    await world.do("unpublishPage", id=page)
    await world.do("updatePage", id=page, translations=[{"locale": "en", "slug": "new"}])
    assert (await world.ask(ROUTE, ANONYMOUS, path="/page"))["route"]["statusCode"] == 410
    await world.do("publishPage", id=page)
    assert (await world.ask(ROUTE, ANONYMOUS, path="/page"))["route"]["statusCode"] == 301
    assert (await world.ask(ROUTE, ANONYMOUS, path="/new"))["route"]["page"] == {"id": page}


async def test_a_path_belongs_to_who_took_it_last(world: World) -> None:
    first = await world.page("Page")
    await world.do("unpublishPage", id=first)
    await world.do("updatePage", id=first, translations=[{"locale": "en", "slug": "first"}])
    second = await world.page("Page")
    assert (await world.ask(ROUTE, ANONYMOUS, path="/page"))["route"]["page"] == {"id": second}
    await world.do("publishPage", id=first)
    assert (await world.ask(ROUTE, ANONYMOUS, path="/page"))["route"]["page"] == {"id": second}
    assert (await world.ask(ROUTE, ANONYMOUS, path="/first"))["route"]["page"] == {"id": first}


async def test_live_pages_below_keep_it_live(world: World) -> None:
    top = await world.page("Top")
    child = await world.page("Child", parentId=top)
    await world.page("Draft", parentId=top, publish=False)
    assert await world.problems("unpublishPage", id=top) == [("HAS_LIVE_DESCENDANTS", ["id"])]
    for page in (child, top):
        assert (await world.do("unpublishPage", id=page))["page"]["status"] == "DRAFT"


async def test_a_draft_has_nothing_to_take_away(world: World) -> None:
    page = await world.page("Page", publish=False)
    payload = await world.do("unpublishPage", id=page)
    assert payload == {"page": {"id": page, "version": 1, "status": "DRAFT"}, "problems": []}


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (ANONYMOUS, "UNAUTHENTICATED"),
        (CUSTOMER, "PERMISSION_DENIED"),
        (AUTHOR, "PERMISSION_DENIED"),
        (MANAGER, "PERMISSION_DENIED"),
    ],
)
async def test_it_needs_a_permission(world: World, actor: Any, code: str) -> None:
    page = await world.page("Page")
    assert await world.problems("unpublishPage", actor, id=page) == [(code, [])]
    assert (await world.ask(ROUTE, ANONYMOUS, path="/page"))["route"]["statusCode"] == 200

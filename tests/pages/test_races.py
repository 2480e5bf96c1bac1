"""Two writers at once: one wins, the other gets his problem, and nothing is half written."""

from asyncio import gather
from typing import Any
from uuid import UUID, uuid4

import pytest

from pages_graphql.routes import repository as routes
from tests.pages.test_rebuild import rebuilt
from tests.world import ADMIN, ANONYMOUS, World

TIMES = range(3)
"""A race is run more than once: who is faster is chance."""


def text(**given: Any) -> list[dict[str, Any]]:
    return [{"locale": "en", **given}]


def outcomes(*payloads: dict[str, Any]) -> list[tuple[bool, list[tuple[str, list[str]]]]]:
    """What each writer got, losers last: whether it was done, and the problems."""
    told = [(p["page"] is not None, [(x["code"], x["path"]) for x in p["problems"]]) for p in payloads]
    return sorted(told, key=lambda outcome: not outcome[0])


WON = (True, [])


async def test_two_pages_made_with_one_slug(world: World) -> None:
    taken = (False, [("DUPLICATE_SLUG", ["translations", "0", "slug"])])
    for n in TIMES:
        given = {"translations": text(title=f"Page {n}"), "publish": True}
        payloads = await gather(*(world.do("createPage", **given) for _ in range(4)))
        assert outcomes(*payloads) == [WON, taken, taken, taken]
    assert (await world.ask("{ pages(stage: DRAFT) { totalCount } }"))["pages"] == {"totalCount": len(TIMES)}
    assert [name for name, _ in await world.outbox()].count("page.created") == len(TIMES)


async def test_two_drafts_renamed_to_one_slug(world: World) -> None:
    taken = (False, [("DUPLICATE_SLUG", ["translations", "0", "slug"])])
    pages = [await world.page(title) for title in "ab"]
    for n in TIMES:
        before = len(await world.outbox())
        payloads = await gather(*(world.do("updatePage", id=p, translations=text(slug=f"new-{n}")) for p in pages))
        assert outcomes(*payloads) == [WON, taken]
        assert len(await world.outbox()) == before + 1
    query = "query ($id: ID!) { page(id: $id, stage: DRAFT) { version slug revision { number } } }"
    found = [(await world.ask(query, id=page))["page"] for page in pages]
    assert sum(page["version"] for page in found) == 4 + len(TIMES)
    assert sum(page["revision"]["number"] for page in found) == 2 + len(TIMES)
    assert len({page["slug"] for page in found}) == 2


async def test_a_draft_renamed_to_the_slug_of_a_page_that_is_just_made(world: World) -> None:
    taken = (False, [("DUPLICATE_SLUG", ["translations", "0", "slug"])])
    page = await world.page("Page")
    for n in TIMES:
        given = text(title="Page", slug=f"new-{n}")
        both = world.do("updatePage", id=page, translations=given), world.do("createPage", translations=given)
        assert outcomes(*await gather(*both)) == [WON, taken]


async def test_a_slug_that_was_taken_since_it_was_checked_is_refused_by_the_database(world: World) -> None:
    page = UUID(await world.page("Page"))
    async with world.database.begin(world.tenant, ADMIN) as work:
        own = await routes.claims(work, [page], ())
        other = [claim._replace(page_id=uuid4()) for claim in own]
        assert await routes.replace_claims(work, [], other) is False
        assert await routes.claims(work, [page], ()) == own  # and the work goes on


async def test_a_late_loser_learns_who_has_the_slug_and_which_is_free(world: World) -> None:
    pages = [await world.page(title, publish=False) for title in "ab"]
    query = """mutation ($input: UpdatePageInput!) { updatePage(input: $input) { page { id } problems {
        ... on ContentSlugTakenProblem { slug locale suggestion takenBy { id } } } } }"""
    both = (world.ask(query, input={"id": page, "translations": text(slug="new")}) for page in pages)
    payloads = [data["updatePage"] for data in await gather(*both)]
    winner = next(payload["page"]["id"] for payload in payloads if payload["page"])
    problems = [problem for payload in payloads for problem in payload["problems"]]
    assert problems == [{"slug": "new", "locale": "en", "suggestion": "new-2", "takenBy": {"id": winner}}]


@pytest.mark.parametrize("version", [1, None])
async def test_two_changes_of_one_draft(world: World, version: int | None) -> None:
    page = await world.page("Page", publish=False)
    given: dict[str, Any] = {"id": page} | ({"expectedVersion": version} if version else {})
    payloads = await gather(*(world.do("updatePage", **given, translations=text(title=f"T{n}")) for n in range(3)))

    conflict = (False, [("PAGE_VERSION_CONFLICT", ["expectedVersion"])])
    assert outcomes(*payloads) == ([WON, conflict, conflict] if version else [WON, WON, WON])
    done = 1 if version else 3
    query = "query ($id: ID!) { page(id: $id, stage: DRAFT) { version revision { number } } }"
    assert (await world.ask(query, id=page))["page"] == {"version": 1 + done, "revision": {"number": 1 + done}}
    assert [data["version"] for _, data in await world.outbox()] == [*range(1, 2 + done)]


async def test_changes_of_different_parts_are_all_kept(world: World) -> None:
    page = await world.page("Page", publish=False)
    changes: list[dict[str, Any]] = [
        {"translations": text(title="New")},
        {"translations": [{"locale": "de", "title": "Neu"}]},
        {"metadata": {"a": 1}},
        {"blocks": [{"type": "hero", "data": {"title": "Big"}}]},
    ]
    await gather(*(world.do("updatePage", id=page, **change) for change in changes))
    query = "query ($id: ID!) { page(id: $id, stage: DRAFT) { title availableLocales metadata blocks { type } } }"
    shown = {"title": "New", "availableLocales": ["en", "de"], "metadata": {"a": 1}, "blocks": [{"type": "hero"}]}
    assert (await world.ask(query, id=page))["page"] == shown


async def test_a_child_never_goes_live_under_a_parent_that_leaves(world: World) -> None:
    for n in TIMES:
        top = await world.page(f"Top {n}")
        child = await world.page("Child", parentId=top, publish=False)
        left, came = await gather(world.do("unpublishPage", id=top), world.do("publishPage", id=child))
        assert outcomes(left, came) in (
            [WON, (False, [("HAS_LIVE_DESCENDANTS", ["id"])])],
            [WON, (False, [("PARENT_NOT_PUBLISHED", ["id"])])],
        )
        query = "query ($id: ID!) { page(id: $id) { parent { id } } }"
        seen = (await world.ask(query, ANONYMOUS, id=child))["page"]
        assert seen in (None, {"parent": {"id": top}})


async def test_a_publication_and_a_change_at_once_lose_neither(world: World) -> None:
    page = await world.page("Page", publish=False)
    await gather(world.do("publishPage", id=page), world.do("updatePage", id=page, translations=text(title="New")))
    query = (
        "query ($id: ID!, $stage: ContentStage) { page(id: $id, stage: $stage) { title version revision { number } } }"
    )
    draft = (await world.ask(query, id=page, stage="DRAFT"))["page"]
    live = (await world.ask(query, id=page, stage="LIVE"))["page"]
    assert draft == {"title": "New", "version": 3, "revision": {"number": 2}}
    assert live["revision"]["number"] in (1, 2)


async def test_publications_and_moves_at_once_leave_every_route_where_its_page_is(world: World) -> None:
    top = await world.page("Top")
    pages = [await world.page(title, parentId=top) for title in "abcd"]
    for n in TIMES:
        await gather(*(world.do("updatePage", id=page, translations=text(title=f"T{n}")) for page in pages))
        await world.do("updatePage", id=pages[0], translations=text(slug=f"moved-{n}"))
        payloads = await gather(
            *(world.do("publishPage", id=page) for page in pages),
            world.do("changePageSlug", id=top, locale="en", slug=f"top-{n}"),
            world.do("movePage", id=pages[1], parentId=None if n % 2 else top),
        )
        assert outcomes(*payloads) == [WON] * 6
        assert not any((await rebuilt(world)).values())
    found = (await world.ask("{ pages { nodes { title path } } }", ANONYMOUS))["pages"]["nodes"]
    assert {page["path"] for page in found if page["title"] == "T2"} == {f"/top-2/{s}" for s in ("moved-2", *"bcd")}

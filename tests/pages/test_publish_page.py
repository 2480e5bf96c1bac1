"""Showing readers the draft."""

from typing import Any

import pytest

from tests.world import ANONYMOUS, AUTHOR, CUSTOMER, MANAGER, World

SEEN = """query ($id: ID!) { page(id: $id) { title path status stage version updatedAt publishedAt firstPublishedAt
    hasUnpublishedChanges revision { number isLive } alternates { locale path } } }"""


async def seen(world: World, page: str) -> dict[str, Any] | None:
    return (await world.ask(SEEN, ANONYMOUS, id=page))["page"]


async def test_readers_see_the_draft(world: World) -> None:
    page = await world.page("Old", publish=False)
    assert await seen(world, page) is None

    payload = await world.do("publishPage", id=page, fields="stage hasUnpublishedChanges")

    shown = {"id": page, "version": 2, "status": "PUBLISHED", "stage": "DRAFT", "hasUnpublishedChanges": False}
    assert payload == {"page": shown, "problems": []}
    found = await seen(world, page)
    assert found
    assert (found["title"], found["path"], found["status"], found["stage"]) == ("Old", "/old", "PUBLISHED", "LIVE")
    assert found["revision"] == {"number": 1, "isLive": True}
    assert found["publishedAt"] == found["firstPublishedAt"] == found["updatedAt"]


async def test_a_second_time_moves_the_date_and_keeps_the_first(world: World) -> None:
    page = await world.page("Old")
    first = await seen(world, page)
    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "New"}])
    await world.do("publishPage", id=page)
    second = await seen(world, page)
    assert first
    assert second
    assert (second["title"], second["revision"]["number"], second["version"]) == ("New", 2, 4)
    assert second["publishedAt"] > first["publishedAt"]
    assert second["firstPublishedAt"] == first["firstPublishedAt"]


async def test_a_page_goes_live_only_under_a_live_one(world: World) -> None:
    top = await world.page("Top", publish=False)
    child = await world.page("Child", parentId=top, publish=False)
    query = """mutation ($input: PublishPageInput!) { publishPage(input: $input) { page { id } problems {
        __typename code kind path ... on ContentStateProblem { status } } } }"""

    problem = {"code": "PARENT_NOT_PUBLISHED", "kind": "CONFLICT", "path": ["id"], "status": "DRAFT"}
    refused = {"page": None, "problems": [{"__typename": "ContentStateProblem", **problem}]}
    assert (await world.ask(query, input={"id": child}))["publishPage"] == refused

    for page in (top, child):
        assert (await world.do("publishPage", id=page))["problems"] == []
    assert ((await seen(world, child)) or {})["path"] == "/top/child"


async def test_a_translation_that_is_taken_away_leads_to_what_is_left(world: World) -> None:
    texts = [{"locale": "en", "title": "Tree"}, {"locale": "de", "title": "Baum"}]
    page = await world.page(translations=texts)
    await world.do("updatePage", id=page, removeLocales=["de"])
    assert ((await seen(world, page)) or {})["alternates"] == [
        {"locale": "en", "path": "/tree"},
        {"locale": "de", "path": "/baum"},
    ]

    await world.do("publishPage", id=page)

    assert ((await seen(world, page)) or {})["alternates"] == [{"locale": "en", "path": "/tree"}]
    query = '{ route(path: "/baum", locale: "de") { statusCode ... on PathRedirectRoute { location targetLocale } } }'
    route = (await world.ask(query, ANONYMOUS))["route"]
    assert route == {"statusCode": 301, "location": "/tree", "targetLocale": "en"}


async def test_a_locale_that_comes_moves_the_pages_below(world: World) -> None:
    top = await world.page("Tree")
    child = await world.page(parentId=top, translations=[{"locale": "de", "title": "Ast"}])
    query = 'query ($id: ID!) { page(id: $id, locale: "de") { path } }'
    assert (await world.ask(query, ANONYMOUS, id=child))["page"]["path"] == "/tree/ast"

    await world.do("updatePage", id=top, translations=[{"locale": "de", "title": "Baum"}])
    await world.do("publishPage", id=top)

    assert (await world.ask(query, ANONYMOUS, id=child))["page"]["path"] == "/baum/ast"
    asked = '{ route(path: "/tree/ast", locale: "de") { statusCode ... on PathRedirectRoute { targetPath } } }'
    assert (await world.ask(asked, ANONYMOUS))["route"] == {"statusCode": 301, "targetPath": "/baum/ast"}


async def test_a_path_that_another_has_by_a_fallback_is_taken(world: World) -> None:
    english = await world.page("A")  # lends its slug to German, as it has none
    both = await world.page(translations=[{"locale": "en", "title": "B"}, {"locale": "de", "title": "A"}])
    text = {"locale": "de", "title": "Kind"}
    first = await world.page(parentId=english, translations=[text])
    second = await world.page(parentId=both, translations=[text], publish=False)
    fields = """page { id } problems { __typename code kind path
        ... on ContentSlugTakenProblem { slug locale suggestion takenBy { id path } } }"""

    query = f"mutation ($input: PublishPageInput!) {{ publishPage(input: $input) {{ {fields} }} }}"
    refused = (await world.ask(query, input={"id": second}))["publishPage"]
    problem = {"__typename": "ContentSlugTakenProblem", "code": "TAKEN_BY_FALLBACK", "kind": "CONFLICT"}
    taken = {"slug": "kind", "locale": "de", "suggestion": "kind-2", "takenBy": {"id": first, "path": "/a/kind"}}
    assert refused == {"page": None, "problems": [{**problem, "path": ["id"], **taken}]}

    query = f"mutation ($input: CreatePageInput!) {{ createPage(input: $input) {{ {fields} }} }}"
    texts = [{"locale": "en", "title": "Child"}, {**text, "slug": "kind"}]
    await world.do("updatePage", id=second, translations=[{"locale": "de", "slug": "kind-3"}])
    given = {"parentId": both, "translations": texts, "publish": True}
    refused = (await world.ask(query, input=given))["createPage"]
    assert refused == {"page": None, "problems": [{**problem, "path": ["translations", "1", "slug"], **taken}]}


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
    page = await world.page("Page", publish=False)
    assert await world.problems("publishPage", actor, id=page) == [(code, [])]
    assert await seen(world, page) is None

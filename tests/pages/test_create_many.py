"""Making many pages, and many redirects to pages, at once: the same as one by one, in few statements."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from pages_graphql.core.errors import Refused
from pages_graphql.core.inputs import parse
from pages_graphql.pages.commands import CreatePage, CreatePathRedirect
from pages_graphql.pages.service.create import create_page
from pages_graphql.pages.service.create_many import create_pages
from pages_graphql.pages.service.redirects import create_page_redirects, create_path_redirect
from pages_graphql.routes.model import PathRedirectOrigin
from pages_graphql.storage.database import Database
from tests.pages.test_rebuild import rebuilt
from tests.test_seeding import kept
from tests.world import ADMIN, AUTHOR, World, new_world, recorded

IMPORTED = PathRedirectOrigin.IMPORTED


def page(name: str, **given: Any) -> dict[str, Any]:
    """A page in two locales with blocks, a body and what else there is."""
    texts = [
        {"locale": "en", "title": name, "body": {"content": f"*{name}*"}, "seo": {"description": "Words"}},
        {"locale": "de", "title": f"{name} auf Deutsch", "slug": f"{name.lower()}-de"},
    ]
    blocks = [{"type": "text", "data": {"text": {"content": name}}}, {"type": "hero", "data": {"title": name}}]
    return {"translations": texts, "blocks": blocks, "channels": ["web"], "note": "Made", "publish": True, **given}


LEVELS: Sequence[Mapping[str, Mapping[str, Any]]] = (
    {"One": page("One"), "Two": page("Two", publish=False), "Three": page("Three", template="wide", channels=None)},
    {"Below": page("Below", parentId="One"), "Beside": page("Beside", parentId="One", metadata={"n": 1})},
    {"Deep": page("Deep", parentId="Below"), "Draft": page("Draft", parentId="Two", publish=False)},
)


async def commands(world: World, pages: Mapping[str, Mapping[str, Any]]) -> list[CreatePage]:
    """What asks for these pages under those that are there, each with a button that leads to the home page."""
    ids: dict[str, str] = {}
    for node in (await world.ask("{ pages(first: 100, stage: DRAFT) { nodes { id title } } }"))["pages"]["nodes"]:
        ids[node["title"]] = node["id"]
    made: list[CreatePage] = []
    for given in pages.values():
        button = {"type": "cta", "data": {"title": "Go", "cta": {"label": "Go", "pageId": ids["Home"]}}}
        parent = given.get("parentId") and ids[given["parentId"]]
        made.append(parse(CreatePage, {**given, "parentId": parent, "blocks": [*given["blocks"], button]}))
    return made


async def make_all(world: World, *, at_once: bool) -> None:
    home = await world.page("Home")
    await world.do("setHomePage", id=home)
    for level in LEVELS:
        wanted = await commands(world, level)
        async with world.database.begin(world.tenant, ADMIN) as work:
            if at_once:
                made = await create_pages(work, wanted)
                assert [page.position for page in made] == sorted(page.position for page in made)
            else:
                for command in wanted:
                    _ = await create_page(work, command)


def untagged(rows: dict[str, list[str]]) -> set[str]:
    """Takes the tags for caches out of all events; which they were."""
    events = [json.loads(row) for row in rows["outbox"]]
    tags = {tag for event in events for tag in event["data"].pop("cache_tags")}
    rows["outbox"] = [json.dumps(event, sort_keys=True) for event in events]
    return tags


async def test_pages_made_at_once_are_what_making_each_makes(database: Database) -> None:
    async with new_world(database) as one, new_world(database) as many:
        await make_all(one, at_once=False)
        await make_all(many, at_once=True)
        slow, fast = await kept(one), await kept(many)
        assert untagged(fast) == untagged(slow)  # which event of a transaction tells a slug is all the same
        for name in slow:
            assert fast[name] == slow[name], name
        assert await rebuilt(many, mend=False) == {}


async def test_how_many_pages_are_made_does_not_change_how_many_statements_it_takes(world: World) -> None:
    costs: list[int] = []
    for batch in (range(2), range(2, 40)):
        given = [{"translations": [{"locale": "en", "title": f"Page {n}"}], "publish": True} for n in batch]
        with recorded(world.database, world.statements):
            async with world.database.begin(world.tenant, ADMIN) as work:
                _ = await create_pages(work, [parse(CreatePage, each) for each in given])
        costs.append(len(world.statements))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"translations": [{"locale": "en", "title": "Taken"}]}, "DUPLICATE_SLUG"),
        ({"translations": [{"locale": "en", "title": "Fresh"}]}, "DUPLICATE_SLUG"),
        ({"translations": [{"locale": "en", "title": ""}]}, "VALIDATION_ERROR"),
        ({"channels": ["radio"]}, "VALIDATION_ERROR"),
        ({"parentId": "0" * 32}, "PAGE_NOT_FOUND"),
        ({"parentId": "draft"}, "PARENT_NOT_PUBLISHED"),
        ({"beforeId": "draft"}, "VALIDATION_ERROR"),
        ({"blocks": [{"type": "cta", "data": {"title": "A", "cta": {"label": "B", "pageId": "0"}}}]}, "PAGE_NOT_FOUND"),
    ],
)
async def test_one_that_is_refused_stops_all(world: World, wrong: dict[str, Any], code: str) -> None:
    _ = await world.page("Taken")
    draft = await world.page("Draft", publish=False)
    fresh = {"translations": [{"locale": "en", "title": "Fresh"}], "publish": True}
    given = fresh | {"translations": [{"locale": "en", "title": "Other"}]} | wrong
    given |= {name: draft for name in ("parentId", "beforeId") if given.get(name) == "draft"}
    before = await kept(world)
    with pytest.raises(Refused) as refused:
        async with world.database.begin(world.tenant, ADMIN) as work:
            _ = await create_pages(work, [parse(CreatePage, each) for each in (fresh, given)])
    assert code in [problem.code for problem in refused.value.problems]
    assert await kept(world) == before


async def test_who_may_not_publish_makes_no_live_page(world: World) -> None:
    given = {"translations": [{"locale": "en", "title": "Page"}], "publish": True}
    with pytest.raises(Refused):
        async with world.database.begin(world.tenant, AUTHOR) as work:
            _ = await create_pages(work, [parse(CreatePage, given)])


def lead(path: str, page: str, locale: str = "en") -> CreatePathRedirect:
    return parse(CreatePathRedirect, {"fromPath": path, "locale": locale, "pageId": page})


async def test_redirects_made_at_once_lead_where_those_made_one_by_one_do(database: Database) -> None:
    told: list[Any] = []
    for at_once in (False, True):
        async with new_world(database) as world:
            page = await world.page("About")
            wanted = [lead("/Old", page), lead("/old", page, "de"), lead("/older/", page)]
            async with world.database.begin(world.tenant, ADMIN) as work:
                if at_once:
                    _ = await create_page_redirects(work, wanted, IMPORTED)
                else:
                    for command in wanted:
                        _ = await create_path_redirect(work, command, IMPORTED)
            asked = (
                "{ pathRedirects(first: 9) { nodes { fromPath locale statusCode isPrefix origin page { title } } } }"
            )
            names = [name for name, _ in await world.outbox()]
            told.append((sorted((await world.ask(asked))["pathRedirects"]["nodes"], key=str), names))
    assert told[0] == told[1]
    assert len(told[0][0]) == 3


async def test_one_redirect_that_is_refused_stops_all(world: World) -> None:
    page, draft = await world.page("About"), await world.page("Draft")
    await world.do("unpublishPage", id=draft)
    async with world.database.begin(world.tenant, ADMIN) as work:
        _ = await create_page_redirects(work, [lead("/taken", page)], IMPORTED)
    before = await world.outbox()
    for wrong in (
        lead("/taken", page),
        lead("/about", draft),
        lead("/draft", draft),
        lead("/x", "0"),
        lead("/%2F", page),
    ):
        with pytest.raises(Refused):
            async with world.database.begin(world.tenant, ADMIN) as work:
                _ = await create_page_redirects(work, [lead("/fresh", page), wrong], IMPORTED)
    assert await world.outbox() == before

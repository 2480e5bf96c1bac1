"""Cases that nobody thinks of at first: the model of tests/model found them, each told plainly."""

from typing import Any
from uuid import uuid4

import pytest

from tests.world import ADMIN, ANONYMOUS, AUTHOR, MANAGER, World

ROUTE = """query ($path: String!, $locale: String, $stage: ContentStage) {
  route(path: $path, locale: $locale, stage: $stage) { statusCode
    ... on PageRoute { page { id } canonicalPath canonicalLocale isCanonical }
    ... on PathRedirectRoute { targetPage { id } location targetLocale } ... on PathGoneRoute { goneAt } } }"""


def text(title: str = "Page", locale: str = "en", **more: Any) -> dict[str, Any]:
    return {"locale": locale, "title": title, **more}


async def route(world: World, path: str, locale: str = "en", stage: str = "LIVE") -> dict[str, Any]:
    actor = ADMIN if stage == "DRAFT" else ANONYMOUS
    return (await world.ask(ROUTE, actor, path=path, locale=locale, stage=stage))["route"]


async def done(world: World, mutation: str, **input: Any) -> None:
    assert (await world.do(mutation, **input))["problems"] == []


@pytest.mark.parametrize("order", [("de", "ru"), ("ru", "de")])
async def test_of_two_drafts_at_one_path_the_one_that_falls_back_least_is_shown(world: World, order: Any) -> None:
    pages = {tag: await world.page(translations=[text("Same", tag)], publish=False) for tag in order}
    found = await route(world, "/same", stage="DRAFT")
    assert (found["page"], found["canonicalLocale"]) == ({"id": pages["de"]}, "de")


async def test_a_missing_permission_is_told_before_a_stale_version(world: World) -> None:
    page = await world.page("Page")
    denied = [("PERMISSION_DENIED", [])]
    stale = {"id": page, "expectedVersion": 1}
    assert await world.problems("movePage", MANAGER, **stale, parentId=None) == denied
    assert await world.problems("changePageSlug", MANAGER, **stale, locale="en", slug="new") == denied
    assert await world.problems("updatePage", MANAGER, **stale, channels=["web"]) == denied
    conflict = [("PAGE_VERSION_CONFLICT", ["expectedVersion"])]
    assert await world.problems("updatePage", MANAGER, **stale, translations=[text("New")]) == conflict
    await done(world, "updatePage", actor=MANAGER, id=page, channels=[], template=None)  # as it is already


async def test_an_archived_page_does_not_become_the_home_page(world: World) -> None:
    page = await world.page("Page")
    await done(world, "archivePage", id=page)
    assert await world.problems("setHomePage", id=page) == [("PAGE_ARCHIVED", ["id"])]


async def test_the_faults_of_a_home_page_are_told_with_the_others(world: World) -> None:
    page = await world.page("Home")
    await done(world, "setHomePage", id=page)
    problems = await world.problems("updatePage", id=page, channels=["web"], translations=[text("")])
    assert sorted(problems) == [("HOME_PAGE", ["channels"]), ("VALIDATION_ERROR", ["translations", "0", "title"])]


async def test_the_root_never_leads_to_the_home_page_before(world: World) -> None:
    first = await world.page(translations=[text("First"), text("Erste", "de")])
    second = await world.page("Second")
    await done(world, "setHomePage", id=first)
    await done(world, "updatePage", id=first, translations=[text("Первая", "ru")])
    await done(world, "publishPage", id=first)
    await done(world, "updatePage", id=first, removeLocales=["ru"])
    await done(world, "publishPage", id=first)
    await done(world, "setHomePage", id=second)
    here = {"canonicalPath": "/", "canonicalLocale": "en", "isCanonical": False}
    for locale in ("de", "ru"):
        assert await route(world, "/", locale) == {"statusCode": 200, "page": {"id": second}, **here}
    assert (await route(world, "/erste", "de"))["page"] == {"id": first}


async def test_the_path_of_a_home_pages_slugs_stays_with_the_page_that_lives_there(world: World) -> None:
    english, german = await world.page(translations=[text("P")]), await world.page(translations=[text("P", "de")])
    child = await world.page(translations=[text("C", "de")], parentId=german)
    home = await world.page("Home", parentId=english)
    await done(world, "setHomePage", id=home)
    await done(world, "updatePage", id=home, translations=[text("C", "de")])
    await done(world, "publishPage", id=home)

    assert (await route(world, "/p/c", "de"))["page"] == {"id": child}
    assert (await route(world, "/", "de"))["page"] == {"id": home}
    assert (await route(world, "/p/home"))["location"] == "/"


async def test_a_redirect_goes_to_the_locale_that_a_draft_speaks(world: World) -> None:
    page = await world.page(translations=[text("Page"), text("Seite", "de")])
    query = "mutation ($input: CreatePathRedirectInput!) { createPathRedirect(input: $input) { redirect { id } } }"
    assert (await world.ask(query, input={"fromPath": "/old", "pageId": page}))["createPathRedirect"]["redirect"]
    await done(world, "updatePage", id=page, removeLocales=["de"])
    found = await route(world, "/old", "de", "DRAFT")
    assert (found["location"], found["targetLocale"]) == ("/page", "en")
    assert (await route(world, "/old", "de"))["location"] == "/de/seite"


@pytest.mark.parametrize("locale", ["en", None])
async def test_a_redirect_from_where_its_own_page_lives_is_a_loop(world: World, locale: str | None) -> None:
    page, other = await world.page("Page"), await world.page("Other")
    query = """mutation ($input: CreatePathRedirectInput!) { createPathRedirect(input: $input) { redirect { id }
        problems { code path ... on ContentRedirectLoopProblem { cycle } } } }"""
    given = {"fromPath": "/page", "locale": locale}
    payload = (await world.ask(query, input={**given, "pageId": page}))["createPathRedirect"]
    assert payload["problems"] == [{"code": "REDIRECT_LOOP", "path": ["fromPath"], "cycle": ["/page", "/page"]}]
    payload = (await world.ask(query, input={**given, "pageId": other}))["createPathRedirect"]
    assert payload["problems"] == [{"code": "PATH_IN_USE", "path": ["fromPath"]}]


async def test_a_redirect_to_a_page_that_never_was_live_is_gone_since_it_was_made(world: World) -> None:
    page = await world.page("Page", publish=False)
    query = """mutation ($input: CreatePathRedirectInput!) { createPathRedirect(input: $input) {
        redirect { createdAt } } }"""
    payload = (await world.ask(query, input={"fromPath": "/soon", "pageId": page}))["createPathRedirect"]
    assert await route(world, "/soon") == {"statusCode": 410, "goneAt": payload["redirect"]["createdAt"]}


async def test_paths_are_inherited_by_live_pages_only(world: World) -> None:
    gone, heir = await world.page("Gone", publish=False), await world.page("Heir", publish=False)
    problems = await world.problems("deletePage", id=gone, redirectToId=heir)
    assert problems == [("NOTHING_LIVE", ["redirectToId"])]


async def test_a_parent_that_is_not_live_hides_no_other_fault(world: World) -> None:
    draft = await world.page("Draft", publish=False)
    await world.page("Child", parentId=draft, publish=False)
    under = ("PARENT_NOT_PUBLISHED", ["parentId"])
    problems = await world.problems("createPage", translations=[text("Child")], parentId=draft, publish=True)
    assert sorted(problems) == [("DUPLICATE_SLUG", ["translations", "0", "slug"]), under]
    page = await world.page("Child")
    problems = await world.problems("movePage", id=page, parentId=draft, beforeId=str(uuid4()))
    assert sorted(problems) == [
        ("DUPLICATE_SLUG", ["parentId"]),
        ("PAGE_NOT_FOUND", ["beforeId"]),
        under,
    ]


async def test_under_a_parent_that_is_not_there_no_neighbour_is_missed(world: World) -> None:
    top = await world.page("Top")
    page, beside = await world.page("Page"), await world.page("Beside", parentId=top)
    problems = await world.problems("movePage", id=page, parentId=str(uuid4()), beforeId=beside)
    assert problems == [("PAGE_NOT_FOUND", ["parentId"])]


async def test_a_neighbour_that_is_not_to_be_seen_is_not_there(world: World) -> None:
    hidden, shown = await world.page("Hidden", publish=False), await world.page("Shown")
    acts: list[tuple[str, dict[str, Any]]] = [
        ("createPage", {"translations": [text("New")]}),
        ("movePage", {"id": await world.page("Mine", actor=AUTHOR, publish=False)}),
    ]
    for mutation, given in acts:
        assert await world.problems(mutation, AUTHOR, **given, beforeId=hidden) == [("PAGE_NOT_FOUND", ["beforeId"])]
        assert (await world.do(mutation, AUTHOR, **given, beforeId=shown))["problems"] == []


async def test_a_slug_that_only_the_draft_has_leaves_what_is_live_as_it_is(world: World) -> None:
    page = await world.page("Page")
    await done(world, "updatePage", id=page, translations=[text("Seite", "de")])
    await done(world, "changePageSlug", id=page, locale="de", slug="neu")
    assert await revisions(world, page) == [(3, False), (2, False), (1, True)]


async def test_a_draft_that_says_what_is_live_after_a_rename_gets_no_revision_of_its_own(world: World) -> None:
    page = await world.page("Page")
    await done(world, "updatePage", id=page, translations=[text(slug="new")])
    await done(world, "changePageSlug", id=page, locale="en", slug="new")
    assert await revisions(world, page) == [(3, True), (2, False), (1, False)]


async def revisions(world: World, page: str) -> list[tuple[int, bool]]:
    query = """query ($id: ID!) { page(id: $id, stage: DRAFT) { revisions { nodes { number isLive } } } }"""
    nodes = (await world.ask(query, id=page))["page"]["revisions"]["nodes"]
    return [(node["number"], node["isLive"]) for node in nodes]


async def test_who_has_a_slug_is_told_only_where_the_request_sees_him(world: World) -> None:
    page = await world.page("Page", channels=["app"])
    query = '{ pageSlugAvailability(slug: "page", locale: "en") { isAvailable reason takenBy { id } } }'
    for channel, who in (("web", None), ("app", {"id": page}), (None, {"id": page})):
        found = (await world.ask(query, view=world.view(AUTHOR, channel=channel)))["pageSlugAvailability"]
        assert found == {"isAvailable": False, "reason": "TAKEN", "takenBy": who}


async def test_a_home_page_forgets_the_path_that_it_leaves_without_a_redirect(world: World) -> None:
    top, other = await world.page("Top"), await world.page("Other")
    home = await world.page("Home", parentId=top)
    await done(world, "setHomePage", id=home)
    await done(world, "changePageSlug", id=home, locale="en", slug="start")
    await done(world, "changePageSlug", id=home, locale="en", slug="begin", keepRedirect=False)
    found = {path: (await route(world, path))["statusCode"] for path in ("/top/home", "/top/start", "/top/begin")}
    assert found == {"/top/home": 301, "/top/start": 404, "/top/begin": 301}
    await done(world, "movePage", id=home, parentId=other, keepRedirects=False)
    await done(world, "changePageSlug", id=other, locale="en", slug="o", keepRedirect=False)
    found = {path: (await route(world, path))["statusCode"] for path in ("/top/begin", "/other/begin", "/o/begin", "/")}
    assert found == {"/top/begin": 404, "/other/begin": 404, "/o/begin": 301, "/": 200}


async def test_all_that_is_wrong_with_a_rename_is_told(world: World) -> None:
    page = await world.page("Page")
    problems = await world.problems("changePageSlug", id=page, locale="de", slug="?!")
    assert sorted(problems) == [("VALIDATION_ERROR", ["locale"]), ("VALIDATION_ERROR", ["slug"])]


async def test_a_slug_that_comes_back_is_missed_where_it_was_asked_for(world: World) -> None:
    page = await world.page(translations=[text("Old"), text("Alt", "de")])
    await done(world, "updatePage", id=page, translations=[text("New", slug="new")], removeLocales=["de"])
    await done(world, "publishPage", id=page)
    await world.page(translations=[text("Other", slug="old")])
    problems = await world.problems("restorePageRevision", id=page, revision=1, restoreSlugs=True)
    assert problems == [("DUPLICATE_SLUG", ["restoreSlugs"])]
    await done(world, "restorePageRevision", id=page, revision=1)
    await done(world, "updatePage", id=page, removeLocales=["de"])
    await world.page(translations=[text("Andere", "de", slug="alt")])
    problems = await world.problems("restorePageRevision", id=page, revision=1)
    assert problems == [("DUPLICATE_SLUG", ["revision"])]

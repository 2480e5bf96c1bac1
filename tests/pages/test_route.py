"""What a path leads to: a page, another path, something gone, or nothing."""

from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, World

ROUTE = """query ($path: String!, $locale: String, $channel: String, $stage: ContentStage) {
  route(path: $path, locale: $locale, channel: $channel, stage: $stage) { type: __typename statusCode path locale
    ... on PageRoute { page { id locale } isCanonical canonicalPath canonicalLocale }
    ... on PathRedirectRoute { isPermanent location targetPage { id } targetPath targetLocale }
    ... on PathGoneRoute { goneAt } } }"""


async def route(world: World, path: str, locale: str = "en", **more: Any) -> dict[str, Any]:
    data = await world.ask(ROUTE, more.pop("actor", ANONYMOUS), path=path, locale=locale, **more)
    return data["route"]


def found(id_: str, path: str, **more: Any) -> dict[str, Any]:
    """A page where it lives."""
    asked = {"type": "PageRoute", "statusCode": 200, "path": path, "locale": "en"}
    lives = {"isCanonical": True, "canonicalPath": path, "canonicalLocale": "en"}
    return asked | lives | {"page": {"id": id_, "locale": "en"}} | more


def moved(id_: str, path: str, location: str, locale: str = "en", **more: Any) -> dict[str, Any]:
    """A redirect to a page in its place."""
    asked = {"type": "PathRedirectRoute", "statusCode": 301, "path": path, "locale": locale}
    target = {"targetPage": {"id": id_}, "targetPath": location, "targetLocale": locale}
    return asked | target | {"isPermanent": True, "location": location} | more


def nothing(path: str, locale: str = "en") -> dict[str, Any]:
    return {"type": "PathNotFoundRoute", "statusCode": 404, "path": path, "locale": locale}


async def rename(world: World, page: str, slug: str, locale: str = "en") -> None:
    await world.do("updatePage", id=page, translations=[{"locale": locale, "slug": slug}])
    assert (await world.do("publishPage", id=page))["problems"] == []


async def test_a_page_lives_at_its_path_however_that_is_written(world: World) -> None:
    top = await world.page("Über uns")
    page = await world.page("İzmir ß", parentId=top)
    path = "/über-uns/izmir-ß"
    for written in (
        path,
        "über-uns/izmir-ß",
        "//über-uns///izmir-ß/",
        "/ÜBER-UNS/İZMIR-ß",
        "/%C3%9Cber-uns/izmir-%c3%9f",
        "/u\u0308ber-uns/izmir-ß",
        f"{path}?q=a/b&c=%2F#x",
        f"{path}#a?b",
    ):
        assert await route(world, written) == found(page, path), written


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/a%2Fb", "/a%2Fb"),
        ("/a%00b", "/a%00b"),
        ("/a\x00b", None),
        ("/a/../b", "/a/../b"),
        ("/./a", "/./a"),
        ("/%2e%2E/a", "/%2e%2E/a"),
        ("/%ff%fe", "/%ff%fe"),
        ("/a%2Fb?q=%2F#x", "/a%2Fb"),
        ("/a\ud800", None),
        ("/%252e%252e", "/%2e%2e"),
        ("/" + "x" * 2999, None),
        ("/" + "я" * 1500, None),
        ("/" + "a/" * 1500, None),
        ("/" + "%41" * 1000, None),
        ("/nothing", "/nothing"),
        ("", "/"),
        ("/", "/"),
        ("?", "/"),
        ("/'; DROP TABLE page; --", "/'; drop table page; --"),
        ("/%", "/%"),
        ("/_", "/_"),
    ],
    ids=lambda value: repr(value)[:20],
)
async def test_nothing_lives_where_no_page_can(world: World, path: str, shown: str | None) -> None:
    await world.page("a")
    for stage in ("LIVE", "DRAFT"):
        answer = await route(world, path, stage=stage, actor=ADMIN)
        assert (answer["type"], answer["statusCode"]) == ("PathNotFoundRoute", 404)
        assert shown is None or answer["path"] == shown
        assert len(answer["path"].encode()) <= 2_001


async def test_a_renamed_page_leaves_a_redirect_from_each_of_its_names(world: World) -> None:
    page = await world.page("One")
    for slug in ("two", "three"):
        await rename(world, page, slug)
    assert await route(world, "/three") == found(page, "/three")
    assert [await route(world, path) for path in ("/one", "/two/")] == [
        moved(page, "/one", "/three"),
        moved(page, "/two", "/three"),
    ]
    await rename(world, page, "one")
    assert await route(world, "/one") == found(page, "/one")
    assert await route(world, "/three") == moved(page, "/three", "/one")


async def test_a_draft_that_is_renamed_moves_nothing(world: World) -> None:
    page = await world.page("Old")
    await world.do("updatePage", id=page, translations=[{"locale": "en", "slug": "new"}])
    assert await route(world, "/old") == found(page, "/old")
    assert await route(world, "/new") == nothing("/new")
    assert (await route(world, "/new", stage="DRAFT", actor=ADMIN))["page"]["id"] == page
    assert (await route(world, "/old", stage="DRAFT", actor=ADMIN))["isCanonical"] is False


async def test_what_stands_below_moves_with_its_parents(world: World) -> None:
    top = await world.page("Top")
    middle = await world.page("Middle", parentId=top)
    page = await world.page("Page", parentId=middle)
    await rename(world, top, "new")
    await rename(world, middle, "mid")
    assert await route(world, "/new/mid/page") == found(page, "/new/mid/page")
    for old in ("/top/middle/page", "/new/middle/page"):
        assert await route(world, old) == moved(page, old, "/new/mid/page")
    assert await route(world, "/top/middle") == moved(middle, "/top/middle", "/new/mid")
    assert await route(world, "/top/mid") == nothing("/top/mid")


async def test_a_locale_has_paths_of_its_own_and_a_prefix(world: World) -> None:
    texts = [{"locale": "en", "title": "Tree"}, {"locale": "de", "title": "Größe ü"}]
    page = await world.page(translations=texts)
    german = {"page": {"id": page, "locale": "de"}, "canonicalLocale": "de", "locale": "de"}
    assert await route(world, "/größe-ü", "de") == found(page, "/größe-ü", **german)
    await rename(world, page, "neu & gut", "de")
    assert await route(world, "/größe-ü", "de") == moved(page, "/größe-ü", "/de/neu-gut", "de", targetPath="/neu-gut")
    await rename(world, page, "дерево", "de")
    location = "/de/%D0%B4%D0%B5%D1%80%D0%B5%D0%B2%D0%BE"
    assert (await route(world, "/neu-gut", "de"))["location"] == location


async def test_what_only_a_fallback_matches_says_where_it_really_lives(world: World) -> None:
    english = await world.page("Tree")
    both = await world.page(translations=[{"locale": "en", "title": "Leaf"}, {"locale": "de", "title": "Blatt"}])
    assert await route(world, "/tree", "de") == found(english, "/tree", locale="de", isCanonical=False)
    elsewhere = {"canonicalPath": "/blatt", "canonicalLocale": "de", "isCanonical": False}
    assert await route(world, "/leaf", "de") == found(
        both, "/leaf", locale="de", page={"id": both, "locale": "de"}, **elsewhere
    )
    assert (await route(world, "/tree", "fr"))["canonicalLocale"] == "en"


async def test_the_locale_asked_for_decides_before_its_fallbacks(world: World) -> None:
    german = await world.page(translations=[{"locale": "de", "title": "Alt", "slug": "x"}])
    await rename(world, german, "y", "de")
    english = await world.page(translations=[{"locale": "en", "title": "X"}])
    assert (await route(world, "/x", "de"))["targetPage"] == {"id": german}
    assert (await route(world, "/x", "en"))["page"]["id"] == english


async def test_an_unpublished_page_is_gone_since_then(world: World) -> None:
    page = await world.page("Page")
    await rename(world, page, "new")
    await world.do("unpublishPage", id=page)
    first = await route(world, "/new")
    assert (first["type"], first["statusCode"], first["path"]) == ("PathGoneRoute", 410, "/new")
    assert first["goneAt"].endswith("+00:00")
    assert (await route(world, "/page"))["goneAt"] == first["goneAt"]

    await world.do("publishPage", id=page)
    await world.do("unpublishPage", id=page)
    assert (await route(world, "/new"))["goneAt"] > first["goneAt"]


async def test_a_draft_lives_nowhere_for_readers(world: World) -> None:
    top = await world.page("Top")
    page = await world.page("Page", parentId=top, publish=False)
    assert await route(world, "/top/page") == nothing("/top/page")
    assert await route(world, "/top/page", stage="DRAFT", actor=ADMIN) == found(page, "/top/page")


async def test_a_page_of_another_channel_is_not_found(world: World) -> None:
    page = await world.page("Page", channels=["app"])
    assert await route(world, "/page", channel="web") == nothing("/page")
    assert await route(world, "/page", channel="app") == found(page, "/page")
    await rename(world, page, "new")
    assert await route(world, "/page", channel="web") == nothing("/page")
    assert await route(world, "/page", channel="app") == moved(page, "/page", "/new")


async def test_a_path_is_bounded(world: World) -> None:
    slug, parent = "x" * 250, None
    for _ in range(7):
        parent = await world.page(slug, parentId=parent)
    given = {"parentId": parent, "translations": [{"locale": "en", "title": slug}]}
    problems = await world.problems("createPage", **given, publish=True)
    assert problems == [("PATH_TOO_LONG", ["translations", "0", "slug"])]
    given["translations"] = [{"locale": "en", "title": "x" * 242}]
    assert (await world.do("createPage", **given, publish=True))["problems"] == []
    assert (await route(world, f"{f'/{slug}' * 7}/{'x' * 242}"))["statusCode"] == 200

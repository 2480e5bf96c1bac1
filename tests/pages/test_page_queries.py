"""Reading pages: one, many, and what stands around them."""

from typing import Any
from uuid import uuid4

import pytest

from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, World

NIL = str(uuid4())


def texts(**titles: str) -> list[dict[str, Any]]:
    return [{"locale": locale, "title": title} for locale, title in titles.items()]


async def one(world: World, query: str, view: Any = None, **variables: Any) -> Any:
    """The only root field's answer, as a reader gets it."""
    data = await world.ask(query, ANONYMOUS, view, **variables)
    return next(iter(data.values()))


async def test_a_page_shows_itself_in_a_locale_along_its_chain(world: World) -> None:
    page = await world.page(translations=texts(en="Tree", de="Baum"))
    query = """query ($id: ID!, $locale: String) { page(id: $id, locale: $locale) {
        title slug path url locale requestedLocale isFallback availableLocales } }"""
    shown = {"locale": "de", "title": "Baum", "slug": "baum", "path": "/baum", "url": "https://shop.example/de/baum"}
    for asked, real in (("de", "de"), ("DE", "de"), ("de_AT", "de-AT"), ("ru", "ru")):
        facts = {"requestedLocale": real, "isFallback": real != "de", "availableLocales": ["en", "de"]}
        assert await one(world, query, id=page, locale=asked) == {**shown, **facts}
    for asked in (None, "en", "fr", "zh-Hant"):
        found = await one(world, query, id=page, locale=asked)
        assert (found["title"], found["locale"], found["isFallback"]) == ("Tree", "en", asked not in (None, "en"))


async def test_a_page_always_has_an_answer(world: World) -> None:
    page = await world.page(translations=texts(ru="Дерево"))
    query = 'query ($id: ID!) { page(id: $id, locale: "de") { title locale path isFallback } }'
    assert await one(world, query, id=page) == {
        "title": "Дерево",
        "locale": "ru",
        "path": "/дерево",
        "isFallback": True,
    }


@pytest.mark.parametrize(
    "argument",
    ['locale: "not a locale"', 'locale: "x"', 'locale: ""', 'channel: "radio"', 'channel: "\\u0000"', 'channel: ""'],
)
@pytest.mark.parametrize(
    "field", ['page(id: "x"', 'pageBySlug(slug: "x"', 'pageByPath(path: "x"', "pages(first: 1", 'route(path: "x"']
)
async def test_a_wrong_locale_or_channel_ends_that_field_alone(world: World, field: str, argument: str) -> None:
    selected = "nodes { id }" if field.startswith("pages") else "__typename"
    answer = await world.answer(f"{{ wrong: {field}, {argument}) {{ {selected} }} right: pages {{ totalCount }} }}")
    assert answer.data == {"wrong": None, "right": {"totalCount": 0}}
    assert answer.codes == ["VALIDATION_ERROR"]


async def test_translations_are_what_is_really_there(world: World) -> None:
    page = await world.page(translations=texts(de="Baum", en="Tree"))
    query = """query ($id: ID!) { page(id: $id, locale: "ru") { translations { locale title path seo { title canonicalUrl } }
        de: translation(locale: "de") { title } other: translation(locale: "DE") { title } ru: translation(locale: "ru") { title }
        alternates { locale path url isDefault } } }"""
    found = await one(world, query, id=page)
    assert found["translations"] == [
        {
            "locale": "en",
            "title": "Tree",
            "path": "/tree",
            "seo": {"title": "Tree", "canonicalUrl": "https://shop.example/tree"},
        },
        {
            "locale": "de",
            "title": "Baum",
            "path": "/baum",
            "seo": {"title": "Baum", "canonicalUrl": "https://shop.example/de/baum"},
        },
    ]
    assert (found["de"], found["other"], found["ru"]) == ({"title": "Baum"}, {"title": "Baum"}, None)
    assert found["alternates"] == [
        {"locale": "en", "path": "/tree", "url": "https://shop.example/tree", "isDefault": True},
        {"locale": "de", "path": "/baum", "url": "https://shop.example/de/baum", "isDefault": False},
    ]
    answer = await world.answer('query ($id: ID!) { page(id: $id) { translation(locale: "?") { title } } }', id=page)
    assert (answer.data, answer.codes) == ({"page": {"translation": None}}, ["VALIDATION_ERROR"])


async def test_a_channel_without_a_base_url_has_no_urls(world: World) -> None:
    page = await world.page("Page")
    query = 'query ($id: ID!) { page(id: $id, channel: "app") { url path alternates { url } seo { canonicalUrl } } }'
    found = await one(world, query, id=page)
    assert found == {"url": None, "path": "/page", "alternates": [{"url": None}], "seo": {"canonicalUrl": None}}


async def test_a_page_is_found_by_its_slug_under_its_parent(world: World) -> None:
    top = await world.page(translations=texts(en="Top", de="Oben"))
    child = await world.page(translations=texts(en="Child", de="Kind"), parentId=top)
    query = "query ($s: String!, $p: ID, $l: String) { pageBySlug(slug: $s, parentId: $p, locale: $l) { id } }"
    for slug, parent, locale, found in (
        ("top", None, None, top),
        ("TOP", None, "en", top),
        ("oben", None, "de", top),
        ("top", None, "de", top),  # along the chain
        ("oben", None, "en", top),
        ("child", top, None, child),
        ("kind", top, "de-AT", child),
        ("child", None, None, None),
        ("child", NIL, None, None),
        ("child", "no-uuid", None, None),
        ("top", "", None, None),
        ("top", "00000000-0000-0000-0000-000000000000", None, None),
        ("", None, None, None),
        ("top\x00", None, None, top),
    ):
        assert await one(world, query, s=slug, p=parent, l=locale) == (found and {"id": found}), (slug, locale)


async def test_a_page_is_found_by_its_path_and_no_redirect_is_followed(world: World) -> None:
    top = await world.page("Top")
    child = await world.page(translations=texts(en="Child", ru="Дитя"), parentId=top)
    query = "query ($p: String!, $l: String) { pageByPath(path: $p, locale: $l) { id path locale } }"
    assert await one(world, query, p="/top/child/") == {"id": child, "path": "/top/child", "locale": "en"}
    assert await one(world, query, p="top/%D0%94итя", l="ru") == {"id": child, "path": "/top/дитя", "locale": "ru"}
    await world.do("updatePage", id=top, translations=[{"locale": "en", "slug": "new"}])
    await world.do("publishPage", id=top)
    assert await one(world, query, p="/top/child") is None
    assert (await one(world, query, p="/new/child"))["id"] == child
    assert await one(world, query, p="/a%2Fb") is None


async def test_what_stands_above_and_below(world: World) -> None:
    top = await world.page(translations=texts(en="Top", de="Oben"))
    middle = await world.page("Middle", parentId=top)
    page = await world.page("Page", parentId=middle)
    query = """query ($id: ID!) { page(id: $id, locale: "de") { depth path parent { id title } ancestors { id depth }
        breadcrumbs { title path pageId } children { nodes { id depth } totalCount } } }"""
    assert await one(world, query, id=page) == {
        "depth": 2,
        "path": "/top/middle/page",
        "parent": {"id": middle, "title": "Middle"},
        "ancestors": [{"id": top, "depth": 0}, {"id": middle, "depth": 1}],
        "breadcrumbs": [
            {"title": "Oben", "path": "/oben", "pageId": top},
            {"title": "Middle", "path": "/top/middle", "pageId": middle},
            {"title": "Page", "path": "/top/middle/page", "pageId": page},
        ],
        "children": {"nodes": [], "totalCount": 0},
    }
    below = await one(world, query, id=top)
    assert (below["parent"], below["ancestors"]) == (None, [])
    assert below["children"] == {"nodes": [{"id": middle, "depth": 1}], "totalCount": 1}


async def test_seo_is_derived_where_nothing_is_stored(world: World) -> None:
    fields = """title description canonicalUrl robots image { src } stored
        openGraph { title description type locale image { src } }"""
    query = f'query ($id: ID!) {{ page(id: $id, channel: "web") {{ seo {{ {fields} }} }} }}'
    body = {"content": "**Words** " * 60}
    plain = await world.page(translations=[{"locale": "en", "title": "Plain", "body": body}])
    seo = (await one(world, query, id=plain))["seo"]
    assert (seo["title"], seo["robots"], seo["canonicalUrl"]) == (
        "Plain",
        "index, follow",
        "https://shop.example/plain",
    )
    assert seo["description"].startswith("Words Words")
    assert len(seo["description"]) <= 160
    graph = {"title": "Plain", "description": seo["description"], "type": "website", "locale": "en", "image": None}
    assert (seo["openGraph"], seo["image"], seo["stored"]) == (graph, None, None)

    stored = {
        "title": "S",
        "description": "D",
        "canonicalUrl": "https://x.example/",
        "robots": "noindex",
        "image": {"src": "/s.png"},
        "openGraph": {"title": "O", "type": "article", "image": {"src": "/o.png"}},
    }
    page = await world.page(translations=[{"locale": "en", "title": "Page", "seo": stored}])
    seo = (await one(world, query, id=page))["seo"]
    assert seo == {**stored, "openGraph": {**stored["openGraph"], "description": "D", "locale": "en"}, "stored": None}
    for actor, shown in ((ADMIN, stored), (AUTHOR, None), (CUSTOMER, None)):
        assert (await world.ask(query, actor, id=page))["page"]["seo"]["stored"] == shown


async def test_facts_for_editors_are_hidden_from_readers(world: World) -> None:
    block = {"type": "hero", "data": {"title": "H"}, "overrides": [{"locale": "de", "data": {"title": "G"}}]}
    page = await world.page("Page", blocks=[block], note="Why")
    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "New"}])
    query = """query ($id: ID!) { page(id: $id) { hasUnpublishedChanges viewerPermissions revision { note author { id } }
        blocks { sharedData overrides { locale data } } author { id } } }"""
    for actor in (ANONYMOUS, CUSTOMER, AUTHOR):
        assert (await world.ask(query, actor, id=page))["page"] == {
            "hasUnpublishedChanges": False,
            "viewerPermissions": [],
            "revision": {"note": None, "author": None},
            "blocks": [{"sharedData": None, "overrides": None}],
            "author": {"id": "admin"},
        }
    known = (await world.ask(query, ADMIN, id=page))["page"]
    assert known["hasUnpublishedChanges"] is True
    assert known["viewerPermissions"] == ["pages:delete", "pages:manage", "pages:publish", "pages:update"]
    assert known["revision"] == {"note": "Why", "author": {"id": "admin"}}
    assert known["blocks"] == [{"sharedData": {"title": "H"}, "overrides": block["overrides"]}]


async def test_blocks_are_merged_for_the_locale_shown(world: World) -> None:
    hero = {"type": "hero", "data": {"title": "H", "backgroundImage": {"src": "/a.png", "alt": "A"}}}
    change = {"title": "G", "backgroundImage": {"alt": None}}
    word = {"type": "text", "data": {"text": {"content": "Hi", "format": "PLAIN"}}}
    blocks = [hero | {"overrides": [{"locale": "de", "data": change}]}, word]
    page = await world.page(translations=texts(en="Page", de="Seite"), blocks=blocks)
    query = """query ($id: ID!, $l: String) { page(id: $id, locale: $l) { blocks { type data ... on PageHeroBlock { title backgroundImage { alt } }
        ... on PageTextBlock { text { html } } } text: blocks(types: ["text", "nothing"]) { type } none: blocks(types: []) { type } } }"""
    english, german = await one(world, query, id=page), await one(world, query, id=page, l="de")
    assert english["blocks"][0] == {**hero, "title": "H", "backgroundImage": {"alt": "A"}}
    data = {"title": "G", "backgroundImage": {"src": "/a.png"}}
    assert german["blocks"][0] == {"type": "hero", "data": data, "title": "G", "backgroundImage": {"alt": None}}
    assert german["blocks"][1]["text"] == {"html": "<p>Hi</p>"}
    assert (german["text"], german["none"]) == ([{"type": "text"}], [])


async def test_a_view_key_is_another_in_another_view(world: World) -> None:
    page = await world.page("Page")
    query = "query ($id: ID!) { page(id: $id) { viewKey } }"
    views = [world.view(), world.view(locale="de"), world.view(channel="app"), world.view(ADMIN, stage="DRAFT")]
    keys = [(await world.ask(query, view=view, id=page))["page"]["viewKey"] for view in [*views, world.view(CUSTOMER)]]
    assert len(set(keys)) == 4
    assert keys[0] == keys[-1]


async def test_what_is_empty_is_no_id_no_locale_and_no_channel(world: World) -> None:
    await world.page("Page")
    query = 'query ($id: ID) { pageBySlug(slug: "page", parentId: $id) { title } }'
    assert (await world.ask(query, ANONYMOUS, id=None))["pageBySlug"] == {"title": "Page"}
    for id in ("", "no-id", "00000000-0000-0000-0000-000000000000"):
        assert (await world.ask(query, ANONYMOUS, id=id))["pageBySlug"] is None
    for name in ("locale", "channel"):
        answer = await world.answer(f'{{ pageByPath(path: "/page", {name}: "") {{ id }} }}', ANONYMOUS)
        assert (answer.data, answer.codes) == ({"pageByPath": None}, ["VALIDATION_ERROR"])

from typing import Any

from tests.world import ADMIN, ANONYMOUS, World

QUERY = """query ($locale: String, $channel: String, $stage: ContentStage) {
  menuByHandle(handle: "main", locale: $locale, channel: $channel, stage: $stage) {
    isFallback
    items { ...item children { ...item children { ...item } } }
  }
}
fragment item on MenuItem {
  label url isVisible hiddenReason
  link {
    __typename
    ... on MenuPageLink { page { id path } fragment query }
    ... on MenuUrlLink { url isExternal }
    ... on MenuEntityLink { entity { __typename ... on Product { id } ... on Category { id } ... on Post { id } } }
  }
}"""


def text(label: str, locale: str = "en", **more: Any) -> dict[str, Any]:
    return {"translations": [{"locale": locale, "label": label}], **more}


async def shown(world: World, actor: Any = ANONYMOUS, **view: Any) -> dict[str, Any]:
    return (await world.ask(QUERY, actor, **view))["menuByHandle"]


async def test_a_link_to_a_page_follows_every_rename_without_touching_the_menu(world: World) -> None:
    parent = await world.page("Company")
    page = await world.page("About us", parentId=parent)
    link = {"pageId": page, "fragment": "#team & co", "query": "?a=1&b=ü"}
    menu = await world.menu("main", [{"link": link}])
    [item] = (await shown(world))["items"]
    assert (item["label"], item["url"]) == ("About us", "/company/about-us?a=1&b=%C3%BC#team%20&%20co")
    assert item["link"]["page"] == {"id": page, "path": "/company/about-us"}
    assert (item["link"]["fragment"], item["link"]["query"]) == ("team & co", "a=1&b=ü")

    renamed = [{"locale": "en", "slug": "firm"}]
    assert (await world.do("updatePage", id=parent, translations=renamed))["problems"] == []
    assert (await world.do("publishPage", id=parent))["problems"] == []

    [item] = (await shown(world))["items"]
    assert item["url"].startswith("/firm/about-us?")
    version = await world.ask("query ($id: ID!) { menu(id: $id) { version } }", id=menu)
    assert version == {"menu": {"version": 2}}  # made and published


async def test_urls_entities_and_headings_are_shown_as_written(world: World) -> None:
    items = [
        {"link": {"url": "https://elsewhere.example/x"}},
        {"link": {"url": "https://SHOP.example/sale"}},
        {"link": {"url": "/sale?x=1#y"}},
        {"link": {"url": "mailto:me@elsewhere.example"}},
        text("Heading", children=[text("Thing", link={"entity": {"type": "PRODUCT", "id": "p-1"}})]),
        text("Posts", link={"entity": {"type": "POST", "id": "p-2"}}),
    ]
    await world.menu("main", items)
    found = (await shown(world))["items"]
    assert [item["url"] for item in found] == [item.get("link", {}).get("url") for item in items]
    assert [item["label"] for item in found[:2]] == ["https://elsewhere.example/x", "https://SHOP.example/sale"]
    assert [item["link"]["isExternal"] for item in found[:4]] == [True, False, False, True]
    assert found[4]["link"] is None
    assert found[4]["children"][0]["link"] == {
        "__typename": "MenuEntityLink",
        "entity": {"__typename": "Product", "id": "p-1"},
    }
    assert found[5]["link"]["entity"] == {"__typename": "Post", "id": "p-2"}


async def test_labels_fall_back_along_the_chain_then_to_the_title_then_to_the_url(world: World) -> None:
    page = await world.page(translations=[{"locale": "en", "title": "About"}, {"locale": "ru", "title": "О нас"}])
    await world.menu(
        "main",
        [
            {"translations": [{"locale": "de", "label": "Eins"}, {"locale": "en", "label": "One"}]},
            {"link": {"pageId": page}},
            {"link": {"url": "/url"}},
            {"translations": [{"locale": "en", "description": "Words"}], "link": {"url": "/url"}},
        ],
        translations=[{"locale": "ru", "name": "Главное"}],
    )
    labels = {
        locale: [item["label"] for item in (await shown(world, locale=locale))["items"]]
        for locale in ["en", "de", "ru"]
    }
    assert labels == {
        "en": ["One", "About", "/url", "/url"],
        "de": ["Eins", "About", "/url", "/url"],
        "ru": ["Eins", "О нас", "/url", "/url"],
    }


async def test_is_a_fallback_where_the_name_or_any_label_shown_fell_back(world: World) -> None:
    page = await world.page(translations=[{"locale": "en", "title": "About"}, {"locale": "de", "title": "Über"}])
    names = [{"locale": locale, "name": "Main"} for locale in ("en", "de")]
    menu = await world.menu("main", [{"link": {"pageId": page}}, {"link": {"url": "/x"}}], translations=names)
    assert [(await shown(world, locale=locale))["isFallback"] for locale in ("en", "de", "ru")] == [False, False, True]

    await world.do("replaceMenuItems", menuId=menu, items=[{"link": {"pageId": page}}, text("English")])
    await world.do("publishMenu", id=menu)
    assert [(await shown(world, locale=locale))["isFallback"] for locale in ("en", "de")] == [False, True]


async def test_a_page_that_readers_do_not_see_is_hidden_with_what_stands_below(world: World) -> None:
    draft = await world.page("Secret", publish=False)
    elsewhere = await world.page("Elsewhere", channels=["app"])
    await world.menu(
        "main",
        [
            text("Draft", link={"pageId": draft}, children=[text("Below")]),
            text("Elsewhere", link={"pageId": elsewhere}),
            text("Here"),
        ],
    )
    assert [item["label"] for item in (await shown(world))["items"]] == ["Here"]
    assert [item["label"] for item in (await shown(world, channel="app"))["items"]] == ["Elsewhere", "Here"]
    drafts = (await shown(world, ADMIN, stage="DRAFT"))["items"]
    assert [item["url"] for item in drafts] == ["/secret", None]
    assert drafts[0]["children"][0]["label"] == "Below"

    await world.do("publishPage", id=draft)
    assert [item["url"] for item in (await shown(world))["items"]] == ["/secret", None]
    await world.do("unpublishPage", id=draft)
    assert [item["label"] for item in (await shown(world))["items"]] == ["Here"]

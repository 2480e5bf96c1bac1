"""WordPress exports brought into a tenant, on both databases."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from pages_graphql.core.errors import Refused
from pages_graphql.core.text import SLUG_LENGTH
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.source_file import DamagedFile
from pages_graphql.importers.wordpress.write import Order, import_wordpress
from pages_graphql.importers.wordpress.write_menus import TRIES
from tests.importers.exports import item, menu_item, meta, term, write_export
from tests.importers.importer import Importer, counted, said
from tests.importers.test_wordpress_theme_data import THEME_DATA
from tests.world import ANONYMOUS

needs_theme_data = pytest.mark.skipif(
    not THEME_DATA.exists(), reason="PAGES_TEST_WORDPRESS_FILE names no theme test data"
)


# Pages


async def test_a_page_comes_in_with_all_it_says(importer: Importer) -> None:
    html = "<p>Since <b>1900</b>.</p>"
    facts = {"post_name": "%c3%bcber-uns", "content": html, "excerpt": "Who we are", "post_date": "2020-05-01 12:00:00"}
    entries = await importer.bring(item(7, "page", "About us", meta(_wp_page_template="wide.php"), **facts))

    page = await importer.page("/über-uns")
    assert (page["title"], page["slug"], page["status"]) == ("About us", "über-uns", "PUBLISHED")
    assert (page["template"], page["seo"]["description"]) == ("wide.php", "Who we are")
    assert page["body"] == {"format": "HTML", "content": html}
    assert page["metadata"] == {"wordpress": {"id": 7, "createdAt": "2020-05-01T12:00:00+00:00"}}
    assert counted(entries, EntryKind.TAKEN) == {"pages": 1}
    assert said(entries, EntryKind.CHANGED) == {}


async def test_the_tree_comes_in_with_its_order(importer: Importer) -> None:
    await importer.world.page("Here before")
    parts = (
        item(3, title="Second", menu_order=2),
        item(2, title="Child", post_parent=1),
        item(1, title="First", menu_order=1),
    )
    _ = await importer.bring(*parts)
    pages = await importer.pages()
    assert [(page["path"], page["parent"]) for page in pages if page["parent"]] == [
        ("/first/child", {"title": "First"})
    ]
    assert [page["path"] for page in pages if not page["parent"]] == ["/here-before", "/first", "/second"]


async def test_what_readers_may_not_see_in_wordpress_is_a_draft_here(importer: Importer) -> None:
    parts = (
        item(1, title="Draft", status="draft"),
        item(2, title="Private", status="private"),
        item(3, title="Below", post_parent=1),
        item(4, title="Open"),
    )
    _ = await importer.bring(*parts)
    found = {page["title"]: page["status"] for page in await importer.pages()}
    assert found == {"Draft": "DRAFT", "Private": "DRAFT", "Below": "DRAFT", "Open": "PUBLISHED"}
    shown = await importer.world.ask("{ pages { nodes { title } } }", ANONYMOUS)
    assert shown["pages"]["nodes"] == [{"title": "Open"}]


async def test_a_slug_that_is_taken_gets_the_suggested_one(importer: Importer) -> None:
    _ = await importer.world.page("About", publish=False)
    entries = await importer.bring(item(1, title="About"), item(2, title="Team", post_parent=1))
    assert {page["path"] for page in await importer.pages()} == {"/about", "/about-2", "/about-2/team"}
    assert said(entries, EntryKind.CHANGED) == {'page 1 "About"': "its slug “about” is taken: it gets “about-2”"}


async def test_a_slug_is_written_as_slugs_are_here(importer: Importer) -> None:
    long = "a" * 300
    entries = await importer.bring(item(1, title="One", post_name="Big News!"), item(2, title="Two", post_name=long))
    assert [page["slug"] for page in await importer.pages()] == ["big-news", long[:SLUG_LENGTH]]
    assert said(entries, EntryKind.CHANGED)['page 1 "One"'] == "its slug “Big News!” is written “big-news” here"


async def test_what_is_too_large_is_cut_or_left_out_and_reported(importer: Importer) -> None:
    title, html = "Long " * 60, "<p>" + "x" * (1024 * 1024 - 2)
    entries = await importer.bring(item(1, title=title, post_name="long", content=html, menu_order=1))
    page = await importer.page("/long")
    assert (len(page["title"]), page["body"]) == (255, None)
    (cut,) = said(entries, EntryKind.CHANGED).values()
    assert cut == "its title is cut to 255 characters"
    (left_out,) = said(entries, EntryKind.LEFT_OUT).items()
    assert left_out[0].startswith("body of page 1")
    assert left_out[1] == "it has 1,048,577 bytes, and 1,048,576 are the most"


async def test_what_stands_too_deep_comes_to_the_top_level(importer: Importer) -> None:
    depth = importer.world.database.limits.max_tree_depth
    parts = [item(n, title=f"Page {n}", post_name=f"p{n}", post_parent=n - 1) for n in range(1, depth + 2)]
    entries = await importer.bring(*parts)
    roots = [page["title"] for page in await importer.pages() if not page["parent"]]
    assert roots == ["Page 1", f"Page {depth + 1}"]
    (why,) = said(entries, EntryKind.CHANGED).values()
    assert why.startswith("at the top level: ")


async def test_a_path_that_is_too_long_makes_a_draft(importer: Importer) -> None:
    slug = "ж" * 250
    parts = [item(n, title=f"Page {n}", post_name=slug, post_parent=n - 1) for n in range(1, 6)]
    entries = await importer.bring(*parts)
    found = {page["title"]: page["status"] for page in await importer.pages()}
    assert [found[f"Page {n}"] for n in range(1, 6)] == [*["PUBLISHED"] * 3, *["DRAFT"] * 2]
    assert all(why.startswith("taken as a draft: ") for why in said(entries, EntryKind.CHANGED).values())


async def test_a_template_with_too_long_a_name_is_left_out(importer: Importer) -> None:
    entries = await importer.bring(item(1, "page", "One", meta(_wp_page_template="t" * 101)))
    assert (await importer.page("/one"))["template"] == "default"
    assert said(entries, EntryKind.LEFT_OUT) == {'template of page 1 "One"': f"its name is too long: {'t' * 101}"}


# Again, and elsewhere


async def test_a_page_under_one_that_was_unpublished_here_comes_in_as_a_draft(importer: Importer) -> None:
    _ = await importer.bring(item(1, title="About"))
    id = (await importer.world.ask('{ pageByPath(path: "/about") { id } }'))["pageByPath"]["id"]
    await importer.world.do("unpublishPage", id=id)
    entries = await importer.bring(item(1, title="About"), item(2, title="Team", post_parent=1))
    assert [(page["path"], page["status"]) for page in await importer.pages()] == [
        ("/about", "DRAFT"),
        ("/about/team", "DRAFT"),
    ]
    (why,) = said(entries, EntryKind.CHANGED).values()
    assert why.startswith("taken as a draft: ")


async def test_a_page_whose_parent_was_deleted_here_comes_to_the_top_level(importer: Importer) -> None:
    _ = await importer.bring(item(1, title="About"))
    id = (await importer.world.ask('{ pageByPath(path: "/about") { id } }'))["pageByPath"]["id"]
    await importer.world.do("unpublishPage", id=id)
    await importer.world.do("deletePage", id=id)
    entries = await importer.bring(item(1, title="About"), item(2, title="Team", post_parent=1))
    assert [page["path"] for page in await importer.pages()] == ["/team"]
    assert said(entries, EntryKind.CHANGED) == {'page 2 "Team"': "its parent is not taken: at the top level"}
    assert counted(entries, EntryKind.UNCHANGED) == {}


async def test_a_second_run_changes_nothing(importer: Importer) -> None:
    parts = (item(1, title="About"), item(2, title="Team", post_parent=1, status="draft"))
    _ = await importer.bring(*parts)
    before, told = await importer.pages(), await importer.world.outbox()
    entries = await importer.bring(*parts)
    assert await importer.pages() == before
    assert await importer.world.outbox() == told
    assert counted(entries, EntryKind.TAKEN) == {}
    assert counted(entries, EntryKind.UNCHANGED) == {"pages": 2}


async def test_a_second_run_brings_what_is_new_under_what_came_before(importer: Importer) -> None:
    _ = await importer.bring(item(1, title="About"))
    entries = await importer.bring(item(1, title="About"), item(2, title="Team", post_parent=1))
    assert [page["path"] for page in await importer.pages()] == ["/about", "/about/team"]
    assert counted(entries, EntryKind.TAKEN) == {"pages": 1}


async def test_a_page_that_changed_in_wordpress_and_was_edited_here_is_left_as_it_is(importer: Importer) -> None:
    _ = await importer.bring(item(1, title="About"))
    id = (await importer.world.ask('{ pageByPath(path: "/about") { id } }'))["pageByPath"]["id"]
    await importer.world.do("updatePage", id=id, translations=[{"locale": "en", "title": "Edited here"}])
    entries = await importer.bring(item(1, title="About", content="New there"))
    assert [page["title"] for page in await importer.pages()] == ["Edited here"]
    why = "it was edited here since, and is left as it is"
    assert said(entries, EntryKind.LEFT_OUT) == {'changes to page 1 "About"': why}
    assert counted(entries, EntryKind.UPDATED) == {}


async def test_a_run_that_was_cut_off_is_finished_by_the_next(importer: Importer) -> None:
    class CutOff(Exception): ...

    def stop(step: str, done: int, total: int) -> None:
        if (step, done) == ("pages", 50):
            raise CutOff

    parts = [item(n, title=f"Page {n}", menu_order=n, post_parent=0) for n in range(1, 61)]
    path, world = write_export(importer.path, *parts), importer.world
    with pytest.raises(CutOff):
        async with import_wordpress(world.database, world.tenant, Order([path], "en"), stop):
            pass
    assert len(await importer.pages()) == 50
    entries = await importer.bring(path=path)
    assert [page["title"] for page in await importer.pages()] == [f"Page {n}" for n in range(1, 61)]
    assert counted(entries, EntryKind.TAKEN) == {"pages": 10}


async def test_a_damaged_file_gives_the_line_and_changes_nothing(importer: Importer) -> None:
    path = write_export(importer.path, item(1, title="One"))
    path.write_text(path.read_text().replace("</channel>", ""))
    with pytest.raises(DamagedFile, match=r"line 8, .*mismatched tag"):
        await importer.bring(path=path)
    assert await importer.pages() == []


@pytest.mark.parametrize(("locale", "message"), [("fr", "has no locale “fr”; it has en, de, ru"), ("f r", "BCP 47")])
async def test_a_locale_that_the_tenant_lacks_is_refused(importer: Importer, locale: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        await importer.bring(item(1, title="One"), locale=locale)
    assert await importer.pages() == []


async def test_pages_come_into_the_locale_that_is_named(importer: Importer) -> None:
    _ = await importer.bring(item(1, title="Ueber"), locale="DE")
    (page,) = (await importer.world.ask("{ pages { nodes { availableLocales } } }"))["pages"]["nodes"]
    assert page["availableLocales"] == ["de"]


async def test_progress_is_told_for_reading_and_writing(importer: Importer) -> None:
    _ = await importer.bring(item(1, title="One"))
    size = importer.path.stat().st_size
    assert ("reading", size, size) in importer.steps
    assert ("pages", 1, 1) in importer.steps


# Menus


MENU = """query ($handle: String!) { menuByHandle(handle: $handle) { name status itemCount items { ...I children { ...I children { ...I } } } } }
    fragment I on MenuItem { label description url cssClass rel openInNewTab link { __typename } }"""


async def menu_of(importer: Importer, handle: str) -> dict[str, Any]:
    return (await importer.world.ask(MENU, ANONYMOUS, handle=handle))["menuByHandle"]


async def test_a_menu_comes_in_published_with_its_tree(importer: Importer) -> None:
    about = {"type": "post_type", "object": "page", "object_id": 1}
    parts = (
        term(9, "nav_menu", "main", "Main menu"),
        item(1, title="About"),
        menu_item(10, "", **about),
        menu_item(11, "Elsewhere", url="#", content="Other places"),
        menu_item(12, "Shop", url="https://shop.example/", menu_item_parent=11, target="_blank", xfn="me"),
    )
    entries = await importer.bring(*parts)
    menu = await menu_of(importer, "main")
    assert (menu["name"], menu["status"], menu["itemCount"]) == ("Main menu", "PUBLISHED", 3)
    page, heading = menu["items"]
    assert (page["label"], page["url"], page["link"]) == ("About", "/about", {"__typename": "MenuPageLink"})
    assert (heading["label"], heading["description"], heading["link"]) == ("Elsewhere", "Other places", None)
    (shop,) = heading["children"]
    assert (shop["label"], shop["url"], shop["openInNewTab"], shop["rel"]) == (
        "Shop",
        "https://shop.example/",
        True,
        "me",
    )
    assert counted(entries, EntryKind.TAKEN) == {"pages": 1, "menus": 1, "menu items": 3}


async def test_a_menu_comes_in_once(importer: Importer) -> None:
    parts = (menu_item(10, "Home", url="/"), menu_item(11, "Home", ("main", "other"), url="/"))
    _ = await importer.bring(*parts)
    told = await importer.world.outbox()
    entries = await importer.bring(*parts)
    assert await importer.world.outbox() == told
    assert counted(entries, EntryKind.UNCHANGED) == {"menus": 2}
    entries = await importer.bring(*parts, menu_item(12, "New", url="/new"))
    assert counted(entries, EntryKind.UPDATED) == {"menus": 1}
    assert [each["label"] for each in (await menu_of(importer, "main"))["items"]] == ["Home", "Home", "New"]


async def test_a_handle_that_is_taken_gets_a_number(importer: Importer) -> None:
    await importer.world.do("createMenu", handle="main", translations=[{"locale": "en", "name": "Mine"}])
    entries = await importer.bring(menu_item(10, "Home", url="/"))
    assert (await menu_of(importer, "main-2"))["itemCount"] == 1
    why = "its handle “main” is taken or cannot be one: it gets “main-2”"
    assert said(entries, EntryKind.CHANGED) == {"menu main": why}


@pytest.mark.parametrize(
    ("slug", "handle"), [("hauptmen%c3%bc", "hauptmenu"), ("%d0%bc", "menu"), ("x" * 80, "x" * 60)]
)
async def test_a_handle_is_written_as_handles_are_here(importer: Importer, slug: str, handle: str) -> None:
    _ = await importer.bring(menu_item(10, "Home", (slug,), url="/"))
    assert (await menu_of(importer, handle))["itemCount"] == 1


async def test_a_menu_is_left_out_where_its_handle_and_all_its_numbers_are_taken(importer: Importer) -> None:
    for n in range(1, TRIES):
        handle = f"main-{n}" if n > 1 else "main"
        await importer.world.do("createMenu", handle=handle, translations=[{"locale": "en", "name": "Mine"}])
    entries = await importer.bring(menu_item(10, "Home", url="/"))
    assert said(entries, EntryKind.LEFT_OUT) == {"menu main": "the handle “main” and all its numbers are taken"}
    assert counted(entries, EntryKind.TAKEN) == {}


async def test_a_menu_that_is_too_deep_or_too_large_is_made_to_fit(importer: Importer) -> None:
    limits = importer.world.database.limits
    deep = [menu_item(n, f"L{n}", url="/x", menu_item_parent=n - 1) for n in range(1, limits.max_menu_depth + 3)]
    wide = [menu_item(n, f"W{n}", ("wide",), url="/x") for n in range(1_000, 1_000 + limits.max_menu_items + 2)]
    entries = await importer.bring(*deep, *wide)
    depths = await importer.world.ask('{ a: menuByHandle(handle: "main") { depth itemCount } }')
    assert depths["a"] == {"depth": limits.max_menu_depth, "itemCount": len(deep)}
    assert (await menu_of(importer, "wide"))["itemCount"] == limits.max_menu_items
    assert counted(entries, EntryKind.LEFT_OUT) == {"items at the end of the menu wide": 2}
    assert len(said(entries, EntryKind.CHANGED)) == 2


async def test_an_item_whose_link_cannot_stand_here_becomes_a_heading(importer: Importer) -> None:
    about = {"type": "post_type", "object": "page", "object_id": 1}
    parts = (item(1, title="About"), menu_item(10, "Odd", url="//other.example/"), menu_item(11, "", **about))
    _ = await importer.bring(item(1, title="About"))
    id = (await importer.world.ask('{ pageByPath(path: "/about") { id } }'))["pageByPath"]["id"]
    await importer.world.do("unpublishPage", id=id)
    assert (await importer.world.do("deletePage", id=id))["problems"] == []
    entries = await importer.bring(*parts)
    assert [(each["label"], each["url"]) for each in (await menu_of(importer, "main"))["items"]] == [
        ("Odd", None),
        ("page 1", None),
    ]
    assert said(entries, EntryKind.LEFT_OUT) == {'page 1 "About"': "it came in before, and was deleted here"}
    assert all(why.startswith("taken without its link") for why in said(entries, EntryKind.CHANGED).values())


# A real site


def paths_in(source: Path) -> dict[str, str]:
    """Path and title of every page of an export, read another way than the importer does."""
    found: dict[str, str] = {}
    for each in ET.parse(source).iter("item"):
        if each.findtext("{*}post_type") == "page":
            path = unquote(urlsplit(each.findtext("link") or "").path)
            found[path.rstrip("/")] = each.findtext("title") or ""
    return found


HANDLES = ["all-pages", "all-pages-flat", "empty-menu", "short", "testing-menu", "social-menu"]
MENUS = " ".join(f'm{n}: menuByHandle(handle: "{handle}") {{ ...M }}' for n, handle in enumerate(HANDLES))


@needs_theme_data
async def test_wordpress_theme_data_comes_in_whole(importer: Importer) -> None:
    entries = await importer.bring(path=THEME_DATA)
    assert counted(entries, EntryKind.TAKEN) == {"pages": 21, "menus": 6, "menu items": 70}
    assert len(await importer.pages()) == 21
    found = paths_in(THEME_DATA)
    assert len(found) == 21
    for path, title in found.items():
        route = "query ($path: String!) { route(path: $path) { statusCode ... on PageRoute { page { title } } } }"
        answer = (await importer.world.ask(route, ANONYMOUS, path=quote(path)))["route"]
        assert answer == {"statusCode": 200, "page": {"title": title}}
    counts = await importer.world.ask(
        f"{{ {MENUS} }} fragment M on Menu {{ itemCount flatItems {{ label }} }}", ANONYMOUS
    )
    assert [menu["itemCount"] for menu in counts.values()] == [18, 18, 0, 6, 23, 5]
    assert all(len(menu["flatItems"]) == menu["itemCount"] for menu in counts.values())

    before = await importer.pages(), await importer.world.outbox()
    entries = await importer.bring(path=THEME_DATA)
    assert counted(entries, EntryKind.TAKEN) == {}
    assert (await importer.pages(), await importer.world.outbox()) == before


Item = tuple[str, str | None, int]
"""What an item of a menu says, where it leads, and how deep it stands."""


def menus_in(source: Path) -> dict[str, list[Item]]:
    """The items of every menu of an export in reading order, read another way than the importer does."""
    root = ET.parse(source)
    every = sorted(root.iter("item"), key=lambda each: int(each.findtext("{*}menu_order", "")))
    pages = {id_of(each): each for each in every if each.findtext("{*}post_type") == "page"}
    terms = {each.findtext("{*}term_id"): each for each in root.iterfind(".//{*}category[{*}term_id]")}

    def shown(each: ET.Element, depth: int) -> Item:
        kind, target, url = (said_of(each, name) for name in ("type", "object_id", "url"))
        if kind == "post_type":
            path = urlsplit(pages[target].findtext("link", "")).path.rstrip("/")
            return pages[target].findtext("title", ""), path, depth
        if kind == "custom":
            return each.findtext("title", ""), None if url == "#" else url, depth
        url = f"https://wpthemetestdata.wordpress.com/category/{terms[target].findtext('{*}category_nicename')}/"
        return terms[target].findtext("{*}cat_name", ""), url, depth

    def read(items: list[ET.Element], above: str = "0", depth: int = 0) -> list[Item]:
        below = [each for each in items if said_of(each, "menu_item_parent") == above]
        return [item for each in below for item in (shown(each, depth), *read(items, id_of(each), depth + 1))]

    return {
        menu: read([each for each in every if each.find(f"category[@nicename='{menu}']") is not None])
        for menu in HANDLES
    }


def id_of(each: ET.Element) -> str:
    return each.findtext("{*}post_id", "")


def said_of(each: ET.Element, name: str) -> str:
    """What a menu's item says of itself."""
    said = {one.findtext("{*}meta_key"): one.findtext("{*}meta_value", "") for one in each.iterfind("{*}postmeta")}
    return said[f"_menu_item_{name}"]


@needs_theme_data
async def test_the_menus_of_an_export_come_out_as_it_says(importer: Importer) -> None:
    _ = await importer.bring(path=THEME_DATA)
    query = f"{{ {MENUS} }} fragment M on Menu {{ handle flatItems {{ label url depth }} }}"
    menus = (await importer.world.ask(query, ANONYMOUS)).values()
    shown = {menu["handle"]: [tuple(item.values()) for item in menu["flatItems"]] for menu in menus}
    said = {
        menu: [(label, url and quote(unquote(url), safe="/:-"), depth) for label, url, depth in items]
        for menu, items in menus_in(THEME_DATA).items()
    }
    assert shown == said
    assert max(depth for items in said.values() for _, _, depth in items) == 10


DRAFT = "Nothing a reader should know"
SEEN = (
    """query ($id: ID!, $path: String!, $r: [_Any!]!) {
    page(id: $id) { ...P } pageByPath(path: $path) { ...P } route(path: $path) { ... on PageRoute { page { ...P } } }
    pages(first: 100) { nodes { ...P ...Around } } _entities(representations: $r) { ... on Page { ...P } }
"""
    + MENUS
    + """}
fragment P on Page { id title slug path body { content html } seo { title description } metadata hasUnpublishedChanges
    revision { number } availableLocales }
fragment Around on Page { parent { ...P } ancestors { ...P } breadcrumbs { title path }
    children(first: 100) { nodes { ...P } } alternates { locale path } }
fragment M on Menu { handle flatItems { label url link { ... on MenuPageLink { page { ...P } } } } }"""
)


@needs_theme_data
async def test_after_the_import_a_pages_draft_is_nowhere_to_be_seen_by_a_reader(importer: Importer) -> None:
    _ = await importer.bring(path=THEME_DATA)
    world = importer.world
    find = '{ pageByPath(path: "/level-1/level-2") { id parent { id } children { nodes { id } } } }'
    middle = (await world.ask(find))["pageByPath"]
    below = middle["children"]["nodes"][0]["id"]
    asked = {"id": middle["id"], "path": "/level-1/level-2", "r": [{"__typename": "Page", "id": middle["id"]}]}
    before = await world.ask(SEEN, ANONYMOUS, **asked)

    for id in (middle["id"], middle["parent"]["id"], below):  # live pages whose drafts say something else
        text = {
            "locale": "en",
            "title": DRAFT,
            "slug": "hidden",
            "body": {"content": DRAFT},
            "seo": {"description": DRAFT},
        }
        payload = await world.do("updatePage", id=id, translations=[text, {"locale": "de", "title": DRAFT}])
        assert payload["problems"] == []
    secret = await world.page(DRAFT, publish=False, parentId=middle["id"])  # and one that was never live
    menu = (await world.ask('{ menuByHandle(handle: "short") { id } }'))["menuByHandle"]["id"]
    await world.do("replaceMenuItems", menuId=menu, items=[{"link": {"pageId": secret}}])
    await world.do("publishMenu", id=menu)
    shown = await world.ask(SEEN, ANONYMOUS, **asked)
    assert DRAFT not in str(shown)
    assert secret not in str(shown)
    short = f"m{HANDLES.index('short')}"
    assert shown.pop(short) == {"handle": "short", "flatItems": []}
    assert before.pop(short)["flatItems"]
    assert shown == before
    hidden = await world.ask(SEEN, ANONYMOUS, id=secret, path="/hidden", r=[{"__typename": "Page", "id": secret}])
    assert (hidden["page"], hidden["pageByPath"], hidden["_entities"]) == (None, None, [None])

"""Posts, media, SEO and former paths of a WordPress site, brought into a tenant."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from pages_graphql.core.errors import Refused
from pages_graphql.importers.report import EntryKind
from pages_graphql.routes.model import Redirect
from tests.importers.exports import SITE, element, item, menu_item, meta
from tests.importers.importer import Importer, counted, said
from tests.world import ANONYMOUS

ROUTE = """query ($path: String!) { route(path: $path) { __typename statusCode
    ... on PathRedirectRoute { location } ... on PageRoute { page { title } } } }"""
PHOTO = "https://bakery.example/files/photo.jpg"


def post(id: int, title: str, *more: str, **fields: object) -> str:
    fields = {"link": f"{SITE}/2020/05/{title.lower()}/", "post_date_gmt": f"2020-05-{id:02} 08:00:00"} | fields
    return item(id, "post", title, *more, **fields)


def photo(id: int, url: str = PHOTO) -> str:
    sizes = 'a:2:{s:5:"width";i:1600;s:6:"height";i:900;}'
    return item(
        id, "attachment", "", meta(_wp_attachment_metadata=sizes, _wp_attachment_image_alt="Loaf"), attachment_url=url
    )


async def route(importer: Importer, path: str) -> dict[str, Any]:
    return (await importer.world.ask(ROUTE, ANONYMOUS, path=path))["route"]


# Posts


async def test_posts_come_in_as_pages_under_a_page_of_the_file_oldest_first(importer: Importer) -> None:
    blog = item(30, title="Blog", link=f"{SITE}/blog/", menu_order=9)
    entries = await importer.bring(post(12, "Later"), post(11, "News"), blog, posts=True, under="/blog")
    assert [(page["path"], page["status"]) for page in await importer.pages()] == [
        ("/blog", "PUBLISHED"),
        ("/blog/news", "PUBLISHED"),
        ("/blog/later", "PUBLISHED"),
    ]
    assert counted(entries, EntryKind.TAKEN) == {"pages": 1, "posts": 2, "redirects": 2}


async def test_posts_come_under_a_page_that_was_here_be_it_a_draft(importer: Importer) -> None:
    _ = await importer.world.page("Journal", publish=False)
    entries = await importer.bring(post(11, "News"), posts=True, under="journal/")
    assert (await importer.page("/journal/news"))["status"] == "DRAFT"
    (why,) = said(entries, EntryKind.CHANGED).values()
    assert why.startswith("taken as a draft: ")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"posts": True, "under": "/nowhere"}, "There is no page at /nowhere, neither here nor in the file."),
        ({"posts": True, "under": "/.."}, "is no path"),
        ({"under": "/blog"}, "take them with --posts"),
    ],
)
async def test_a_place_for_posts_that_is_none_is_refused_and_nothing_written(
    importer: Importer, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        await importer.bring(item(1, title="About"), post(2, "News"), **given)
    assert await importer.pages() == []


async def test_a_post_keeps_its_dates_its_terms_and_who_wrote_it(importer: Importer) -> None:
    terms = "<category domain='category' nicename='food'>Food</category><category domain='post_tag' nicename='rye'>Rye</category>"
    facts = {"post_modified_gmt": "2021-01-01 00:00:00"}
    _ = await importer.bring(post(11, "News", terms, element("dc:creator", "mia"), **facts), posts=True)
    page = await importer.page("/news")
    assert page["metadata"]["wordpress"] == {
        "id": 11,
        "type": "post",
        "createdAt": "2020-05-11T08:00:00+00:00",
        "modifiedAt": "2021-01-01T00:00:00+00:00",
        "terms": {"category": [{"slug": "food", "name": "Food"}], "post_tag": [{"slug": "rye", "name": "Rye"}]},
    }
    assert page["createdAt"] == page["firstPublishedAt"] == "2020-05-11T08:00:00+00:00"
    assert page["revision"]["note"] == "WordPress post 11, by mia"


async def test_what_is_not_for_everybody_is_a_draft_and_says_why_and_when(importer: Importer) -> None:
    parts = (
        post(11, "Soon", status="future", post_date_gmt="2031-01-02 03:04:05"),
        post(12, "Mine", status="private"),
        post(13, "Waiting", status="pending"),
        post(14, "Locked", post_password="secret"),
        post(15, "Sketch", status="draft"),
    )
    entries = await importer.bring(*parts, posts=True)
    assert {page["status"] for page in await importer.pages()} == {"DRAFT"}
    assert said(entries, EntryKind.CHANGED) == {
        'post 11 "Soon"': "taken as a draft: scheduled in WordPress for 2031-01-02 03:04:05+00:00",
        'post 12 "Mine"': "taken as a draft: private in WordPress",
        'post 13 "Waiting"': "taken as a draft: waiting for review in WordPress",
        'post 14 "Locked"': "taken as a draft: protected by a password in WordPress",
    }
    assert "secret" not in str(await importer.page("/locked"))
    assert (await importer.page("/soon"))["firstPublishedAt"] is None


async def test_comments_and_terms_are_counted(importer: Importer) -> None:
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    entries = await importer.bring(post(11, "News", comment, comment), posts=True)
    assert counted(entries, EntryKind.LEFT_OUT) == {"comments": 2}


# Content


async def test_blocks_come_in_and_link_to_pages_that_come_later(importer: Importer) -> None:
    button = f'<div><a href="{SITE}/2020/05/later/">Read on</a></div>'
    content = f"<!-- wp:paragraph --><p>First</p><!-- /wp:paragraph --><!-- wp:button -->{button}<!-- /wp:button -->"
    parts = (post(11, "News", content=content), post(12, "Later"))
    entries = await importer.bring(*parts, posts=True)
    page, later = await importer.page("/news"), await importer.page("/later")
    assert [(block["type"], block["data"]) for block in page["blocks"]] == [
        ("text", {"text": {"format": "HTML", "content": "<p>First</p>"}}),
        ("cta", {"cta": {"label": "Read on", "pageId": later["id"]}}),
    ]
    assert page["body"] is None
    assert counted(entries, EntryKind.TAKEN)["links to pages of the site"] == 1
    live = await importer.world.ask('{ pageByPath(path: "/news") { hasUnpublishedChanges blocks { data } } }')
    assert live["pageByPath"]["blocks"][1]["data"]["cta"]["pageId"] == later["id"]

    told = await importer.world.outbox()
    entries = await importer.bring(*parts, posts=True)
    assert counted(entries, EntryKind.UNCHANGED) == {"posts": 2}
    assert await importer.world.outbox() == told


async def test_the_report_says_what_stays_as_it_was_written(importer: Importer) -> None:
    blocks = "<!-- wp:code -->x<!-- /wp:code --><!-- wp:group --><div><!-- wp:avatar /--></div><!-- /wp:group -->"
    entries = await importer.bring(item(1, title="One", content=blocks), item(2, title="Two", content="[gallery]"))
    found = [entry.why for entry in entries if entry.kind is EntryKind.CHANGED]
    assert found == [
        "1 of its columns, groups and rows are unfolded",
        "stays HTML: 1 code, 1 avatar",
        "its shortcodes stay as they are written: gallery",
    ]


async def test_a_featured_picture_is_the_picture_of_the_page(importer: Importer) -> None:
    parts = (item(1, "page", "One", meta(_thumbnail_id=5)), item(2, "page", "Two", meta(_thumbnail_id=9)), photo(5))
    entries = await importer.bring(*parts)
    image = (await importer.page("/one"))["seo"]["image"]
    assert image == {"src": PHOTO, "alt": "Loaf", "width": 1600, "height": 900}
    why = "the attachment 9 is not in the file, or has no address that may stand here"
    assert said(entries, EntryKind.LEFT_OUT)['featured picture of page 2 "Two"'] == why


@pytest.mark.parametrize(
    "fields",
    [
        {
            "_yoast_wpseo_title": "%%title%% %%page%% %%sep%% %%sitename%%",
            "_yoast_wpseo_metadesc": "Bread &amp; rolls",
            "_yoast_wpseo_canonical": "https://x.example/one",
            "_yoast_wpseo_meta-robots-noindex": "1",
            "_yoast_wpseo_meta-robots-nofollow": "1",
        },
        {
            "rank_math_title": "%title% %sep% %sitename%",
            "rank_math_description": "Bread &amp; rolls",
            "rank_math_canonical_url": "https://x.example/one",
            "rank_math_robots": 'a:3:{i:0;s:7:"noindex";i:1;s:8:"nofollow";i:2;s:5:"index";}',
        },
    ],
)
async def test_seo_of_the_plugins_comes_in_and_the_excerpt_is_kept(importer: Importer, fields: dict[str, str]) -> None:
    _ = await importer.bring(item(1, "page", "One", meta(**fields), excerpt="Short"))
    page = await importer.page("/one")
    seo = page["seo"]
    assert (seo["title"], seo["description"]) == ("One - Bakery", "Bread & rolls")
    assert (seo["canonicalUrl"], seo["robots"]) == ("https://x.example/one", "noindex, nofollow")
    assert page["metadata"]["wordpress"]["excerpt"] == "Short"


async def test_seo_that_cannot_be_taken_is_reported(importer: Importer) -> None:
    fields = {
        "_yoast_wpseo_title": "%%primary_category%%",
        "rank_math_robots": "x",
        "rank_math_canonical_url": "ftp://x",
    }
    entries = await importer.bring(item(1, "page", "One", meta(**fields)))
    left_out = said(entries, EntryKind.LEFT_OUT)
    assert left_out['_yoast_wpseo_title of page 1 "One"'].startswith("only WordPress can fill in")
    assert left_out['rank_math_canonical_url of page 1 "One"'] == "no address that may stand here: ftp://x"
    assert 'rank_math_robots of page 1 "One"' in left_out


# Former paths


async def test_paths_and_slugs_that_a_page_had_in_wordpress_lead_to_it(importer: Importer) -> None:
    parts = (
        post(11, "News", meta(_wp_old_slug="olds")),
        item(1, "page", "About", meta(_wp_old_slug="us"), link=f"{SITE}/about/"),
        item(2, "page", "Sketch", meta(_wp_old_slug="draw"), link=f"{SITE}/sketch/", status="draft"),
    )
    entries = await importer.bring(*parts, posts=True)
    tenant = importer.world.tenant.id
    for path, location in {"/2020/05/news": "/news", "/2020/05/olds": "/news", "/us": "/about"}.items():
        assert await route(importer, path) == {
            "__typename": "PathRedirectRoute",
            "statusCode": 301,
            "location": location,
        }
    assert counted(entries, EntryKind.TAKEN)["redirects"] == 3
    assert (await route(importer, "/draw"))["statusCode"] == 404
    async with importer.world.database.connect() as connection:
        found = await connection.execute(select(col(Redirect.origin)).where(col(Redirect.tenant_id) == tenant))
        assert [row.origin for row in found] == ["IMPORTED"] * 3

    told = await importer.world.outbox()
    entries = await importer.bring(*parts, posts=True)
    assert await importer.world.outbox() == told
    assert "redirects" not in counted(entries, EntryKind.TAKEN)


async def test_a_former_path_where_a_page_lives_is_left_to_it(importer: Importer) -> None:
    _ = await importer.world.page("Us")
    entries = await importer.bring(item(1, "page", "About", meta(_wp_old_slug="us"), link=f"{SITE}/about/"))
    assert (await route(importer, "/us"))["statusCode"] == 200
    why = said(entries, EntryKind.LEFT_OUT)['redirect from /us to page 1 "About"']
    assert why == "A published page lives at this path."


# Block navigation


MENU = """query ($handle: String!) { menuByHandle(handle: $handle) { name
    items { ...I children { ...I children { ...I } } } } } fragment I on MenuItem { label url openInNewTab description }"""


async def test_a_navigation_of_blocks_is_a_menu(importer: Importer) -> None:
    content = """<!-- wp:home-link /-->
        <!-- wp:navigation-submenu {"label":"Who","url":"https://bakery.example/about/","kind":"custom","isTopLevelItem":true} -->
        <!-- wp:navigation-link {"label":"The <b>team</b>","type":"page","id":2,"url":"x","kind":"post-type","opensInNewTab":true,"description":"Us"} /-->
        <!-- /wp:navigation-submenu -->
        <!-- wp:navigation-link {"label":"Shop","url":"https://shop.example/"} /--><!-- wp:search /-->
        <!-- wp:navigation-link {"url":""} /--><!-- wp:page-list /-->"""
    parts = (
        item(1, title="About", link=f"{SITE}/about/"),
        item(2, title="Team", post_parent=1, link=f"{SITE}/about/team/"),
        item(3, title="Sketch", status="draft"),
        item(8, "wp_navigation", "Header", content=content, post_name="header"),
        item(9, "wp_navigation", "Old", status="draft"),
    )
    entries = await importer.bring(*parts)
    menu = (await importer.world.ask(MENU, ANONYMOUS, handle="header"))["menuByHandle"]

    def shown(items: list[dict[str, Any]]) -> list[Any]:
        return [(each["label"], each["url"], shown(each.get("children") or [])) for each in items]

    assert menu["name"] == "Header"
    assert shown(menu["items"]) == [
        ("Home", "/", []),
        ("Who", "/about", [("The team", "/about/team", [])]),
        ("Shop", "https://shop.example/", []),
        ("About", "/about", [("Team", "/about/team", [])]),
    ]
    (team,) = menu["items"][1]["children"]
    assert (team["openInNewTab"], team["description"]) == (True, "Us")
    assert said(entries, EntryKind.LEFT_OUT) == {
        "navigation 9": "of the status 'draft' in WordPress",
        "search in the navigation header": "only links and lists of pages are items of menus",
        "menu item 5 in header": "it has neither a label nor a link",
    }
    assert counted(await importer.bring(*parts), EntryKind.UNCHANGED) == {"pages": 3, "menus": 1}


async def test_a_custom_item_with_the_address_of_a_page_of_the_site_follows_it(importer: Importer) -> None:
    _ = await importer.bring(item(1, title="About", link=f"{SITE}/about/"), menu_item(10, "Us", url=f"{SITE}/about"))
    id = (await importer.page("/about"))["id"]
    await importer.world.do("changePageSlug", id=id, locale="en", slug="who")
    (found,) = (await importer.world.ask(MENU, ANONYMOUS, handle="main"))["menuByHandle"]["items"]
    assert (found["label"], found["url"]) == ("Us", "/who")


async def test_a_character_that_cannot_be_kept_takes_no_menu_away(importer: Importer) -> None:
    link = r'{"label":"A\u0000B \\u0000","url":"/x","className":"a\u0000","rel":"b\u0000","description":"c\u0000"}'
    content = f"<!-- wp:navigation-link {link} /-->"
    _ = await importer.bring(item(8, "wp_navigation", "Header", content=content, post_name="header"))
    query = '{ menuByHandle(handle: "header") { items { label description cssClass rel url } } }'
    assert (await importer.world.ask(query))["menuByHandle"]["items"] == [
        {"label": "A\ufffdB \\u0000", "description": "c\ufffd", "cssClass": "a\ufffd", "rel": "b\ufffd", "url": "/x"}
    ]

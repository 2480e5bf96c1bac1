"""A second run, a dry run, and several files."""

import gzip
import json
from typing import Any

import pytest

from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.report_json import write_report
from pages_graphql.importers.source_file import UnknownFormat
from pages_graphql.importers.wordpress.write import Order, import_wordpress
from tests.importers.exports import SITE, item, menu_item, meta, write_export
from tests.importers.importer import Importer, counted, said

WHOLE = """{ pages(first: 100, stage: DRAFT) { nodes { id title path status version hasUnpublishedChanges metadata
    body { content } blocks { type data } seo { title description robots } } } }"""


async def whole(importer: Importer) -> list[dict[str, Any]]:
    return (await importer.world.ask(WHOLE))["pages"]["nodes"]


def about(**fields: Any) -> str:
    return item(1, title="About", link=f"{SITE}/about/", **fields)


# What changed in WordPress


async def test_what_changed_in_wordpress_is_renewed_and_shown(importer: Importer) -> None:
    seo = meta(_yoast_wpseo_title="Us", **{"_yoast_wpseo_meta-robots-noindex": "1"})
    old = item(1, "page", "About", seo, content="Old", excerpt="Words")
    other = item(2, title="Team", post_parent=1)
    _ = await importer.bring(old, other)
    before = await whole(importer)
    block = "<!-- wp:paragraph --><p>New</p><!-- /wp:paragraph -->"
    entries = await importer.bring(item(1, title="About us", post_name="us", content=block), other)
    page, team = await whole(importer)
    assert (page["title"], page["path"], page["status"], page["hasUnpublishedChanges"]) == (
        "About us",
        "/us",
        "PUBLISHED",
        False,
    )
    assert page["body"] is None
    assert page["blocks"][0]["data"]["text"]["content"] == "<p>New</p>"
    assert page["seo"] == {"title": "About us", "description": None, "robots": before[1]["seo"]["robots"]}
    assert team == before[1] | {"path": "/us/team"}
    assert counted(entries, EntryKind.UPDATED) == {"pages": 1}
    assert counted(entries, EntryKind.UNCHANGED) == {"pages": 1}
    assert page["id"] == before[0]["id"]


async def test_a_page_published_or_withdrawn_in_wordpress_is_so_here(importer: Importer) -> None:
    _ = await importer.bring(about(status="draft"))
    _ = await importer.bring(about())
    assert (await importer.page("/about"))["status"] == "PUBLISHED"
    _ = await importer.bring(about(status="private"))
    assert (await importer.page("/about"))["status"] == "DRAFT"
    entries = await importer.bring(about())
    assert (await importer.page("/about"))["status"] == "PUBLISHED"
    assert said(entries, EntryKind.CHANGED) == {}


async def test_a_page_withdrawn_in_wordpress_takes_along_what_is_below_and_brings_it_back(importer: Importer) -> None:
    below = item(2, title="Team", post_parent=1), item(3, title="Mia", post_parent=2)
    _ = await importer.bring(about(), *below)
    for status, here in {"private": "DRAFT", "draft": "DRAFT", "publish": "PUBLISHED"}.items():
        entries = await importer.bring(about(status=status), *below)
        assert [page["status"] for page in await whole(importer)] == [here] * 3
        assert said(entries, EntryKind.LEFT_OUT) == {}
    assert counted(await importer.bring(about(), *below), EntryKind.UNCHANGED) == {"pages": 3}


async def test_a_page_that_was_unpublished_here_stays_so(importer: Importer) -> None:
    _ = await importer.bring(about())
    await importer.world.do("unpublishPage", id=(await importer.page("/about"))["id"])
    entries = await importer.bring(about(content="New"))
    page = await importer.page("/about")
    assert (page["status"], page["body"]["content"]) == ("DRAFT", "<p>New</p>")
    assert said(entries, EntryKind.CHANGED)['page 1 "About"'].startswith("it was unpublished here")


async def test_a_live_page_with_live_ones_below_is_not_withdrawn(importer: Importer) -> None:
    _ = await importer.bring(about(), item(2, title="Team", post_parent=1))
    await importer.world.page("Own", parentId=(await importer.page("/about/team"))["id"])
    entries = await importer.bring(about(status="private"), item(2, title="Team", post_parent=1))
    assert {page["status"] for page in await importer.pages()} == {"PUBLISHED"}
    assert 'changes to page 1 "About"' in said(entries, EntryKind.LEFT_OUT)


async def test_an_archived_page_and_the_place_of_a_moved_one_are_left_as_they_are(importer: Importer) -> None:
    _ = await importer.bring(about(), item(2, title="Team", post_parent=1))
    team = await importer.page("/about/team")
    await importer.world.do("movePage", id=team["id"], parentId=None)
    await importer.world.do("archivePage", id=(await importer.page("/about"))["id"])
    template = meta(_wp_page_template="wide.php")
    entries = await importer.bring(about(content="New"), item(2, "page", "Our team", template, post_parent=1))
    assert (await importer.page("/our-team"))["template"] == "default"
    why = [entry.why for entry in entries if entry.kind is EntryKind.CHANGED]
    assert "it stands elsewhere in WordPress: it stays where it is here" in why
    assert "its template stays “default”; there it is “wide.php”" in why
    assert said(entries, EntryKind.LEFT_OUT)['changes to page 1 "About"'] == "it is archived here"


async def test_a_page_that_got_a_number_keeps_it(importer: Importer) -> None:
    _ = await importer.world.page("About")
    _ = await importer.bring(about())
    entries = await importer.bring(about(content="New"))
    assert (await importer.page("/about-2"))["body"]["content"] == "<p>New</p>"
    assert said(entries, EntryKind.CHANGED) == {}


async def test_a_menu_that_changed_keeps_the_ids_of_its_items_and_what_editors_changed_stays(
    importer: Importer,
) -> None:
    ids = '{ menuByHandle(handle: "main") { id items { id label } } }'
    _ = await importer.bring(menu_item(10, "Home", url="/"), menu_item(11, "Shop", url="/shop"))
    first = (await importer.world.ask(ids))["menuByHandle"]
    entries = await importer.bring(menu_item(11, "Store", url="/shop"), menu_item(12, "New", url="/new"))
    second = (await importer.world.ask(ids))["menuByHandle"]
    assert [each["label"] for each in second["items"]] == ["Store", "New"]
    assert second["items"][0]["id"] == first["items"][1]["id"]
    assert counted(entries, EntryKind.UPDATED) == {"menus": 1}

    await importer.world.do("replaceMenuItems", menuId=first["id"], items=[])
    entries = await importer.bring(menu_item(11, "Third", url="/shop"))
    assert said(entries, EntryKind.LEFT_OUT)["changes to menu main"] == "it was edited here since, and is left as it is"
    await importer.world.do("unpublishMenu", id=first["id"])
    assert (await importer.world.do("deleteMenu", id=first["id"]))["problems"] == []
    entries = await importer.bring(menu_item(11, "Third", url="/shop"))
    assert said(entries, EntryKind.LEFT_OUT)["menu main"] == "it came in before, and was deleted here"


# A dry run


async def test_a_dry_run_says_what_would_be_done_and_writes_nothing(importer: Importer) -> None:
    _ = await importer.world.page("Taken")
    parts = (
        about(content='<a href="/team">x</a>'),
        item(2, title="Team", post_parent=1, link=f"{SITE}/team/"),
        item(3, title="Taken"),
        item(4, title="Twin", post_name="taken", menu_order=1),
        menu_item(10, "Home", url="/"),
        menu_item(11, "About", type="post_type", object="page", object_id=1),
    )
    before, told = await whole(importer), await importer.world.outbox()
    dry = await importer.bring(*parts, dry_run=True)
    assert (await whole(importer), await importer.world.outbox()) == (before, told)
    assert counted(dry, EntryKind.TAKEN) == {
        "pages": 4,
        "links to pages of the site": 1,
        "redirects": 1,
        "menus": 1,
        "menu items": 2,
    }
    assert said(dry, EntryKind.CHANGED) == {
        'page 3 "Taken"': "its slug “taken” is taken: it gets “taken-2”",
        'page 4 "Twin"': "its slug “taken” is taken: it gets “taken-3”",
    }
    real = await importer.bring(*parts)
    assert real == dry
    dry = await importer.bring(about(content="New"), *parts[1:-1], dry_run=True)
    assert counted(dry, EntryKind.UPDATED) == {"pages": 1, "menus": 1}
    assert "New" not in str(await whole(importer))


async def test_a_report_is_written_as_json(importer: Importer) -> None:
    path = write_export(importer.path, about(), item(2, "post", "News"))
    order, world = Order([path], "en", dry_run=True), importer.world
    async with import_wordpress(world.database, world.tenant, order, lambda *_: None) as report:
        write_report(report, importer.path.with_suffix(".json"), dry_run=True)
    assert json.loads(importer.path.with_suffix(".json").read_text()) == {
        "dryRun": True,
        "entries": [
            {"kind": "left_out", "what": "posts", "why": "only pages and menus are taken", "count": 1},
            {"kind": "taken", "what": "pages", "why": "", "count": 1},
        ],
    }


# Several files


async def test_several_files_are_one_export(importer: Importer) -> None:
    first = write_export(importer.path, item(2, title="Team", post_parent=1))
    second = importer.path.with_name("second.xml.gz")
    _ = second.write_bytes(gzip.compress(write_export(importer.path.with_name("second.xml"), about()).read_bytes()))
    world, order = importer.world, Order([first, second], "en")
    seen: list[tuple[int, int]] = []

    def hear(step: str, done: int, total: int) -> None:
        if step == "reading":
            seen.append((done, total))

    async with import_wordpress(world.database, world.tenant, order, hear) as report:
        assert counted(list(report.entries()), EntryKind.TAKEN) == {"pages": 2}
    assert [page["path"] for page in await importer.pages()] == ["/about", "/about/team"]
    size = first.stat().st_size + second.stat().st_size
    assert seen[-1] == (size, size)


async def test_files_of_two_sites_are_refused(importer: Importer) -> None:
    first = write_export(importer.path, about())
    second = write_export(importer.path.with_name("other.xml"), item(2, title="Other"))
    second.write_text(second.read_text().replace(SITE, "https://other.example"))
    world, order = importer.world, Order([first, second], "en")
    with pytest.raises(UnknownFormat, match=r"export of https://other\.example, the file before it of"):
        async with import_wordpress(world.database, world.tenant, order, lambda *_: None):
            pass
    assert await importer.pages() == []

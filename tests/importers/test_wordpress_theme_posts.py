"""WordPress's theme test data with its posts: nothing of it is lost, compared with the XML read another way."""

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from pages_graphql.importers.report import EntryKind
from tests.importers.importer import Importer, counted
from tests.importers.test_wordpress_theme_data import THEME_DATA

pytestmark = pytest.mark.skipif(not THEME_DATA.exists(), reason="PAGES_TEST_WORDPRESS_FILE names no theme test data")

PAGES = """{ pages(first: 100, stage: DRAFT) { totalCount nodes { id version title slug status metadata
    body { content } blocks { type data } firstPublishedAt } } }"""


class Source(NamedTuple):
    type: str
    id: int
    title: str
    slug: str
    status: str
    password: str
    content: str


def sources() -> Iterator[Source]:
    for each in ET.parse(THEME_DATA).iter("item"):
        said = {child.tag.rpartition("/")[2].removeprefix("}"): child.text or "" for child in each}
        if said["post_type"] in ("page", "post"):
            content = each.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
            facts = (said["post_name"], said["status"], said["post_password"], content)
            yield Source(said["post_type"], int(said["post_id"]), said["title"], *facts)


def words(source: str) -> list[str]:
    """What a reader reads."""
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<!--.*?-->", " ", source, flags=re.DOTALL))).split()


def said(page: dict[str, Any]) -> str:
    """All that a page says, as HTML."""
    return "\n".join([page["body"]["content"] if page["body"] else "", *map(block, page["blocks"])])


def block(found: dict[str, Any]) -> str:
    data = found["data"]
    match found["type"]:
        case "text":
            return data["text"]["content"]
        case "html":
            return data["html"]
        case "image":
            return picture(data["image"]) + f'<a href="{data.get("link", {}).get("url", "")}"></a>'
        case "gallery":
            return " ".join([*map(picture, data["images"]), data.get("title", "")])
        case "cta":
            return f'<a href="{data["cta"].get("url", "")}">{data["cta"]["label"]}</a>'
        case "video":
            return f"{data['url']} {data.get('title', '')}"
        case kind:
            assert kind == "spacer"
            return ""


def picture(image: dict[str, Any]) -> str:
    return f'<img src="{image["src"]}" alt="{image.get("alt", "")}"> {html.escape(image.get("caption", ""))}'


def attribute(name: str, source: str) -> list[str]:
    source = re.sub(r"<!--.*?-->", " ", source, flags=re.DOTALL)
    return [html.unescape(value) for value in re.findall(rf"""<(?:a|img)\s[^>]*?\b{name}=["']([^"']*)["']""", source)]


async def test_every_page_and_post_is_there_with_every_word_and_every_picture(importer: Importer) -> None:
    entries = await importer.bring(path=THEME_DATA, posts=True)
    assert counted(entries, EntryKind.TAKEN).items() >= {"pages": 21, "posts": 58, "menus": 6, "menu items": 70}.items()
    nodes = (await importer.world.ask(PAGES))["pages"]["nodes"]
    pages = {page["metadata"]["wordpress"]["id"]: page for page in nodes}
    found = list(sources())
    assert pages.keys() == {source.id for source in found}
    assert len(found) == 79
    for source in found:
        page = pages[source.id]
        title = html.unescape(re.sub("<[^>]+>", "", source.title)) or source.slug
        assert title.split() == page["title"].split()
        is_open = source.status == "publish" and not source.password
        assert page["status"] == ("PUBLISHED" if is_open else "DRAFT"), source.title
        assert words(said(page)) == words(source.content), source.title
        assert attribute("src", said(page)) == attribute("src", source.content), source.title
        lost = set(attribute("href", source.content)) - set(attribute("href", said(page)))
        assert all("wpthemetestdata" in link for link in lost), source.title
    assert {block["type"] for page in nodes for block in page["blocks"]} == {
        *("cta", "gallery", "html", "image", "spacer", "text", "video")
    }
    drafts = [entry.what for entry in entries if entry.why.startswith("taken as a draft")]
    assert drafts == ['post 1153 "Scheduled"', 'post 1168 "Template: Password Protected (the password is "enter")"']


async def test_a_second_run_changes_nothing(importer: Importer) -> None:
    _ = await importer.bring(path=THEME_DATA, posts=True)
    before, told = await importer.world.ask(PAGES), await importer.world.outbox()
    entries = await importer.bring(path=THEME_DATA, posts=True)
    assert (await importer.world.ask(PAGES), await importer.world.outbox()) == (before, told)
    assert counted(entries, EntryKind.UNCHANGED) == {"pages": 21, "posts": 58, "menus": 6}
    assert counted(entries, EntryKind.TAKEN) == {}
    assert counted(entries, EntryKind.UPDATED) == {}


async def test_a_dry_run_tells_what_the_run_then_does(importer: Importer) -> None:
    dry = await importer.bring(path=THEME_DATA, posts=True, dry_run=True)
    assert (await importer.world.ask(PAGES))["pages"]["totalCount"] == 0
    assert await importer.bring(path=THEME_DATA, posts=True) == dry

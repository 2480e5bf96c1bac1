"""WordPress's own theme test data, where a copy of it lies beside the repository or is named."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.wordpress.menus import MenuItemPlan
from pages_graphql.importers.wordpress.plan import WordPressPlan, plan_export

BESIDE = Path(__file__).parents[2].parent / "shared" / "data" / "themeunittestdata.wordpress.xml"
THEME_DATA = Path(os.environ.get("PAGES_TEST_WORDPRESS_FILE", BESIDE))

pytestmark = pytest.mark.skipif(not THEME_DATA.exists(), reason="PAGES_TEST_WORDPRESS_FILE names no theme test data")


@pytest.fixture
def plan() -> Iterator[WordPressPlan]:
    with plan_export(THEME_DATA) as plan:
        yield plan


def every(items: tuple[MenuItemPlan, ...]) -> list[MenuItemPlan]:
    return [each for item in items for each in (item, *every(item.children))]


def test_all_21_pages_are_published_and_parents_come_first(plan: WordPressPlan) -> None:
    pages = list(plan.pages())
    assert len(pages) == plan.page_count == 21
    assert all(page.is_published for page in pages)
    seen: set[int | None] = {None}
    for page in pages:
        assert page.parent_id in seen
        seen.add(page.id)


def test_slugs_from_the_top_make_the_path_that_wordpress_has(plan: WordPressPlan) -> None:
    paths: dict[int | None, str] = {None: ""}
    for page in plan.pages():
        paths[page.id] = f"{paths[page.parent_id]}/{page.slug}"
        assert page.path == paths[page.id]
    assert "/greek/επίπεδο-2/επίπεδο-3" in paths.values()


def test_six_menus_hold_70_items(plan: WordPressPlan) -> None:
    sizes = {menu.handle: menu.size for menu in plan.menus}
    assert sizes == {
        "all-pages": 18,
        "all-pages-flat": 18,
        "empty-menu": 0,
        "short": 6,
        "testing-menu": 23,
        "social-menu": 5,
    }
    assert [len(every(menu.items)) for menu in plan.menus] == list(sizes.values())


def test_items_lead_to_pages_that_are_taken_or_say_where_they_lead(plan: WordPressPlan) -> None:
    ids = {page.id for page in plan.pages()}
    items = [item for menu in plan.menus for item in every(menu.items)]
    assert {item.page_id for item in items if item.page_id} == ids - {1809, 1811, 1813}
    assert all(item.label for item in items if not item.page_id)
    assert sum(1 for item in items if not (item.page_id or item.url)) == 17
    categories = [item for item in items if item.url and urlsplit(item.url).path.startswith("/category/")]
    assert [item.label for item in categories] == ["Markup", "Post Formats", "Unpublished"]
    assert categories[0].url == "https://wpthemetestdata.wordpress.com/category/markup/"


def test_the_report_says_what_changes_and_what_is_left_out(plan: WordPressPlan) -> None:
    entries = list(plan.report.entries())
    left_out = {entry.what: entry.count for entry in entries if entry.kind == EntryKind.LEFT_OUT}
    assert (left_out["posts"], left_out["attachments"], left_out["comments"]) == (58, 37, 33)
    assert [entry.what for entry in entries if entry.kind == EntryKind.CHANGED] == [
        "menu item 1112 in testing-menu",
        "menu item 1115 in testing-menu",
        "menu item 1118 in testing-menu",
    ]

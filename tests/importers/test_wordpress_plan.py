from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pages_graphql.importers.report import EntryKind, ReportEntry
from pages_graphql.importers.source_file import DamagedFile
from pages_graphql.importers.wordpress.menus import MenuItemPlan, MenuPlan
from pages_graphql.importers.wordpress.plan import WordPressPlan, plan_export
from pages_graphql.importers.wordpress.scratch import PagePlan
from tests.importers.exports import SITE, category, item, menu_item, meta, term, write_export

SMALL = Path(__file__).parent / "data" / "small.xml"
Outline = list[tuple[int, "Outline"]]


class Planner:
    """Plans exports made of these parts, and answers what a test asks of the plan."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "export.xml"

    @contextmanager
    def plan(self, *parts: str) -> Generator[WordPressPlan]:
        with plan_export(write_export(self._path, *parts)) as plan:
            yield plan

    def pages(self, *parts: str) -> list[PagePlan]:
        with self.plan(*parts) as plan:
            return list(plan.pages())

    def page(self, *parts: str) -> PagePlan:
        (page,) = self.pages(*parts)
        return page

    def menus(self, *parts: str) -> tuple[MenuPlan, ...]:
        with self.plan(*parts) as plan:
            return plan.menus

    def items(self, *parts: str) -> tuple[MenuItemPlan, ...]:
        (menu,) = self.menus(*parts)
        return menu.items

    def changed(self, *parts: str) -> list[tuple[str, str]]:
        return self._entries(EntryKind.CHANGED, *parts)

    def left_out(self, *parts: str) -> list[tuple[str, str]]:
        return self._entries(EntryKind.LEFT_OUT, *parts)

    def _entries(self, kind: EntryKind, *parts: str) -> list[tuple[str, str]]:
        with self.plan(*parts) as plan:
            return [(entry.what, entry.why) for entry in plan.report.entries() if entry.kind == kind]


@pytest.fixture
def wordpress(tmp_path: Path) -> Planner:
    return Planner(tmp_path)


def outline(items: tuple[MenuItemPlan, ...]) -> Outline:
    return [(item.id, outline(item.children)) for item in items]


# Pages


def test_a_page_is_taken_with_all_it_says() -> None:
    with plan_export(SMALL) as plan:
        (page,) = plan.pages()
        assert plan.page_count == 1
    assert (page.id, page.title, page.slug, page.path) == (7, "About", "über", "/about")
    assert (page.author, page.excerpt, page.position) == ("mia", "Who we are", 2)
    assert page.html == "<p>Since 1900 &amp; open.</p>\n<p>Come in.</p>"
    assert page.created_at is not None
    assert page.created_at.isoformat() == "2020-05-01T10:00:00+00:00"


def test_parents_come_before_children_and_siblings_in_wordpress_order(wordpress: Planner) -> None:
    pages = wordpress.pages(
        item(1, title="Grandchild", post_parent=3),
        item(2, title="beta", menu_order=1),
        item(3, title="Child", post_parent=5),
        item(4, title="Alpha", menu_order=1),
        item(5, title="Zulu"),
        item(6, title="Twin", post_parent=5),
        item(7, title="Twin", post_parent=5),
    )
    assert [page.id for page in pages] == [5, 4, 2, 3, 6, 7, 1]
    assert {page.id: page.parent_id for page in pages} == {1: 3, 2: None, 3: 5, 4: None, 5: None, 6: 5, 7: 5}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "publish"}, None),
        ({"status": "draft"}, "a draft in WordPress"),
        ({"status": "pending"}, "waiting for review in WordPress"),
        ({"status": "private"}, "private in WordPress"),
        (
            {"status": "future", "post_date_gmt": "2031-01-02 03:04:05"},
            "scheduled in WordPress for 2031-01-02 03:04:05+00:00",
        ),
        ({"status": "future"}, "scheduled in WordPress for no date"),
        ({"status": "embargo"}, "of the status 'embargo' in WordPress"),
        ({"post_password": "secret"}, "protected by a password in WordPress"),
    ],
)
def test_only_what_everybody_may_read_is_published(
    wordpress: Planner, fields: dict[str, str], reason: str | None
) -> None:
    page = wordpress.page(item(1, title="Cake", **fields))
    assert (page.is_published, page.draft_reason) == (reason is None, reason)


def test_a_draft_stays_one_and_every_other_status_is_reported(wordpress: Planner) -> None:
    changed = wordpress.changed(item(1, title="Cake", status="draft"), item(2, title="Bread", status="private"))
    assert changed == [('page 2 "Bread"', "taken as a draft: private in WordPress")]


def test_a_published_page_under_a_draft_is_a_draft_and_reported(wordpress: Planner) -> None:
    parts = (
        item(1, title="Hidden", status="draft"),
        item(2, title="Below", post_parent=1),
        item(3, title="Deeper", post_parent=2),
        item(4, title="Beside"),
    )
    reason = "it stands under a page that is not published"
    reasons = {page.id: page.draft_reason for page in wordpress.pages(*parts)}
    assert reasons == {1: "a draft in WordPress", 2: reason, 3: reason, 4: None}
    why = f"taken as a draft: {reason}"
    assert wordpress.changed(*parts) == [('page 2 "Below"', why), ('page 3 "Deeper"', why)]


@pytest.mark.parametrize(
    ("title", "slug", "expected", "why"),
    [
        ("", "%c3%bcber-uns", ("über-uns", "über-uns"), "it has no title: its slug is taken"),
        ("", "", ("page-9", None), "it has neither title nor slug: its id is taken"),
        ("Our <b>cakes</b>", "cakes", ("Our cakes", "cakes"), "the markup in its title is left out: Our <b>cakes</b>"),
    ],
)
def test_a_title_is_found_for_every_page(
    wordpress: Planner, title: str, slug: str, expected: tuple[str, str | None], why: str
) -> None:
    part = item(9, title=title, post_name=slug)
    page = wordpress.page(part)
    assert (page.title, page.slug) == expected
    assert wordpress.changed(part) == [(f'page 9 "{expected[0]}"', why)]


def test_entities_in_a_title_are_decoded_without_a_word(wordpress: Planner) -> None:
    part = item(9, title="Bread &amp; rolls")
    assert wordpress.page(part).title == "Bread & rolls"
    assert wordpress.changed(part) == []


def test_the_template_is_taken_unless_it_is_the_default(wordpress: Planner) -> None:
    pages = wordpress.pages(
        item(1, "page", "One", meta(_wp_page_template="wide.php")),
        item(2, "page", "Three", meta(_wp_page_template="default")),
        item(3, "page", "Two"),
    )
    assert [page.template for page in pages] == ["wide.php", None, None]


def test_a_page_whose_parent_is_not_taken_is_at_the_top_and_reported(wordpress: Planner) -> None:
    parts = (
        item(1, title="Lost", post_parent=99),
        item(2, title="Old", status="trash"),
        item(3, title="Left", post_parent=2),
        item(4, "post", "News"),
        item(5, title="Odd", post_parent=4),
    )
    assert {page.id: page.parent_id for page in wordpress.pages(*parts)} == {1: None, 3: None, 5: None}
    why = "its parent is not taken: at the top level"
    assert wordpress.changed(*parts) == [('page 1 "Lost"', why), ('page 3 "Left"', why), ('page 5 "Odd"', why)]
    assert ('page 2 "Old"', "it is in the bin, or was never saved") in wordpress.left_out(*parts)


def test_pages_in_a_circle_are_taken_with_one_of_them_at_the_top(wordpress: Planner) -> None:
    parts = (
        item(1, title="Hanger", post_parent=2),
        item(2, title="Egg", post_parent=3),
        item(3, title="Hen", post_parent=2),
        item(4, title="Self", post_parent=4),
    )
    pages = wordpress.pages(*parts)
    assert {page.id: page.parent_id for page in pages} == {1: 2, 2: None, 3: 2, 4: None}
    assert [page.id for page in pages][:2] == [2, 4]
    why = "its parents lead back to it: at the top level"
    assert wordpress.changed(*parts) == [('page 2 "Egg"', why), ('page 4 "Self"', why)]


def test_the_first_of_two_pages_with_one_id_is_taken(wordpress: Planner) -> None:
    parts = (item(1, title="First"), item(1, title="Second"))
    assert wordpress.page(*parts).title == "First"
    assert wordpress.left_out(*parts) == [('page 1 "Second"', "the file has a page of this id before it")]


def test_the_front_page_is_reported(wordpress: Planner) -> None:
    part = item(1, title="Welcome", link=f"{SITE}/")
    assert wordpress.page(part).path == "/"
    ((what, why),) = wordpress.changed(part)
    assert what == 'page 1 "Welcome"'
    assert "front page" in why


# Menus


def test_a_menu_is_a_tree_in_its_order(wordpress: Planner) -> None:
    (menu,) = wordpress.menus(
        term(8, "nav_menu", "main", "Main &amp; more"),
        menu_item(3, "Last", menu_order=9),
        menu_item(4, "Below", menu_item_parent=5, menu_order=2),
        menu_item(5, "First", menu_order=1),
        menu_item(6, "Deeper", menu_item_parent=4, menu_order=8),
        menu_item(7, "Before", menu_item_parent=5, menu_order=1),
    )
    assert outline(menu.items) == [(5, [(7, []), (4, [(6, [])])]), (3, [])]
    assert (menu.handle, menu.name, menu.size) == ("main", "Main & more", 5)


def test_menus_without_items_and_menus_that_only_items_name_are_taken(wordpress: Planner) -> None:
    menus = wordpress.menus(term(8, "nav_menu", "%ce%b5", "Empty"), menu_item(1, "One", menus=("short", "long")))
    assert [(menu.handle, menu.name, menu.size) for menu in menus] == [
        ("short", "Short", 1),
        ("long", "Long", 1),
        ("ε", "Empty", 0),
    ]


def test_one_id_in_two_menus_is_two_items_with_their_own_parents(wordpress: Planner) -> None:
    flat, tree = wordpress.menus(
        menu_item(1, "Above", menus=("flat",)),
        menu_item(2, "Below", menus=("flat",)),
        menu_item(1, "Above", menus=("tree",)),
        menu_item(2, "Below", menus=("tree",), menu_item_parent=1),
        menu_item(2, "Again", menus=("tree",)),
    )
    assert outline(flat.items) == [(1, []), (2, [])]
    assert outline(tree.items) == [(1, [(2, [])])]


def test_a_page_item_follows_its_page_and_may_have_its_own_label(wordpress: Planner) -> None:
    items = wordpress.items(
        item(7, title="About"),
        menu_item(1, "", type="post_type", object="page", object_id=7),
        menu_item(2, "Us", type="post_type", object="page", object_id=7),
    )
    assert [(each.page_id, each.url, each.label) for each in items] == [(7, None, None), (7, None, "Us")]


def test_what_is_no_page_is_linked_at_its_wordpress_address_and_reported(wordpress: Planner) -> None:
    parts = (
        category(3, "food", "Food"),
        category(4, "bread", "Bread &amp; rolls", parent="food"),
        term(5, "post_tag", "sweet", "Sweet"),
        item(7, "post", "News", link=f"{SITE}/2024/news/"),
        menu_item(1, "", type="post_type", object="post", object_id=7),
        menu_item(2, "", type="taxonomy", object="category", object_id=4),
        menu_item(3, "Sugar", type="taxonomy", object="post_tag", object_id=5),
        menu_item(4, "Shop", type="post_type_archive", object="product"),
    )
    expected = [
        ("News", f"{SITE}/2024/news/"),
        ("Bread & rolls", f"{SITE}/category/food/bread/"),
        ("Sugar", f"{SITE}/tag/sweet/"),
        ("Shop", f"{SITE}/product/"),
    ]
    assert [(each.label, each.url) for each in wordpress.items(*parts)] == expected
    changed = wordpress.changed(*parts)
    assert [what.split(" in ")[0] for what, _ in changed] == [
        "menu item 1",
        "menu item 2",
        'menu item 3 "Sugar"',
        'menu item 4 "Shop"',
    ]
    assert all(why.endswith(url) for (_, why), (_, url) in zip(changed, expected, strict=True))


def test_categories_that_are_each_others_parents_still_have_an_address(wordpress: Planner) -> None:
    (link,) = wordpress.items(
        category(3, "egg", "Egg", parent="hen"),
        category(4, "hen", "Hen", parent="egg"),
        menu_item(1, type="taxonomy", object="category", object_id=4),
    )
    assert link.url == f"{SITE}/category/egg/hen/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("#", None),
        ("", None),
        (" https://x.example/a ", "https://x.example/a"),
        ("/shop/?a=1#top", "/shop/?a=1#top"),
        ("#top", "#top"),
        ("mailto:mia@x.example", "mailto:mia@x.example"),
    ],
)
def test_a_custom_item_keeps_its_url_or_is_a_heading(wordpress: Planner, url: str, expected: str | None) -> None:
    part = menu_item(1, "Link", url=url)
    (link,) = wordpress.items(part)
    assert (link.label, link.url, link.page_id) == ("Link", expected, None)
    assert wordpress.changed(part) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x"])
def test_a_link_that_leaves_the_web_is_a_heading_and_reported(wordpress: Planner, url: str) -> None:
    part = menu_item(1, "Link", url=url)
    (link,) = wordpress.items(part)
    assert (link.label, link.url) == ("Link", None)
    ((what, why),) = wordpress.changed(part)
    assert what == 'menu item 1 "Link" in main'
    assert why.startswith("taken without its link")


def test_target_classes_relation_and_description_are_taken(wordpress: Planner) -> None:
    classes = 'a:2:{i:0;s:4:"wide";i:1;s:6:"bright";}'
    (link,) = wordpress.items(
        menu_item(1, "Link", url="/a", target="_blank", classes=classes, xfn="friend met", content=" More \n")
    )
    assert (link.opens_in_new_tab, link.css_class, link.rel, link.description) == (
        True,
        "wide bright",
        "friend met",
        "More",
    )


def test_classes_that_cannot_be_read_and_title_attributes_are_left_out(wordpress: Planner) -> None:
    part = menu_item(1, "Link", url="/a", classes='a:1:{i:0;s:9:"wide";}', excerpt="Hover")
    (link,) = wordpress.items(part)
    assert (link.css_class, link.opens_in_new_tab) == ("", False)
    left_out = dict(wordpress.left_out(part))
    assert left_out['title attribute of menu item 1 "Link" in main'] == "items have none here: Hover"
    assert "another length" in left_out['CSS classes of menu item 1 "Link" in main']


def test_items_that_wordpress_does_not_show_are_left_out(wordpress: Planner) -> None:
    parts = (
        menu_item(1, "Gone", type="post_type", object="page", object_id=99),
        menu_item(2, "", type="taxonomy", object="category", object_id=99),
        menu_item(3, "Draft", status="draft"),
        menu_item(4, "Nowhere", menus=()),
        menu_item(5, ""),
        menu_item(6, "Kept", url="/a"),
        menu_item(6, "Kept twice", url="/a"),
        menu_item(7, "Odd", type="post_type", object="page", object_id="seven"),
    )
    assert outline(wordpress.items(*parts)) == [(6, [])]
    assert sorted(wordpress.left_out(*parts)) == [
        ('menu item 1 "Gone" in main', "the page 99 that it links to is not in the file"),
        ("menu item 2 in main", "the category 99 that it links to is not in the file"),
        ("menu item 3", "it was never saved in its menu"),
        ("menu item 4", "it is in no menu"),
        ("menu item 5 in main", "it has neither a label nor a link"),
        ('menu item 6 "Kept twice" in main', "its menu has an item of this id"),
        ('menu item 7 "Odd" in main', "the page 0 that it links to is not in the file"),
    ]


def test_items_whose_parent_is_not_taken_or_below_them_are_at_the_top_and_reported(wordpress: Planner) -> None:
    parts = (
        menu_item(1, "Orphan", menu_item_parent=99),
        menu_item(2, "Gone", type="post_type", object="page", object_id=99),
        menu_item(3, "Left", menu_item_parent=2),
        menu_item(4, "Egg", menu_item_parent=5),
        menu_item(5, "Hen", menu_item_parent=4),
    )
    assert outline(wordpress.items(*parts)) == [(1, []), (3, []), (4, [(5, [])])]
    not_taken = "the item above it is not taken: at the top level"
    assert wordpress.changed(*parts) == [
        ('menu item 1 "Orphan" in main', not_taken),
        ('menu item 3 "Left" in main', not_taken),
        ('menu item 4 "Egg" in main', "the items above it lead back to it: at the top level"),
    ]


def test_a_menu_may_be_deeper_than_python_recurses(wordpress: Planner) -> None:
    (top,) = wordpress.items(*(menu_item(n, "Down", url="/a", menu_item_parent=n - 1) for n in range(1, 2001)))
    depth = 1
    while top.children:
        (top,) = top.children
        depth += 1
    assert depth == 2000


# The report, and the file


def test_the_report_counts_what_is_left_out(wordpress: Planner) -> None:
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    parts = (
        category(3, "bread", "Bread"),
        term(3, "category", "bread", "Bread"),
        term(5, "nav_menu", "main", "Main"),
        item(1, "page", "About", comment, comment),
        item(2, "post", "News", comment),
        item(3, "attachment", "Photo", status="inherit"),
        item(4, "product", "Loaf"),
        item(6, "wp_block", "Banner"),
        menu_item(5, "Link", url="/a"),
    )
    why = "only pages and menus are taken"
    with wordpress.plan(*parts) as plan:
        assert list(plan.report.entries()) == [
            ReportEntry(EntryKind.LEFT_OUT, "attachments", "media stay where WordPress has them", 1),
            ReportEntry(EntryKind.LEFT_OUT, "categories", why, 1),
            ReportEntry(EntryKind.LEFT_OUT, "comments", "pages have no comments", 3),
            ReportEntry(EntryKind.LEFT_OUT, "posts", why, 1),
            ReportEntry(EntryKind.LEFT_OUT, "of the type product", why, 1),
            ReportEntry(
                EntryKind.LEFT_OUT, "reusable blocks", "what they say stands in the pages that refer to them", 1
            ),
        ]


def test_whoever_writes_adds_to_the_report_while_reading_pages(wordpress: Planner) -> None:
    with wordpress.plan(item(1, title="One"), item(2, title="Two")) as plan:
        for page in plan.pages():
            plan.report.add(EntryKind.CHANGED, page.title, "its slug was taken")
        assert [entry.what for entry in plan.report.entries()][-2:] == ["One", "Two"]


def test_a_file_damaged_at_its_end_gives_no_plan_at_all(tmp_path: Path) -> None:
    path = write_export(tmp_path / "cut.xml", item(1, title="One"))
    path.write_text(path.read_text().replace("</channel>", ""))
    with pytest.raises(DamagedFile, match=r"line 8, .*mismatched tag"), plan_export(path):
        pytest.fail("there is a plan")

"""What a change of the schema does to those who use it."""

import pytest

from pages_graphql.api.changes import changes

OLD = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])
type Query { page(id: ID!): Page menu: Menu }
"A page."
type Page @key(fields: "id") @key(fields: "path locale") {
  id: ID! path: String! locale: String! @shareable title: String
}
type Menu @key(fields: "id") { id: ID! }
type PageInfo @shareable { hasNextPage: Boolean! }
union Thing = Page
enum Stage { LIVE DRAFT @deprecated }
input PageInput { title: String! note: String }
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("menu: Menu", "", ["breaks: Field Query.menu was removed."]),
        (
            "@shareable title: String",
            "@shareable title: ID",
            ["breaks: Field Page.title changed type from String to ID."],
        ),
        ("path: String!", "path: String", ["breaks: Field Page.path changed type from String! to String."]),
        ("note: String", "note: String!", ["breaks: Field PageInput.note changed type from String to String!."]),
        (' @key(fields: "path locale")', "", ['breaks: @key(fields: "path locale") was removed from Page.']),
        (" @shareable {", " {", ["breaks: @shareable was removed from PageInfo."]),
        ("LIVE", "LIVE OLD", ["endangers: Enum value Stage.OLD was added."]),
        ("= Page", "= Page | Menu", ["endangers: Menu was added to union type Thing."]),
        ("menu: Menu", "menu: Menu menus: [Menu]", ["adds: Field Query.menus was added."]),
        ('Menu @key(fields: "id")', 'Menu @key(fields: "id") @shareable', ["adds: @shareable was added to Menu."]),
        ("v2.7", "v2.9", None),
        ("path: String!", "path: String! @shareable", ["adds: @shareable was added to Page.path."]),
        ("locale: String! @shareable", "locale: String!", ["breaks: @shareable was removed from Page.locale."]),
        ("page(id: ID!)", "page(id: ID! @deprecated)", ["adds: @deprecated was added to Query.page.id."]),
        ("DRAFT @deprecated", "DRAFT", ["adds: @deprecated was removed from Stage.DRAFT."]),
        ("note: String", "note: String more: Int", None),
        ('"A page."', '"Another word for it."', []),
        ('@key(fields: "id") @key(fields: "path locale")', '@key(fields: "path locale") @key(fields: "id")', []),
    ],
)
def test_each_change_is_judged(before: str, after: str, expected: list[str] | None) -> None:
    assert OLD.count(before) == 1
    found = changes(OLD, OLD.replace(before, after))
    if expected is None:
        assert {change.effect.value for change in found} <= {"adds", "endangers"}
        assert found
    else:
        assert [f"{change.effect.value}: {change.text}" for change in found] == expected


def test_the_worst_comes_first() -> None:
    new = OLD.replace("menu: Menu", "menus: [Menu]").replace("LIVE", "LIVE OLD")
    assert [change.effect.value for change in changes(OLD, new)] == ["breaks", "endangers", "adds"]

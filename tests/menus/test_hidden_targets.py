"""What becomes of items whose page the View does not see."""

from typing import Any

import pytest

from tests.menus.items import item
from tests.world import ADMIN, ANONYMOUS, CUSTOMER, World

QUERY = """query ($channel: String, $stage: ContentStage) {
  menuByHandle(handle: "main", channel: $channel, stage: $stage) {
    itemCount depth
    flatItems { ...item link { ... on MenuPageLink { page { id } } } children { id } }
    allItems { ...item link { ... on MenuPageLink { page { id } } } }
  }
}
fragment item on MenuItem { id label url depth position parentId isVisible hiddenReason }"""

HIDDEN = ["draft", "unpublished", "archived", "deleted", "elsewhere"]
REASONS = {
    "draft": "NOT_PUBLISHED",
    "unpublished": "NOT_PUBLISHED",
    "archived": "NOT_PUBLISHED",
    "deleted": "NOT_FOUND",
    "elsewhere": "OTHER_CHANNEL",
}


async def hidden_page(world: World, how: str) -> str:
    """A page that readers of the channel web do not see."""
    page = await world.page(how.title(), publish=how != "draft", channels=["app"] if how == "elsewhere" else [])
    if how in ("unpublished", "deleted"):
        await world.do("unpublishPage", id=page)
    if how == "archived":
        await world.do("archivePage", id=page)
    if how == "deleted":
        await world.do("deletePage", id=page)
    return page


async def build(world: World, policy: str, how: str) -> dict[str, str]:
    """A menu with a hidden item between two others, with items below it; ids by label."""
    page = await hidden_page(world, how) if how != "deleted" else await world.page("Deleted", publish=False)
    below = [item("Below", item("Deep")), item("Beside")]
    menu = await world.menu(
        "main", [item("First"), item("Hidden", *below, link={"pageId": page}), item("Last")], hiddenTargetPolicy=policy
    )
    if how == "deleted":
        await world.do("deletePage", id=page)
    found = (await world.ask("query ($id: ID!) { menu(id: $id) { allItems { id label } } }", id=menu))["menu"]
    return {one["label"]: one["id"] for one in found["allItems"]}


def outline(items: list[dict[str, Any]], ids: dict[str, str]) -> list[tuple[str, int, int, str | None]]:
    labels = {id: label for label, id in ids.items()}
    return [(one["label"], one["depth"], one["position"], labels.get(one["parentId"])) for one in items]


SHOWN: dict[str, list[tuple[str, int, int, str | None]]] = {
    "HIDE": [("First", 0, 0, None), ("Last", 0, 1, None)],
    "TEXT": [
        ("First", 0, 0, None),
        ("Hidden", 0, 1, None),
        ("Below", 1, 0, "Hidden"),
        ("Deep", 2, 0, "Below"),
        ("Beside", 1, 1, "Hidden"),
        ("Last", 0, 2, None),
    ],
    "PROMOTE_CHILDREN": [
        ("First", 0, 0, None),
        ("Below", 0, 1, None),
        ("Deep", 1, 0, "Below"),
        ("Beside", 0, 2, None),
        ("Last", 0, 3, None),
    ],
}


@pytest.mark.parametrize("how", HIDDEN)
@pytest.mark.parametrize("policy", SHOWN)
async def test_readers_see_what_the_policy_leaves_and_cannot_tell_why(world: World, policy: str, how: str) -> None:
    ids = await build(world, policy, how)
    for actor in (ANONYMOUS, CUSTOMER):
        menu = (await world.ask(QUERY, actor))["menuByHandle"]
        assert outline(menu["flatItems"], ids) == SHOWN[policy]
        assert menu["itemCount"] == len(SHOWN[policy])
        assert menu["depth"] == 1 + max(depth for _, depth, _, _ in SHOWN[policy])
        told = {(one["isVisible"], one["hiddenReason"], one["url"], str(one["link"])) for one in menu["flatItems"]}
        assert told == {(True, None, None, "None")}
        assert menu["allItems"] is None


@pytest.mark.parametrize("how", HIDDEN)
@pytest.mark.parametrize("policy", SHOWN)
async def test_editors_see_all_items_where_they_were_put_with_the_reason(world: World, policy: str, how: str) -> None:
    ids = await build(world, policy, how)
    items = (await world.ask(QUERY, ADMIN))["menuByHandle"]["allItems"]
    assert outline(items, ids) == SHOWN["TEXT"]
    by_label = {one["label"]: one for one in items}
    shown = {label for label, *_ in SHOWN[policy]}
    assert {label for label, one in by_label.items() if one["isVisible"]} == shown
    assert by_label["Hidden"]["hiddenReason"] == REASONS[how]
    assert by_label["Hidden"]["link"] == {"page": None}
    below = "PARENT_HIDDEN" if policy == "HIDE" else None
    assert [by_label[label]["hiddenReason"] for label in ("Below", "Deep", "Beside", "Last")] == [below] * 3 + [None]


async def test_in_stage_draft_an_editor_s_view_hides_less(world: World) -> None:
    await build(world, "HIDE", "draft")
    menu = (await world.ask(QUERY, ADMIN, stage="DRAFT"))["menuByHandle"]
    assert [one["isVisible"] for one in menu["allItems"]] == [True] * 6
    assert menu["itemCount"] == 6


async def test_the_channel_decides_and_follows_at_once(world: World) -> None:
    page = await world.page("Here")
    await world.menu("main", [item("Link", link={"pageId": page})])
    for channels, web, app in ((["app"], 0, 1), (["web"], 1, 0), ([], 1, 1)):
        assert (await world.do("updatePage", id=page, channels=channels))["problems"] == []
        counts = [
            (await world.ask(QUERY, ANONYMOUS, channel=one))["menuByHandle"]["itemCount"] for one in ("web", "app")
        ]
        assert counts == [web, app]


async def test_the_own_reason_of_an_item_counts_before_its_parent_s(world: World) -> None:
    pages = [await hidden_page(world, how) for how in ("draft", "elsewhere")]
    inner = item("Inner", item("Innermost"), link={"pageId": pages[1]})
    await world.menu("main", [item("Outer", inner, link={"pageId": pages[0]})])
    items = (await world.ask(QUERY, ADMIN))["menuByHandle"]["allItems"]
    assert [one["hiddenReason"] for one in items] == ["NOT_PUBLISHED", "OTHER_CHANNEL", "PARENT_HIDDEN"]


async def test_hidden_ones_within_hidden_ones_are_lifted_all_the_way(world: World) -> None:
    pages = [await hidden_page(world, how) for how in ("draft", "elsewhere")]
    inner = item("Inner", item("Innermost"), link={"pageId": pages[1]})
    outer = item("Outer", inner, item("Beside"), link={"pageId": pages[0]})
    await world.menu("main", [outer], hiddenTargetPolicy="PROMOTE_CHILDREN")
    items = (await world.ask(QUERY, ANONYMOUS))["menuByHandle"]["flatItems"]
    assert [(one["label"], one["position"]) for one in items] == [("Innermost", 0), ("Beside", 1)]


async def test_text_without_a_label_does_not_tell_the_title_of_a_hidden_page(world: World) -> None:
    page = await world.page("Secret", publish=False)
    await world.menu("main", [{"link": {"pageId": page, "fragment": "part", "query": "q"}}], hiddenTargetPolicy="TEXT")
    [one] = (await world.ask(QUERY, ANONYMOUS))["menuByHandle"]["flatItems"]
    assert (one["label"], one["url"], one["link"]) == ("", None, None)

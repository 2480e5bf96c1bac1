"""What of a planned menu is asked for here: its items as the input of a use case, made to keep the rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pages_graphql.core.text import cut
from pages_graphql.core.urls import safe_url
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.wordpress.menus import MenuItemPlan, MenuPlan
from pages_graphql.importers.wordpress.target import Target

TEXT_LENGTH = 1_000
URL_LENGTH = 2_000


@dataclass(slots=True)
class ItemDraft:
    """An item to be made: the input, and the id that WordPress has for it."""

    id: int
    given: dict[str, Any]
    level: int
    children: list["ItemDraft"] = field(default_factory=list["ItemDraft"])


def items_of(menu: MenuPlan, target: Target, pages: Mapping[int, UUID], ids: Mapping[int, UUID]) -> list[ItemDraft]:
    """The items to make of a planned menu, as a tree that is neither too large nor too deep; changes are reported.

    What is too deep stands beside the item that it stood under; what is too much is left out. `ids` are those of items
    that came in before.
    """
    most, deepest = target.limits.max_menu_items, target.limits.max_menu_depth
    top: list[ItemDraft] = []
    line: list[ItemDraft] = []
    count = 0
    for item, level in walk(menu.items):
        count += 1
        if count > most:
            continue
        if level > deepest:
            why = f"it stands beside the item it stood under: menus are at most {deepest} deep"
            target.report.add(EntryKind.CHANGED, _named(item, menu), why)
        known = {"id": str(ids[item.id])} if item.id in ids else {}
        draft = ItemDraft(item.id, known | _given(item, menu, target, pages), min(level, deepest))
        del line[draft.level - 1 :]
        (line[-1].children if line else top).append(draft)
        line.append(draft)
    if count > most:
        why = f"a menu has at most {most}"
        target.report.add(EntryKind.LEFT_OUT, f"items at the end of the menu {menu.handle}", why, count - most)
    return top


def walk(items: tuple[MenuItemPlan, ...]) -> Iterator[tuple[MenuItemPlan, int]]:
    """Every item in reading order, with its level from 1; no depth is too deep."""
    waiting = [(item, 1) for item in reversed(items)]
    while waiting:
        item, level = waiting.pop()
        yield item, level
        waiting += [(child, level + 1) for child in reversed(item.children)]


def input_of(draft: ItemDraft) -> dict[str, Any]:
    """The input of an item with all below it, which is no deeper than menus are."""
    return {**draft.given, "children": [input_of(child) for child in draft.children]}


def _given(item: MenuItemPlan, menu: MenuPlan, target: Target, pages: Mapping[int, UUID]) -> dict[str, Any]:
    link = _link(item, menu, target, pages)
    label = item.label or (None if link else item.url or f"page {item.page_id}")
    text: dict[str, Any] = {"locale": target.locale}
    if label:
        text["label"] = cut(label, target.limits.max_title)
    if item.description:
        text["description"] = cut(item.description, TEXT_LENGTH)
    return {
        "translations": [text] if label or item.description else [],
        "link": link,
        "cssClass": cut(item.css_class, TEXT_LENGTH) or None,
        "rel": cut(item.rel, TEXT_LENGTH) or None,
        "openInNewTab": item.opens_in_new_tab,
    }


def _link(item: MenuItemPlan, menu: MenuPlan, target: Target, pages: Mapping[int, UUID]) -> dict[str, str] | None:
    if item.page_id is not None:
        if item.page_id in pages:
            return {"pageId": str(pages[item.page_id])}
        why = f"taken without its link: the page {item.page_id} is not here"
        target.report.add(EntryKind.CHANGED, _named(item, menu), why)
    elif item.url is not None:
        if len(item.url) <= URL_LENGTH and safe_url(item.url):
            return {"url": item.url}
        why = f"taken without its link, which is no address that may stand here: {item.url[:100]}"
        target.report.add(EntryKind.CHANGED, _named(item, menu), why)
    return None


def _named(item: MenuItemPlan, menu: MenuPlan) -> str:
    label = f' "{item.label}"' if item.label else ""
    return f"menu item {item.id}{label} in {menu.handle}"

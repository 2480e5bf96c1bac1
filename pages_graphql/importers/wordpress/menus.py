"""What becomes of the navigation menus of an export: a tree of items each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.wordpress.links import Links, number_in
from pages_graphql.importers.wordpress.pages import one_of_each_circle
from pages_graphql.importers.wordpress.text import decoded, plain, serialised_strings
from pages_graphql.importers.wordpress.wxr import Item, Term


@dataclass(frozen=True, slots=True)
class MenuItemPlan:
    """An item as it shall become ours: to a page, to a url, or a heading; without a label it shows its page's title."""

    id: int
    label: str | None
    description: str
    page_id: int | None
    url: str | None
    opens_in_new_tab: bool
    css_class: str
    rel: str
    children: tuple["MenuItemPlan", ...] = ()


@dataclass(frozen=True, slots=True)
class MenuPlan:
    """A menu as it shall become ours, with the number of its items at every level; its key is what WordPress calls it."""

    key: str
    handle: str
    name: str
    items: tuple[MenuItemPlan, ...]
    size: int


class MenuPlanner:
    """Collects the menu items of an export, and makes trees of them when everything has been read."""

    def __init__(self, report: Report) -> None:
        """Begin without items."""
        self._report = report
        self._items: dict[str, dict[int, Item]] = defaultdict(dict)
        self._names: dict[str, str] = {}

    def add(self, item: Item) -> None:
        """Keep an item for each menu that it is in."""
        menus = [term for term in item.terms if term.taxonomy == "nav_menu"]
        if item.status != "publish" or not menus:
            why = "it is in no menu" if item.status == "publish" else "it was never saved in its menu"
            self._report.add(EntryKind.LEFT_OUT, f"menu item {item.id}", why)
            return
        for menu in menus:
            if menu.slug not in self._names:
                self._names[menu.slug] = menu.name
            if self._items[menu.slug].setdefault(item.id, item) is not item:
                self._report.add(EntryKind.LEFT_OUT, _named(item, menu.slug), "its menu has an item of this id")

    def menus(self, terms: Iterable[Term], links: Links) -> list[MenuPlan]:
        """The menus that are terms, empty ones too, and those that only items name."""
        named = {term.slug: term.name for term in terms}
        return [self._menu(slug, name, links) for slug, name in (self._names | named).items()]

    def _menu(self, slug: str, name: str, links: Links) -> MenuPlan:
        items = sorted(self._items.get(slug, {}).values(), key=lambda item: (item.position, item.id))
        plans = {item.id: plan for item in items if (plan := self._item(item, slug, links))}
        parents = self._parents([item for item in items if item.id in plans], slug)
        handle = decoded(slug)
        return MenuPlan(handle, handle, plain(name) or handle, _tree(plans, parents), len(plans))

    def _parents(self, items: list[Item], slug: str) -> dict[int, int]:
        """The parent of each item, 0 at the top level."""
        by_id = {item.id: item for item in items}
        parents = {item.id: number_in(item, "_menu_item_menu_item_parent") for item in items}
        for each in items:
            if parents[each.id] and parents[each.id] not in by_id:
                self._lift(each, slug, parents, "the item above it is not taken")
        for member in one_of_each_circle(parents):
            self._lift(by_id[member], slug, parents, "the items above it lead back to it")
        return parents

    def _lift(self, item: Item, slug: str, parents: dict[int, int], why: str) -> None:
        parents[item.id] = 0
        self._report.add(EntryKind.CHANGED, _named(item, slug), f"{why}: at the top level")

    def _item(self, item: Item, slug: str, links: Links) -> MenuItemPlan | None:
        what = _named(item, slug)
        link = links.of(item, what)
        if link is None:
            return None
        label = plain(item.title) or link.title or None
        if not (label or link.page_id or link.url):
            self._report.add(EntryKind.LEFT_OUT, what, "it has neither a label nor a link")
            return None
        if item.excerpt:
            self._report.add(EntryKind.LEFT_OUT, f"title attribute of {what}", f"items have none here: {item.excerpt}")
        return MenuItemPlan(
            id=item.id,
            label=label,
            description=item.content.strip(),
            page_id=link.page_id,
            url=link.url,
            opens_in_new_tab=item.meta_value("_menu_item_target") == "_blank",
            css_class=self._css_class(item, what),
            rel=item.meta_value("_menu_item_xfn").strip(),
        )

    def _css_class(self, item: Item, what: str) -> str:
        try:
            return " ".join(" ".join(serialised_strings(item.meta_value("_menu_item_classes"))).split())
        except ValueError as error:
            self._report.add(EntryKind.LEFT_OUT, f"CSS classes of {what}", str(error))
            return ""


def _named(item: Item, slug: str) -> str:
    label = plain(item.title)
    return f'menu item {item.id} "{label}" in {decoded(slug)}' if label else f"menu item {item.id} in {decoded(slug)}"


def _tree(plans: dict[int, MenuItemPlan], parents: dict[int, int]) -> tuple[MenuItemPlan, ...]:
    """The items of the top level with all below them; built from the deepest up, so no depth is too deep."""
    below: dict[int, list[int]] = defaultdict(list)
    for item in plans:
        below[parents[item]].append(item)
    order = list(below[0])
    for item in order:  # grows while it is walked: level by level
        order.extend(below[item])
    built: dict[int, MenuItemPlan] = {}
    for item in reversed(order):
        built[item] = replace(plans[item], children=tuple(built[child] for child in below[item]))
    return tuple(built[item] for item in below[0])

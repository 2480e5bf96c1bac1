"""The rules of a menu's content: what an input makes of a document, and all that is wrong with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pages_graphql.core.errors import Invalid, NotFound, Problem
from pages_graphql.core.inputs import as_id
from pages_graphql.core.limits import Limits
from pages_graphql.core.tenancy import Tenant
from pages_graphql.documents.translations import without, wrong_locales
from pages_graphql.menus.commands import AddMenuItem, Move, UpdateMenuItem
from pages_graphql.menus.content import Item, Link, Name, Text
from pages_graphql.menus.document import MenuHiddenTargetPolicy, page_of
from pages_graphql.menus.tree import ROOT, Tree
from pages_graphql.pages.content import patched, stored

Content = dict[str, Any]
Place = tuple[str | int, ...]


@dataclass
class Edit:
    """A document being edited: each step changes it and gathers what is wrong in `problems`."""

    before: Content
    tenant: Tenant
    limits: Limits
    new_id: Callable[[], UUID]
    problems: list[Problem] = field(default_factory=list[Problem])
    links: dict[Place, UUID] = field(default_factory=dict[Place, UUID])
    """Pages that were not linked to before, by the place in the input that names them."""

    def __post_init__(self) -> None:
        """Begin with what is there."""
        self.policy: str = self.before["hiddenTargetPolicy"]
        self.names: Content = dict(self.before["translations"])
        self.tree = Tree.of(self.before["items"])
        self.known = {page for item in self.tree.items.values() if (page := page_of(item))}

    @property
    def content(self) -> Content:
        """The document as it is now."""
        return {"hiddenTargetPolicy": self.policy, "translations": self.names, "items": self.tree.nested()}

    def name(self, names: Sequence[Name], *, needed: bool = False) -> None:
        """Write names, each in its locale."""
        self._gather(wrong_locales(self.tenant, [name.locale for name in names]), "translations")
        for n, name in enumerate(names):
            if not name.name.strip() or len(name.name) > self.limits.max_title:
                self.wrong(f"A name has 1 to {self.limits.max_title} characters.", "translations", n, "name")
            self.names[name.locale] = {"name": name.name}
        if needed and not names:
            self.wrong("A menu has a name in at least one locale.", "translations")

    def remove(self, locales: Sequence[str], *, others_come: bool = False) -> None:
        """Take names away; one stays, unless others come in the same change."""
        self.names, problems = without(self.names, locales)
        self._gather(problems, "removeLocales")
        if locales and not self.names and not others_come:
            self.wrong("A menu has a name in at least one locale.", "removeLocales")

    def obey(self, policy: MenuHiddenTargetPolicy | None) -> None:
        """Follow another policy; none is the usual one."""
        self.policy = (policy or MenuHiddenTargetPolicy.HIDE).value

    def replace_items(self, items: Sequence[Item]) -> None:
        """Put these items in the place of all; an id keeps its item, with what it says in other locales."""
        given: set[str] = set()
        made = [self.made(item, given, "items", n) for n, item in enumerate(items)]
        if self.problems:
            return
        self.tree = Tree.of(made)
        self.check_size("items")

    def add_item(self, command: AddMenuItem) -> None:
        """Put a new item, with those below it, under a parent."""
        parent = ROOT if command.parent_id is None else self.item(command.parent_id, "parentId")
        at = self._at(parent, command)
        made = self.made(command.item, set(self.tree.items), "item")
        if not self.problems:
            self.tree.add(made, parent, at)
            self.check_size("item")

    def change_item(self, command: UpdateMenuItem) -> None:
        """Change what is given of an item; null clears."""
        id = self.item(command.item_id, "itemId")
        if id == ROOT:
            return
        item = dict(self.tree.items[id])
        kept, problems = without(item["translations"], command.remove_locales or ())
        self._gather(problems, "removeLocales")
        item["translations"] = self.texts(kept, command.translations or ())
        changes: Content = {name: part for name, part in looks(command).items() if command.given(FIELDS[name])}
        if command.given("link"):
            changes["link"] = self.link(command.link, "link") or None
        if command.given("open_in_new_tab"):
            changes["openInNewTab"] = bool(command.open_in_new_tab)
        item = patched({name: part for name, part in item.items() if name not in changes}, changes)
        self.check_said(item)
        self.tree.items[id] = item

    def move_items(self, moves: Sequence[Move]) -> None:
        """Put items elsewhere, one after the other; each at most once."""
        moved: set[str] = set()
        for n, move in enumerate(moves):
            id = self.item(move.item_id, "moves", n, "itemId")
            if id in moved:
                self.wrong("This item is moved twice.", "moves", n, "itemId")
            elif id != ROOT:
                moved.add(id)
                self._move(id, move, "moves", n)
        self.check_size("moves")

    def _move(self, id: str, move: Move, *path: str | int) -> None:
        parent = self.tree.above[id]
        if move.given("parent_id"):
            parent = ROOT if move.parent_id is None else self.item(move.parent_id, *path, "parentId")
        if id in self.tree.line(parent):
            self.wrong("An item cannot stand below itself.", *path, "parentId")
        elif parent != self.tree.above[id] or _beside(move) != [id]:  # beside itself it stays
            self.tree.move(id, parent, self._at(parent, move, *path, moved=id))

    def drop_item(self, id: str) -> None:
        """Take an item away, with all below it."""
        found = self.item(id, "itemId")
        if found != ROOT:
            self.tree.drop(found)

    def _at(self, parent: str, place: AddMenuItem | Move, *path: str | int, moved: str = "") -> int:
        """Where among those below a parent: before or after a sibling, else behind all."""
        siblings = [id for id in self.tree.below[parent] if id != moved]
        if place.before_id is not None and place.after_id is not None:
            self.wrong("Give `beforeId` or `afterId`, not both.", *path, "afterId")
        for name, id, behind in (("beforeId", place.before_id, 0), ("afterId", place.after_id, 1)):
            if id is not None and (found := str(as_id(id))) in siblings:
                return siblings.index(found) + behind
            if id is not None:
                self.problems.append(NotFound("menu item", id, *path, name))
        return len(siblings)

    def made(self, item: Item, given: set[str], *path: str | int) -> Content:
        """An item, with those below it, as the document keeps it; `given` holds the ids that came before."""
        id = self._known_id(item.id, given, *path, "id")
        before = self.tree.items.get(id, {})
        made: Content = {
            "id": id,
            "translations": self.texts(before.get("translations", {}), item.translations or (), *path),
            "openInNewTab": item.open_in_new_tab,
            "children": [self.made(child, given, *path, "children", n) for n, child in enumerate(item.children or ())],
        }
        made |= {name: part for name, part in looks(item).items() if part}
        if link := self.link(item.link, *path, "link"):
            made["link"] = link
        self.check_said(made, *path)
        return made

    def texts(self, before: Content, texts: Sequence[Text], *path: str | int) -> Content:
        """What an item says: what is not given stays as it is, null clears."""
        self._gather(wrong_locales(self.tenant, [text.locale for text in texts]), *path, "translations")
        after = dict(before)
        for n, text in enumerate(texts):
            change = text.plain()
            locale = change.pop("locale")
            after[locale] = patched(after.get(locale, {}), change)
            label = text.label
            if label is not None and (not label.strip() or len(label) > self.limits.max_title):
                message = f"A label has 1 to {self.limits.max_title} characters."
                self.wrong(message, *path, "translations", n, "label")
        return {locale: text for locale, text in after.items() if text}

    def link(self, link: Link | None, *path: str | int) -> Content:
        """Where an item leads; nothing for a heading."""
        made = stored(link) if link else {}
        targets = [name for name in ("pageId", "url", "entity") if name in made]
        if len(targets) > 1:
            self.wrong("An item leads to one thing: a page, a URL or an entity.", *path)
        for name in ("fragment", "query"):
            if name in made and "pageId" not in made:
                self.wrong("This belongs to a link to a page; a URL holds its own.", *path, name)
        if "pageId" in made:
            page = as_id(made["pageId"])
            made["pageId"] = str(page)
            if page is None:
                self.problems.append(NotFound("page", link and link.page_id, *path, "pageId"))
            elif page not in self.known:
                self.links[*path, "pageId"] = page
        return made

    def check_said(self, item: Content, *path: str | int) -> None:
        """Refuse an item that neither says nor leads anything."""
        if "link" not in item and not any("label" in text for text in item["translations"].values()):
            self.wrong("An item without a link has a label.", *path)

    def check_size(self, *path: str | int) -> None:
        """Refuse a menu that is too large or too deep."""
        if len(self.tree.items) > self.limits.max_menu_items:
            self.wrong(f"A menu has at most {self.limits.max_menu_items} items.", *path)
        if self.tree.levels() > self.limits.max_menu_depth:
            self.wrong(f"The items of a menu stand at most {self.limits.max_menu_depth} deep.", *path)

    def item(self, id: str | None, *path: str | int) -> str:
        """The id of an item that is there; ROOT, with a problem, where it is not."""
        found = str(as_id(id))
        if found in self.tree.items:
            return found
        self.problems.append(NotFound("menu item", id, *path))
        return ROOT

    def wrong(self, message: str, *path: str | int) -> None:
        """Remember what is wrong, and where."""
        self.problems.append(Invalid(message, *path))

    def _known_id(self, id: str | None, given: set[str], *path: str | int) -> str:
        if id is None:
            return str(self.new_id())
        found = self.item(id, *path)
        if found != ROOT and found in given:
            self.wrong("An item stands in one place: this one has another.", *path)
        given.add(found)
        return found

    def _gather(self, problems: Iterator[Problem] | Sequence[Problem], *path: str | int) -> None:
        self.problems += [problem.under(*path) for problem in problems]


FIELDS = {"icon": "icon", "cssClass": "css_class", "rel": "rel"}
"""How an item is drawn, in names that apps understand: as a document calls them, and as an input's model does."""


def _beside(place: Move) -> list[str]:
    """The siblings that are given to stand beside."""
    return [str(as_id(id)) for id in (place.before_id, place.after_id) if id is not None]


def looks(item: Item | UpdateMenuItem) -> Content:
    """How an input says that an item is drawn."""
    return {name: getattr(item, field) for name, field in FIELDS.items()}

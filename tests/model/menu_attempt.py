"""One try of somebody to change a menu: what its acts ask first, and the draft that they work on."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.model.attempt import Act, Refused
from tests.model.menus import Item, edits, links, walk
from tests.model.site import Content, Menu, Site

MENU_ITEMS = 14
MENU_DEPTH = 5
"""Low limits, so that stories meet them."""

_SAFE = re.compile(r"https?://\w|mailto:\w|tel:\w|/(?!/)|[?#]\w")


def menu_target(act: Act, given: dict[str, Any], right: str) -> Menu:
    """Permitted, seen, in the version expected, in this order."""
    act.require(right)
    menu = act.site.menus.get(given["id"])
    if menu is None or not (menu.live or edits(act.actor)):
        raise Refused("MENU_NOT_FOUND")
    if given.get("expectedVersion") not in (None, menu.version):
        raise Refused("MENU_VERSION_CONFLICT")
    return menu


def bad_handle(site: Site, handle: str | None) -> set[str]:
    """Whether no menu can be called so, or one is already."""
    taken = any(menu.handle == handle for menu in site.menus.values())
    return {"VALIDATION_ERROR"} if taken or not re.fullmatch("[a-z0-9_-]{1,63}", handle or "") else set()


@dataclass
class Draft:
    """A draft of a menu that is worked on; what is wrong with what is asked gathers in `problems`."""

    act: Act
    content: Content
    problems: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        self.linked = {page for _, page in links(self.content)}
        self.before = {item["id"]: item for _, item in walk(self.content["items"])}

    def ids(self) -> set[str]:
        """The ids of all items."""
        return {item["id"] for _, item in walk(self.content["items"])}

    def item(self, id: str) -> Item:
        """An item; one of nobody, and a problem, where there is none."""
        found = next((item for _, item in walk(self.content["items"]) if item["id"] == id), None)
        if found is None:
            self.problems.add("MENU_ITEM_NOT_FOUND")
        return found or {"id": "", "texts": {}, "link": {}, "children": []}

    def children(self, id: str | None) -> list[Item]:
        """The items below one; those at the top below none."""
        return self.content["items"] if id is None else self.item(id)["children"]

    def around(self, item: Item) -> list[Item]:
        """The items among which one stands."""
        lists = [self.content["items"], *(one["children"] for _, one in walk(self.content["items"]))]
        return next(found for found in lists if any(one is item for one in found))

    def beside(self, siblings: list[Item], place: dict[str, Any]) -> int:
        """Where among siblings: before or after one of them, else behind all."""
        there = [item["id"] for item in siblings]
        names = [name for name in ("beforeId", "afterId") if place.get(name) is not None]
        if len(names) > 1:
            self.problems.add("VALIDATION_ERROR")
        elif names and place[names[0]] not in there:
            self.problems.add("MENU_ITEM_NOT_FOUND")
        elif names:
            return there.index(place[names[0]]) + (names == ["afterId"])
        return len(there)

    def move(self, item: Item, place: dict[str, Any]) -> None:
        """Put an item elsewhere, with all below it; beside itself it stays."""
        before = self.around(item)
        siblings = self.children(place["parentId"]) if "parentId" in place else before
        if any(siblings is one["children"] for _, one in walk([item])):
            self.problems.add("VALIDATION_ERROR")
        elif siblings is before and item["id"] in (place.get("beforeId"), place.get("afterId")):
            self.beside(siblings, place)
        else:
            before.remove(item)
            siblings.insert(self.beside(siblings, place), item)

    def name(self, names: list[dict[str, Any]]) -> None:
        """Write names, each in its locale; one stays."""
        self._locales(names)
        if any(not name["name"].strip() for name in names):
            self.problems.add("VALIDATION_ERROR")
        self.content["names"] |= {name["locale"]: name["name"] for name in names}
        if not self.content["names"]:
            self.problems.add("VALIDATION_ERROR")

    def made(self, items: list[dict[str, Any]], given: set[str]) -> list[Item]:
        """Items as an input gives them: an id keeps what its item says; those in `given` have a place already."""
        return [self._made(item, given) for item in items]

    def _made(self, item: dict[str, Any], given: set[str]) -> Item:
        id = item.get("id")
        if id is None:
            id = next(self.act.new, "new")
        elif id not in self.before:
            self.problems.add("MENU_ITEM_NOT_FOUND")
        elif id in given:
            self.problems.add("VALIDATION_ERROR")
        given.add(id)
        made: Item = {
            "id": id,
            "texts": self.texts(self.before.get(id, {"texts": {}})["texts"], item.get("translations") or []),
            "link": self.link(item.get("link") or {}),
            "tab": item.get("openInNewTab", False),
            "children": self.made(item.get("children") or [], given),
        }
        self.check_says_something(made)
        return made

    def texts(self, before: dict[str, Any], texts: list[dict[str, Any]]) -> dict[str, Any]:
        """What an item says: what is left out stays, null clears."""
        self._locales(texts)
        after = dict(before)
        for text in texts:
            if text.get("label") is not None and not text["label"].strip():
                self.problems.add("VALIDATION_ERROR")
            told = {**after.get(text["locale"], {}), **{name: text[name] for name in text if name != "locale"}}
            after[text["locale"]] = {name: word for name, word in told.items() if word is not None}
        return {locale: text for locale, text in after.items() if text}

    def link(self, link: dict[str, Any]) -> dict[str, Any]:
        """Where an item leads: to one thing, which is safe, known and seen, or linked to before."""
        made = {name: part for name, part in link.items() if part is not None}
        if len({"pageId", "url", "entity"} & made.keys()) > 1:
            self.problems.add("VALIDATION_ERROR")
        if {"fragment", "query"} & made.keys() and "pageId" not in made:
            self.problems.add("VALIDATION_ERROR")
        if "url" in made and not _SAFE.match(made["url"]):
            self.problems.add("VALIDATION_ERROR")
        page = self.act.site.pages.get(made.get("pageId", ""))
        seen = page is not None and self.act.site.knows(self.act.actor, page)
        if "pageId" in made and not seen and made["pageId"] not in self.linked:
            self.problems.add("PAGE_NOT_FOUND")
        marks = {
            name: made[name].removeprefix(mark) for name, mark in (("fragment", "#"), ("query", "?")) if name in made
        }
        return {name: part for name, part in {**made, **marks}.items() if part}

    def check_says_something(self, item: Item) -> None:
        """An item that leads nowhere has a label."""
        if not item["link"] and not any("label" in text for text in item["texts"].values()):
            self.problems.add("VALIDATION_ERROR")

    def too_large(self) -> set[str]:
        """Whether there are too many items, or they stand too deep."""
        places = [path for path, _ in walk(self.content["items"])]
        deepest = max((len(path) // 2 + 1 for path in places), default=0)
        return {"VALIDATION_ERROR"} if len(places) > MENU_ITEMS or deepest > MENU_DEPTH else set()

    def _locales(self, texts: list[dict[str, Any]]) -> None:
        """Each is the tenant's, and given once."""
        tags = [text["locale"] for text in texts]
        if {*tags} - {language.tag for language in self.act.site.languages} or len({*tags}) < len(tags):
            self.problems.add("VALIDATION_ERROR")

"""What happens to menus in a story: what is drawn becomes the inputs of mutations."""

from collections.abc import Callable
from typing import Any

from tests.model.menus import Item, walk
from tests.model.site import Menu
from tests.model.steps import GHOSTS, Steps

ELSEWHERE: tuple[dict[str, Any], ...] = (
    {"url": "/x"},
    {"url": "https://else.example/y?z=1"},
    {"url": "mailto:a@else.example"},
    {"url": "#here"},
    {"entity": {"type": "PRODUCT", "id": "7"}},
    {"entity": {"type": "POST", "id": "8"}},
    {},
)
"""Where an item can lead but to a page."""

WRONG: tuple[dict[str, Any], ...] = (
    {"url": "javascript:alert(1)"},
    {"url": "/x", "fragment": "f"},
    {"url": "/x", "entity": {"type": "PRODUCT", "id": "7"}},
)
"""Where none can."""


class MenuSteps(Steps):
    """What can happen to menus."""

    gone_items: list[str]

    def first_menu(self, n: int, policy: str, spoken: list[int]) -> dict[str, Any]:
        """A menu that links to every page there is, some items with words of their own in some locales."""
        ids = [*self.sites[n].pages] * 6
        items = [{"link": {"pageId": id}, "children": list[Any]()} for id in ids[:6]]
        for at, locale in enumerate(spoken):
            items[at + 1]["translations"] = [{"locale": self.tag(n, locale), "label": "L"}]
        heading = {"translations": [{"locale": self.tag(n, 0), "label": "H"}], "children": [items[4]]}
        for above, below in ((0, items[2]), (1, heading), (3, {"url": "/x"}), (4, items[5]), (5, {"url": "/y"})):
            items[above]["children"] = [below if "children" in below else {"link": below}]
        return {
            "handle": "main",
            "hiddenTargetPolicy": policy,
            "translations": [{"locale": self.tag(n, spoken[0]), "name": "N"}],
            "items": [items[0], items[1], items[3]],
            "bindings": [{"location": "HEADER"}],
            "publish": True,
        }

    def menu_create(self, n: int, actor: str, menu: int, version: Any, **drawn: Any) -> None:
        place = {"channel": self.channel(n, drawn["channel"]), "location": drawn["location"]}
        given = {
            "handle": drawn["handle"],
            "hiddenTargetPolicy": drawn["policy"],
            "translations": self.names(n, drawn["texts"]),
            "items": self.items(n, drawn["items"], []),
            "bindings": [place] * (menu % 4 if menu < 6 else 0),
            "publish": drawn["publish"],
        }
        self.tell(n, "createMenu", actor, given)

    def menu_update(self, n: int, actor: str, menu: int, version: Any, **drawn: Any) -> None:
        given = self.on(n, menu, version)
        given |= {"handle": drawn["handle"]} if drawn["handle"] else {}
        given |= {"hiddenTargetPolicy": drawn["policy"]} if drawn["policy"] or not drawn["handle"] else {}
        given |= {"translations": self.names(n, drawn["texts"])} if drawn["texts"] else {}
        found = self.sites[n].menus.get(given["id"])
        given |= {"removeLocales": [*(found.draft["names"] if found else ()), "fr"][:1]} if drawn["gone"] else {}
        self.tell(n, "updateMenu", actor, given)

    def menu_publish(self, n: int, actor: str, menu: int, version: Any) -> None:
        self.tell(n, "publishMenu", actor, self.on(n, menu, version, lambda menu: menu.draft != menu.live))

    def menu_unpublish(self, n: int, actor: str, menu: int, version: Any) -> None:
        self.tell(n, "unpublishMenu", actor, self.on(n, menu, version, lambda menu: menu.live is not None))

    def menu_delete(self, n: int, actor: str, menu: int, version: Any) -> None:
        self.tell(n, "deleteMenu", actor, self.on(n, menu, version, lambda menu: menu.live is None))

    def menu_discard(self, n: int, actor: str, menu: int, version: Any) -> None:
        given = self.on(n, menu, version, lambda menu: menu.live is not None and menu.draft != menu.live)
        self.tell(n, "discardMenuDraft", actor, given)

    def menu_restore(self, n: int, actor: str, menu: int, version: Any, back: int) -> None:
        given = self.on(n, menu, version, lambda menu: len(menu.revisions) > 1)
        found = self.sites[n].menus.get(given["id"])
        self.tell(n, "restoreMenuRevision", actor, {**given, "revision": len(found.revisions) - back if found else 1})

    def item_add(self, n: int, actor: str, menu: int, version: Any, **drawn: Any) -> None:
        given = self.inside(n, menu, version)
        known = self.known(n, given["menuId"])
        parent = drawn["parent"] if drawn["parent"] is None else self.item(n, known, drawn["parent"])
        beside = drawn["beside"]
        if beside is not None:
            side = self.item(n, self.known(n, given["menuId"], below=parent), beside)
            given["beforeId" if beside % 2 else "afterId"] = side
        [item, *_] = self.items(n, drawn["items"], known if beside == 5 else []) or [{}]
        self.tell(n, "addMenuItem", actor, {**given, "parentId": parent, "item": item})

    def item_change(self, n: int, actor: str, menu: int, version: Any, **drawn: Any) -> None:
        given = self.inside(n, menu, version)
        given["itemId"] = self.item(n, self.known(n, given["menuId"]), drawn["item"])
        given |= {"translations": self.texts(n, drawn["texts"])} if drawn["texts"] else {}
        given |= {"link": self.link(n, drawn["link"])} if drawn["part"] else {"openInNewTab": drawn["link"] is None}
        spoken = [*self.found(n, given["menuId"]).get(given["itemId"], {"texts": ()})["texts"], "fr"]
        given |= {"removeLocales": spoken[:1]} if drawn["gone"] else {}
        self.tell(n, "updateMenuItem", actor, given)

    def item_move(self, n: int, actor: str, menu: int, version: Any, moves: list[dict[str, Any]]) -> None:
        given = self.inside(n, menu, version)
        known = self.known(n, given["menuId"])
        wanted: list[dict[str, Any]] = []
        for move in moves:
            place: dict[str, Any] = {"itemId": self.item(n, known, move["item"])}
            if "parent" in move:
                place["parentId"] = move["parent"] if move["parent"] is None else self.item(n, known, move["parent"])
                siblings = self.known(n, given["menuId"], below=place["parentId"])
            else:
                siblings = self.known(n, given["menuId"], beside=place["itemId"])
            sides = [side for side in ("beforeId", "afterId") if side in move and siblings]
            place |= {side: self.item(n, siblings, move[side]) for side in sides[: 1 + (move["item"] % 8 == 0)]}
            wanted.append(place)
        self.tell(n, "moveMenuItems", actor, {**given, "moves": wanted})

    def item_drop(self, n: int, actor: str, menu: int, version: Any, item: int) -> None:
        given = self.inside(n, menu, version)
        self.tell(n, "deleteMenuItem", actor, {**given, "itemId": self.item(n, self.known(n, given["menuId"]), item)})

    def items_replace(self, n: int, actor: str, menu: int, version: Any, items: Any, first: int) -> None:
        given = self.inside(n, menu, version)
        known = self.known(n, given["menuId"])
        turned = known[first % len(known) :] + known[: first % len(known)] if known else []
        self.tell(n, "replaceMenuItems", actor, {**given, "items": self.items(n, items, turned)})

    def menu_bind(self, n: int, actor: str, menu: int, version: Any, **drawn: Any) -> None:
        place = self.channel(n, drawn["channel"]) or "", drawn["location"]
        given = self.on(n, menu, version, lambda menu: self.sites[n].bound.get(place) != menu.id)
        given |= {"channel": place[0] or None, "location": place[1], "replace": drawn["replace"]}
        self.tell(n, "bindMenu", actor, given)

    def menu_unbind(self, n: int, actor: str, menu: int, version: Any, **drawn: Any) -> None:
        place = self.channel(n, drawn["channel"]) or "", drawn["location"]
        given = self.on(n, menu, version, lambda menu: self.sites[n].bound.get(place) == menu.id)
        self.tell(n, "unbindMenu", actor, {**given, "channel": place[0] or None, "location": place[1]})

    def on(
        self, n: int, ref: int, version: int | None, meant: Callable[[Menu], bool] = lambda _: True
    ) -> dict[str, Any]:
        """What names a menu, most often one that is meant, and the version that is expected of it, perhaps."""
        own = [*self.sites[n].menus.values()]
        found = [menu.id for menu in own if ref > 17 or meant(menu)] or [menu.id for menu in own]
        if ref > 22 or not found:
            found = [*GHOSTS, *self.sites[1 - n].menus, *self.gone[-2:]]
        id = found[ref % len(found)]
        known = self.sites[n].menus.get(id)
        return {"id": id, **({"expectedVersion": known.version + version} if known and version is not None else {})}

    def inside(self, n: int, ref: int, version: int | None) -> dict[str, Any]:
        """The same, for what changes items."""
        given = self.on(n, ref, version, lambda menu: bool(menu.draft["items"]))
        return {"menuId": given.pop("id"), **given}

    def found(self, n: int, menu: str) -> dict[str, Item]:
        """The items of a menu's draft."""
        found = self.sites[n].menus.get(menu)
        return {item["id"]: item for _, item in walk(found.draft["items"])} if found else {}

    def known(self, n: int, menu: str, below: str | None = "", beside: str = "") -> list[str]:
        """The ids of a menu's draft; those below one, or below none, or on the level of one, if that is asked."""
        found = self.found(n, menu)
        levels = (
            [self.sites[n].menus[menu].draft["items"], *(item["children"] for item in found.values())] if found else []
        )
        if beside:
            return next(([one["id"] for one in level] for level in levels if found.get(beside) in level), [])
        if below is None:
            return [item["id"] for level in levels[:1] for item in level]
        items = found[below]["children"] if below in found else found.values()
        return [item["id"] for item in items] if not below or below in found else []

    def item(self, n: int, known: list[str], ref: int) -> str:
        """An item by its number: most often one of those known."""
        if ref > 38 or not known:
            others = [item["id"] for menu in self.sites[n].menus.values() for _, item in walk(menu.draft["items"])]
            known = [*GHOSTS, *others[:2], *others[-2:], *self.gone_items[-2:]]
        return known[ref % len(known)]

    def items(self, n: int, drawn: list[dict[str, Any]], known: list[str]) -> list[dict[str, Any]]:
        """Items as an input gives them, each at most one level below the one before; some keep the id of a known one."""
        top: list[dict[str, Any]] = []
        line = [top]
        for at, one in enumerate(drawn):
            link, texts = self.link(n, one["link"]), self.texts(n, one["texts"])
            if not link and not any(text.get("label") for text in texts):
                texts = [{"locale": self.tag(n, at % 3), "label": "H"}]
            item: dict[str, Any] = {"translations": texts, "link": link, "children": []}
            item |= {"id": known[at]} if one["keep"] and at < len(known) else {}
            line = line[: one["level"] + 1]
            line[-1].append(item)
            line.append(item["children"])
        return top

    def link(self, n: int, ref: int | None) -> dict[str, Any] | None:
        """Where an item leads, by its number."""
        if ref is None:
            return None
        if ref > 40:
            return WRONG[ref % 3] if ref > 62 else ELSEWHERE[ref % 7]
        link: dict[str, Any] = {"pageId": self.page(n, ref)}
        return link | (
            {"fragment": "#ä", "query": "?a=ü"} if ref % 5 == 0 else {"fragment": "f"} if ref % 5 == 1 else {}
        )

    def worded(self, n: int, given: dict[str, Any]) -> str:
        """The locale that an input names first, else the tenant's own."""
        texts = given.get("translations") or given.get("item", {}).get("translations") or []
        default = next(language.tag for language in self.sites[n].languages if language.is_default)
        return texts[0]["locale"] if texts else default

    def names(self, n: int, texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Names of a menu, made of labels."""
        texts = texts or [{"locale": 0}]
        return [{"locale": self.tag(n, text["locale"]), "name": text.get("label") or "N"} for text in texts]

    def channel(self, n: int, index: int | None) -> str | None:
        """A channel by name; None is every one."""
        known = self.sites[n].channels
        return None if index is None else known[index] if index < len(known) else "radio"

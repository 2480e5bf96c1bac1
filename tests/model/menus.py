"""What every menu shows, to everybody: policies, reasons, labels and what stands in for them, urls, references."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from tests.model.answers import address
from tests.model.site import RIGHTS, Content, Menu, Onlooker, Site

Item = dict[str, Any]
"""`id`, `texts` (by locale: label and description), `link` (with the graph's names), `tab` and `children`."""

Placed = tuple[Item, dict[str, Any]]
"""An item and what is said of its place."""

LOCATIONS = ("HEADER", "FOOTER")


def walk(items: Iterable[Item], *path: str) -> Iterator[tuple[tuple[str, ...], Item]]:
    """Items in reading order, with their places in the document."""
    for n, item in enumerate(items):
        yield (*path, str(n)), item
        yield from walk(item["children"], *path, str(n), "children")


def links(content: Content) -> list[tuple[tuple[str, ...], str]]:
    """Which pages a menu links to, each with the place that does."""
    found = [((*path, "link", "pageId"), item["link"].get("pageId")) for path, item in walk(content["items"], "items")]
    return [(path, page) for path, page in found if page]


def edits(actor: str) -> bool:
    """Whether somebody reads the drafts of menus, and is told what they hide."""
    return "menus:update" in RIGHTS[actor]


def said(menu: Menu, who: Onlooker) -> Content | None:
    """What a menu says to somebody."""
    return menu.draft if who.drafts and edits(who.actor) else menu.live


def told(site: Site, menu: Menu, who: Onlooker) -> dict[str, Any]:
    """All that somebody learns of a menu that he sees."""
    content = said(menu, who)
    assert content
    name = site.pick(who.locale, content["names"])
    items = [*_shown(site, content, content["items"], who)]
    speaking = {_label(site, item, who)[1] for item, _ in items} | {name}
    whole = _whole(site, content, content["items"], who)
    return {
        "handle": menu.handle,
        "name": content["names"][name],
        "names": content["names"],
        "locale": name,
        "isFallback": speaking - {None} != {who.locale},
        "status": "DRAFT" if menu.live is None else "PUBLISHED",
        "version": menu.version,
        "hasUnpublishedChanges": edits(who.actor) and menu.draft != menu.live,
        "number": len(menu.revisions) if who.drafts and edits(who.actor) else menu.live_number,
        "policy": content["policy"],
        "bound": {place for place, id in site.bound.items() if id == menu.id},
        "itemCount": len(items),
        "depth": max((place["depth"] + 1 for _, place in items), default=0),
        "flatItems": [_item(site, item, who) | place for item, place in items],
        "allItems": [_item(site, item, who) | place for item, place in whole] if edits(who.actor) else None,
    }


def _shown(
    site: Site, content: Content, items: list[Item], who: Onlooker, above: str | None = None, depth: int = 0
) -> Iterator[Placed]:
    """The items that somebody sees, in reading order, where he sees them."""
    for position, item in enumerate(_kept(site, content["policy"], items, who)):
        why = _why(site, item, who)
        place: dict[str, Any] = {"parentId": above, "depth": depth, "position": position, "isVisible": True}
        place |= {"hiddenReason": why if edits(who.actor) else None} | ({"link": None} if why else {})
        yield item, place
        yield from _shown(site, content, item["children"], who, item["id"], depth + 1)


def _kept(site: Site, policy: str, items: list[Item], who: Onlooker) -> Iterator[Item]:
    """What stands on a level: of an item whose page is hidden itself, what is below it, or nothing."""
    for item in items:
        if policy == "TEXT" or not _why(site, item, who):
            yield item
        elif policy == "PROMOTE_CHILDREN":
            yield from _kept(site, policy, item["children"], who)


def _whole(
    site: Site,
    content: Content,
    items: list[Item],
    who: Onlooker,
    above: tuple[str, ...] = (),
    *,
    buried: bool = False,
) -> Iterator[Placed]:
    """All items in reading order, where they were put; `buried` are those below one that is hidden with them."""
    for position, item in enumerate(items):
        why, policy = _why(site, item, who), content["policy"]
        yield (
            item,
            {
                "parentId": above[-1] if above else None,
                "depth": len(above),
                "position": position,
                "isVisible": policy == "TEXT" or not (why or buried),
                "hiddenReason": why or ("PARENT_HIDDEN" if buried else None),
            },
        )
        under = buried or (why is not None and policy == "HIDE")
        yield from _whole(site, content, item["children"], who, (*above, item["id"]), buried=under)


def _why(site: Site, item: Item, who: Onlooker) -> str | None:
    """Why somebody does not see the page of an item, if so."""
    id = item["link"].get("pageId")
    if id is None or (id in site.pages and site.sees(id, who)):
        return None
    if id not in site.pages:
        return "NOT_FOUND"
    return "OTHER_CHANNEL" if site.said(site.pages[id], who) else "NOT_PUBLISHED"


def _item(site: Site, item: Item, who: Onlooker) -> dict[str, Any]:
    """What an item says of itself."""
    texts, (label, locale) = item["texts"], _label(site, item, who)
    described = [tag for tag, text in texts.items() if "description" in text]
    if not any("label" in text for text in texts.values()):
        locale = site.pick(who.locale, described) if described else None
    return {
        "id": item["id"],
        "label": label,
        "description": texts.get(locale, {}).get("description"),
        "texts": texts,
        "url": _url(site, item, who),
        "link": _link(site, item, who),
        "openInNewTab": item["tab"],
    }


def _label(site: Site, item: Item, who: Onlooker) -> tuple[str, str | None]:
    """The words of an item, else its page's title, else its url; and their locale, if they are of one."""
    own = {locale: text["label"] for locale, text in item["texts"].items() if "label" in text}
    page = item["link"].get("pageId")
    if not own and page and not _why(site, item, who):
        content = site.said(site.pages[page], who)
        own = {locale: text["title"] for locale, text in content["texts"].items()} if content else {}
    if not own:
        return _url(site, item, who) or "", None
    locale = site.pick(who.locale, own)
    return own[locale], locale


def _url(site: Site, item: Item, who: Onlooker) -> str | None:
    """Where an item leads."""
    link = item["link"]
    if "pageId" not in link or _why(site, item, who):
        return link.get("url")
    paths = site.paths(link["pageId"], who)
    locale = site.pick(who.locale, paths)
    query = f"?{quote(link['query'], safe='=')}" if "query" in link else ""
    fragment = f"#{quote(link['fragment'])}" if "fragment" in link else ""
    return address(site, paths[locale], locale) + query + fragment


def _link(site: Site, item: Item, who: Onlooker) -> dict[str, Any] | None:
    """A link as the graph gives it; the page is there for who sees it."""
    link = {**item["link"]}
    if "pageId" in link and _why(site, item, who):
        link["pageId"] = None
    return link or None


def active(site: Site, who: Onlooker) -> dict[str, str | None]:
    """The menu at each location: the channel's own where it is seen, else that of every channel."""
    found: dict[str, str | None] = {}
    for location in LOCATIONS:
        held = [site.bound.get((channel, location)) for channel in (who.channel, "") if channel is not None]
        found[location] = next((id for id in held if id and said(site.menus[id], who)), None)
    return found


def pointing(site: Site, page: str, who: Onlooker) -> set[tuple[str, str, tuple[str, ...]]]:
    """The places of menus that somebody sees to link to a page: menu, stage and place."""
    stage = "DRAFT" if who.drafts and edits(who.actor) else "LIVE"
    seen = {menu.id: content for menu in site.menus.values() if (content := said(menu, who))}
    return {(id, stage, path) for id, content in seen.items() for path, to in links(content) if to == page}

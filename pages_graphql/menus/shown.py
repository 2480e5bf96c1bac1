"""What is worked out of a menu and its items when they are shown: pure functions of their sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, urlsplit
from uuid import UUID

import orjson

from pages_graphql.core.access import Drafts, Permission
from pages_graphql.core.view import ContentStatus, Source
from pages_graphql.documents import shown as documents
from pages_graphql.documents.model import status_of
from pages_graphql.documents.revisions import RevisionRow
from pages_graphql.menus.document import MenuHiddenTargetPolicy
from pages_graphql.menus.model import MenuLocation
from pages_graphql.menus.repository.outlines import ItemSource, MenuTree, Outline
from pages_graphql.menus.repository.rows import MenuSource

VIEWER_PERMISSIONS = (
    Permission.MENUS_UPDATE,
    Permission.MENUS_DELETE,
    Permission.MENUS_PUBLISH,
    Permission.MENUS_MANAGE,
)

_KEPT = "!$%&'()*+,-./:;=?@_~"
"""What stays as it is in a query or a fragment (RFC 3986), percent signs too: who wrote one meant it."""


def edits(menu: MenuSource) -> bool:
    """Whether the caller may change the menu."""
    return menu.view.actor.may(Permission.MENUS_UPDATE)


def status(menu: MenuSource) -> ContentStatus:
    """Where in its life the menu is."""
    return status_of(menu.row.live_revision)


def has_unpublished_changes(menu: MenuSource) -> bool:
    """Whether the draft differs from what readers see; nobody's business without a right to the draft."""
    return menu.view.actor.drafts("menus") is Drafts.ALL and menu.row.draft_hash != menu.row.live_hash


def policy(menu: MenuSource) -> MenuHiddenTargetPolicy:
    """What becomes of items whose page is hidden."""
    return MenuHiddenTargetPolicy(menu.row.outline.policy)


def translations(menu: MenuSource) -> list[Mapping[str, str]]:
    """The name in each locale."""
    names = menu.document["translations"]
    return [{"locale": locale, **names[locale]} for locale in documents.in_order(menu)]


def bindings(menu: MenuSource) -> list[Mapping[str, object]]:
    """The places that the menu holds, in the order of locations, every channel first."""
    places = [place.partition(":")[::2] for place in orjson.loads(menu.row.bound or "{}")]
    order = [location.value for location in MenuLocation]
    places.sort(key=lambda place: (order.index(place[0]), place[1]))
    return [{"channel": channel or None, "location": MenuLocation(name)} for name, channel in places]


def revision(menu: MenuSource) -> Source[RevisionRow]:
    """The revision that is shown."""
    shown = replace(documents.revision(menu, known=edits(menu)), menu_at=(menu.row.id, menu.row.number))
    return Source(shown, None, menu.view, menu.locale)


def revisions_key(menu: MenuSource) -> UUID | None:
    """Whose revisions to list: nobody's for who may not edit."""
    return menu.row.id if edits(menu) else None


def viewer_permissions(menu: MenuSource) -> list[str]:
    """What the caller may do to this menu."""
    return menu.view.actor.listed(VIEWER_PERMISSIONS)


def outline_for_editors(menu: MenuSource) -> Outline | None:
    """The outline, for who may see hidden items."""
    return menu.row.outline if edits(menu) else None


def items(tree: MenuTree) -> Sequence[ItemSource]:
    """The items shown, as a tree."""
    return tree.shown


def flat_items(tree: MenuTree) -> list[ItemSource]:
    """The items shown, in reading order."""
    return list(_flat(tree.shown))


def all_items(tree: MenuTree) -> list[ItemSource]:
    """All items, in reading order."""
    return list(_flat(tree.whole))


def item_count(tree: MenuTree) -> int:
    """How many items are shown."""
    return sum(1 for _ in _flat(tree.shown))


def depth(tree: MenuTree) -> int:
    """How many levels are shown."""
    return max((item.row.depth + 1 for item in _flat(tree.shown)), default=0)


def is_fallback(tree: MenuTree) -> bool:
    """Whether the name or any label shown is of another locale than was asked for."""
    return tree.outline.names_fall_back or any(
        locale not in (None, item.view.locale) for item in _flat(tree.shown) for locale in [_locale(item)]
    )


def _flat(items: Sequence[ItemSource]) -> Iterator[ItemSource]:
    for item in items:
        yield item
        yield from _flat(item.row.children)


def label(item: ItemSource) -> str:
    """What the item says, else its page's title, else its url; empty where all three are missing."""
    texts, locale = item.document["translations"], _labelled(item)
    if locale is not None:
        return texts[locale]["label"]
    page = item.row.page
    return page.document["translations"][page.locale]["title"] if page else url(item) or ""


def _labelled(item: ItemSource) -> str | None:
    """The locale of the label that is shown, where the item has one of its own."""
    labels = {locale: text for locale, text in item.document["translations"].items() if "label" in text}
    return item.view.choose(labels) if labels else None


def _locale(item: ItemSource) -> str | None:
    """The locale of what the item says, its page's title too."""
    return _labelled(item) or (item.row.page and item.row.page.locale)


def description(item: ItemSource) -> str | None:
    """The further words, in the locale of the label."""
    texts = item.document["translations"]
    described = {locale: text for locale, text in texts.items() if "description" in text}
    locale = _labelled(item) or item.view.choose(described)
    return texts.get(locale, {}).get("description")


def item_translations(item: ItemSource) -> list[Mapping[str, str]]:
    """What the item says in each locale."""
    return [{"locale": locale, **item.document["translations"][locale]} for locale in documents.in_order(item)]


def url(item: ItemSource) -> str | None:
    """Where the item leads, in the View."""
    link, page = item.document.get("link", {}), item.row.page
    if page is None:
        return link.get("url")
    path = page.row.paths.get(page.locale)
    if path is None:
        return None
    query = f"?{quote(link['query'], safe=_KEPT)}" if "query" in link else ""
    fragment = f"#{quote(link['fragment'], safe=_KEPT)}" if "fragment" in link else ""
    return page.view.tenant.address(path, page.locale) + query + fragment


def is_external(item: ItemSource) -> bool:
    """Whether the URL leaves the tenant's own sites."""
    address: str = item.document["link"]["url"]
    own = {_site(channel.base_url) for channel in item.view.tenant.channels if channel.base_url}
    return bool(urlsplit(address).scheme) and _site(address) not in own


def _site(address: str) -> tuple[str, str]:
    """The scheme and the host of a URL, as they are compared."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()

"""Menus, as the graph shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar

import strawberry

from pages_graphql.api.connections import FORWARD, Connection
from pages_graphql.api.enums import describe
from pages_graphql.api.fields import Shown, column, derived, key, relation
from pages_graphql.api.kinds import Reference
from pages_graphql.api.references import by_id
from pages_graphql.api.stubs import Category, Post, Product, User
from pages_graphql.core.view import ContentStage, ContentStatus
from pages_graphql.documents import shown as documents
from pages_graphql.documents.types import ContentRevision
from pages_graphql.menus import shown
from pages_graphql.menus.document import MenuHiddenTargetPolicy
from pages_graphql.menus.in_view import in_view
from pages_graphql.menus.model import MenuLocation
from pages_graphql.menus.repository import rows, trees
from pages_graphql.menus.repository.outlines import ItemRow, ItemSource, MenuItemHiddenReason
from pages_graphql.menus.repository.revisions import revisions_of
from pages_graphql.menus.repository.rows import MenuRow
from pages_graphql.pages.in_view import OTHER_VIEW
from pages_graphql.pages.types import Page

describe(
    MenuHiddenTargetPolicy,
    "What becomes of an item whose page the View may not see.",
    HIDE="It is hidden, with its children.",
    TEXT="It is kept as text, without a link.",
    PROMOTE_CHILDREN="It is hidden, and its children stand in its place.",
)
describe(
    MenuItemHiddenReason,
    "Why a View does not show an item, or the page that it links to.",
    NOT_FOUND="There is no such page any more.",
    NOT_PUBLISHED="Readers do not see the page.",
    OTHER_CHANNEL="The page is shown in other channels only.",
    PARENT_HIDDEN="An item above it is hidden with its children.",
)
describe(
    MenuLocation,
    "A place in the layout that a menu can be bound to.",
    HEADER="The head of every page.",
    FOOTER="The foot of every page.",
    SIDEBAR="Beside the content.",
    MOBILE="On small screens.",
)


@strawberry.type(description="What a menu is called in one locale.")
class MenuTranslation(Shown[MenuRow]):
    """A name in one locale."""

    locale: str = key("locale", "The locale of this name.")
    name: str = key("name", "The name in this locale.")


@strawberry.type(description="A place in the layout that a menu holds.")
class MenuBinding(Shown[MenuRow]):
    """A place that a menu holds."""

    channel: str | None = key("channel", "The channel of the place; null: every channel.")
    location: MenuLocation = key("location", "Where in the layout the place is.")


@strawberry.type(description="What an item says in one locale.")
class MenuItemTranslation(Shown[ItemRow]):
    """An item in one locale."""

    locale: str = key("locale", "The locale of these words.")
    label: str | None = key("label", "The words to click; without them the page's title, else the url.")
    description: str | None = key("description", "Further words.")


@strawberry.type(description="A link to a page.")
class MenuPageLink(Shown[ItemRow]):
    """A link to a page."""

    page: Page | None = column("page", "The page; null where the View may not see it.")
    fragment: str | None = key("link.fragment", "The part of the page, without #.")
    query: str | None = key("link.query", "What the page is asked, without ?.")


@strawberry.type(description="A link to an address.")
class MenuUrlLink(Shown[ItemRow]):
    """A link to an address."""

    url: str = key("link.url", "The address as it was written.")
    is_external: bool = derived(shown.is_external, "Whether it leaves the tenant's own sites.")


MenuLinkedEntity = Annotated[
    Product | Category | Post, strawberry.union("MenuLinkedEntity", description="What other subgraphs own.")
]

_ENTITIES: dict[str, type[Product | Category | Post]] = {"PRODUCT": Product, "CATEGORY": Category, "POST": Post}


def entity(link: ItemSource) -> Product | Category | Post | None:
    """The thing of another subgraph; it counts as visible, for nobody here can know."""
    known = link.document["link"]["entity"]
    return _ENTITIES[known["type"]](link.at(known["id"]))


@strawberry.type(description="A link to a thing that another subgraph owns.")
class MenuEntityLink(Shown[ItemRow]):
    """A link to another subgraph's entity."""

    entity: MenuLinkedEntity | None = derived(entity, "The thing itself; its owner knows the rest.")


MenuLink = Annotated[
    MenuPageLink | MenuUrlLink | MenuEntityLink, strawberry.union("MenuLink", description="Where an item leads.")
]

_LINKS: dict[str, type[MenuPageLink | MenuUrlLink | MenuEntityLink]] = {
    "pageId": MenuPageLink,
    "url": MenuUrlLink,
    "entity": MenuEntityLink,
}


def link(item: ItemSource) -> MenuPageLink | MenuUrlLink | MenuEntityLink | None:
    """Where the item leads; nothing for a heading, and for an item that is kept as text."""
    parts: Mapping[str, object] = item.document.get("link", {})
    return None if item.row.is_text else next((type_(item) for name, type_ in _LINKS.items() if name in parts), None)


@strawberry.type(description="An item of a menu.")
class MenuItem(Shown[ItemRow]):
    """An item of a menu."""

    id: strawberry.ID = key("id", "Stable over edits.")
    label: str = derived(shown.label, "What it says; else its page's title, else its url.")
    description: str | None = derived(shown.description, "Further words.")
    icon: str | None = key("icon", "The name of a picture, for apps.")
    css_class: str | None = key("cssClass", "Names of styles, for apps.")
    rel: str | None = key("rel", "How the target relates to this site, as HTML's rel has it.")
    open_in_new_tab: bool = key("openInNewTab", "Whether a click leaves this page open.")
    depth: int = column("depth", "How many items stand above it, as shown.")
    position: int = column("position", "Its place among its siblings, as shown, from 0.")
    parent_id: strawberry.ID | None = column("parent_id", "The item above it, as shown.")
    link: MenuLink | None = derived(link, "Where it leads; null for a heading.")
    url: str | None = derived(shown.url, "The address of a page or a URL, in the View; null for entities.")
    is_visible: bool = column("is_visible", "Whether the View shows it.")
    hidden_reason: MenuItemHiddenReason | None = column(
        "hidden_reason", "Why it, or its page, is hidden; null without the right to edit."
    )
    translations: list[MenuItemTranslation] = derived(shown.item_translations, "What it says in each of its locales.")
    children: "list[MenuItem]" = column("children", "The items below, in order.")


@strawberry.federation.type(keys=["id"], description="A tree of links with a handle, seen through a View.")
class Menu(Shown[MenuRow]):
    """A menu, seen through a View."""

    references: ClassVar[Mapping[str, Reference]] = {"id": by_id(rows.by_ids)}
    resource: ClassVar[str] = "menus"

    id: strawberry.ID = column("id", "The same for ever.")
    view_key: strawberry.ID = derived(documents.view_key, "The id with the View: the key for a client's cache; opaque.")
    handle: str = column("handle", "What apps ask for; unique.")
    name: str = key("translations.*.name", "The name in the locale shown.")
    status: ContentStatus = derived(shown.status, "Where in its life the menu is.")
    stage: ContentStage = derived(documents.stage, "The stage that this object shows.")
    version: int = column("version", "The concurrency token: every write to the menu adds one.")
    has_unpublished_changes: bool = derived(
        shown.has_unpublished_changes, "Whether the draft differs from what readers see; false without a right to it."
    )
    locale: str = derived(documents.locale, "The locale of the name that is shown.")
    requested_locale: str = derived(documents.requested_locale, "The locale that was asked for.")
    is_fallback: bool = relation(
        trees.trees, "outline", "Whether the name or any label shown fell back.", shown.is_fallback
    )
    available_locales: list[str] = derived(documents.in_order, "The locales the menu has, in the tenant's order.")
    translations: list[MenuTranslation] = derived(shown.translations, "The name in each locale.")
    items: list[MenuItem] = relation(trees.trees, "outline", "The tree, as the View sees it.", shown.items)
    flat_items: list[MenuItem] = relation(trees.trees, "outline", "The same in reading order.", shown.flat_items)
    all_items: list[MenuItem] | None = relation(
        trees.trees,
        shown.outline_for_editors,
        "Hidden ones too, in reading order, where they were put; null without the right to edit.",
        shown.all_items,
    )
    item_count: int = relation(trees.trees, "outline", "How many items are shown.", shown.item_count)
    depth: int = relation(trees.trees, "outline", "How many levels are shown.", shown.depth)
    hidden_target_policy: MenuHiddenTargetPolicy = derived(
        shown.policy, "What becomes of items whose page the View may not see."
    )
    bindings: list[MenuBinding] = derived(shown.bindings, "The places in the layout that it holds.")
    in_view: "Menu | None" = relation(in_view, "id", "The same menu through another View.", **OTHER_VIEW)
    author: User | None = column("author_id", "Who made the menu.")
    created_at: datetime = column("created_at", "When the menu was made.")
    updated_at: datetime = derived(documents.updated_at, "When what is shown last changed.")
    published_at: datetime | None = column("published_at", "When it was last published.")
    revision: ContentRevision = derived(shown.revision, "The revision that is shown.")
    revisions: Connection[ContentRevision] | None = relation(
        revisions_of,
        shown.revisions_key,
        "All revisions, the newest first; null without the right to edit.",
        **FORWARD,
    )
    viewer_permissions: list[str] = derived(
        shown.viewer_permissions, "What the caller may do to this menu; empty for anonymous callers."
    )

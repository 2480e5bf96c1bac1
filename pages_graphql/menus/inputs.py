"""What callers give to write menus."""

import strawberry

from pages_graphql.api.inputs import optional, required, switch
from pages_graphql.api.stubs import ContentEntityType
from pages_graphql.menus.document import MenuHiddenTargetPolicy
from pages_graphql.menus.model import MenuLocation


@strawberry.input(description="What a menu is called in one locale.")
class MenuTranslationInput:
    """A name in one locale."""

    locale: str = required("One of the tenant's locales.")
    name: str = required("1 to 255 characters.")


@strawberry.input(description="What an item says in one locale.")
class MenuItemTranslationInput:
    """An item in one locale."""

    locale: str = required("One of the tenant's locales.")
    label: str | None = optional(
        "The words to click, 1 to 255 characters; without them the page's title, else the url."
    )
    description: str | None = optional("Further words.")


@strawberry.input(description="A thing that another subgraph owns.")
class ContentEntityInput:
    """A thing of another subgraph."""

    type: ContentEntityType = required("What sort of thing it is; menus link to products, categories and posts.")
    id: strawberry.ID = required("Its id in the subgraph that owns it.")


@strawberry.input(description="Where an item leads: one of `pageId`, `url` and `entity`; with none it is a heading.")
class MenuLinkInput:
    """Where an item leads."""

    page_id: strawberry.ID | None = optional("The page to lead to; its url follows every rename.")
    fragment: str | None = optional("The part of the page, without #.")
    query: str | None = optional("What the page is asked, without ?.")
    url: str | None = optional("The address: relative, http, https, mailto or tel.")
    entity: ContentEntityInput | None = optional("The thing of another subgraph.")


@strawberry.input(description="An item of a menu, with those below it.")
class MenuItemInput:
    """An item."""

    id: strawberry.ID | None = optional("The id of an item that the draft has; a new item gets its own.")
    translations: list[MenuItemTranslationInput] | None = optional(
        "What it says; what an item of the draft says in other locales stays."
    )
    link: MenuLinkInput | None = optional("Where it leads; left out: it is a heading.")
    icon: str | None = optional("The name of a picture, for apps.")
    css_class: str | None = optional("Names of styles, for apps.")
    rel: str | None = optional("How the target relates to this site, as HTML's rel has it.")
    open_in_new_tab: bool = switch("Whether a click leaves this page open.")
    children: "list[MenuItemInput] | None" = optional("The items below, in order.")


@strawberry.input(description="A place in the layout.")
class MenuBindingInput:
    """A place in the layout."""

    channel: str | None = optional("The channel of the place; left out or null: every channel.")
    location: MenuLocation = required("Where in the layout the place is.")


@strawberry.input(description="A new menu.")
class CreateMenuInput:
    """A new menu."""

    handle: str = required("What apps ask for: 1 to 63 of the characters a to z, 0 to 9, - and _; unique.")
    hidden_target_policy: MenuHiddenTargetPolicy = strawberry.field(
        description="What becomes of items whose page the View may not see.", default=MenuHiddenTargetPolicy.HIDE
    )
    translations: list[MenuTranslationInput] = required("What it is called, at least in one locale.")
    items: list[MenuItemInput] | None = optional("The items, in order.")
    bindings: list[MenuBindingInput] | None = optional("The places that it shall hold; they must be free.")
    publish: bool = switch("Whether to publish it at once.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(
    description="A change: what is left out stays as it is, null clears, translations are added or changed."
)
class UpdateMenuInput:
    """A change to a menu."""

    id: strawberry.ID = required("The menu to change.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    handle: str | None = optional("What apps ask for; acts at once.")
    hidden_target_policy: MenuHiddenTargetPolicy | None = optional(
        "What becomes of items whose page the View may not see; null: HIDE."
    )
    translations: list[MenuTranslationInput] | None = optional("What it is called, in these locales.")
    remove_locales: list[str] | None = optional("Locales whose names go; one stays.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(description="A menu to take away for good.")
class DeleteMenuInput:
    """A menu to delete."""

    id: strawberry.ID = required("The menu to delete; it must not be published.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")


@strawberry.input(description="A new item of a menu, and its place.")
class AddMenuItemInput:
    """A new item."""

    menu_id: strawberry.ID = required("The menu to change.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    parent_id: strawberry.ID | None = optional("The item above; left out or null: at the top level.")
    before_id: strawberry.ID | None = optional("The sibling to stand before.")
    after_id: strawberry.ID | None = optional("The sibling to stand after; with neither, behind all.")
    item: MenuItemInput = required("The item, with those below it.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(description="A change to an item: what is left out stays as it is, null clears.")
class UpdateMenuItemInput:
    """A change to an item."""

    menu_id: strawberry.ID = required("The menu to change.")
    item_id: strawberry.ID = required("The item to change.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    translations: list[MenuItemTranslationInput] | None = optional("What it says, in these locales.")
    remove_locales: list[str] | None = optional("Locales in which it shall say nothing.")
    link: MenuLinkInput | None = optional("Where it leads, as a whole; null: it is a heading.")
    icon: str | None = optional("The name of a picture, for apps.")
    css_class: str | None = optional("Names of styles, for apps.")
    rel: str | None = optional("How the target relates to this site, as HTML's rel has it.")
    open_in_new_tab: bool | None = optional("Whether a click leaves this page open.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(description="Where an item shall stand.")
class MenuItemMoveInput:
    """Where an item shall stand."""

    item_id: strawberry.ID = required("The item to move, with all below it.")
    parent_id: strawberry.ID | None = optional("The item above; left out: the same, null: at the top level.")
    before_id: strawberry.ID | None = optional("The sibling to stand before.")
    after_id: strawberry.ID | None = optional("The sibling to stand after; with neither, behind all.")


@strawberry.input(description="Items to put elsewhere in their menu: all of them, or none.")
class MoveMenuItemsInput:
    """Items to move."""

    menu_id: strawberry.ID = required("The menu to change.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    moves: list[MenuItemMoveInput] = required("One after the other; each item at most once.")


@strawberry.input(description="An item to take away, with all below it.")
class DeleteMenuItemInput:
    """An item to delete."""

    menu_id: strawberry.ID = required("The menu to change.")
    item_id: strawberry.ID = required("The item to delete.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(description="All items of a menu.")
class ReplaceMenuItemsInput:
    """All items of a menu."""

    menu_id: strawberry.ID = required("The menu to change.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    items: list[MenuItemInput] = required("The items, in order; those of the draft that are not among them go.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(description="A menu to show readers.")
class PublishMenuInput:
    """A menu to publish."""

    id: strawberry.ID = required("The menu to publish.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    note: str | None = optional("What to remember of it.")


@strawberry.input(description="A menu to take from readers.")
class UnpublishMenuInput:
    """A menu to unpublish."""

    id: strawberry.ID = required("The menu to unpublish; it keeps its places.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")


@strawberry.input(description="A draft to give up.")
class DiscardMenuDraftInput:
    """A draft to discard."""

    id: strawberry.ID = required("The menu whose draft shall say what readers see.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")


@strawberry.input(description="A revision to go back to.")
class RestoreMenuRevisionInput:
    """A revision to restore."""

    id: strawberry.ID = required("The menu whose draft shall say what the revision said.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    revision: int = required("The number of the revision.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(description="A place in the layout to give to a menu; acts at once.")
class BindMenuInput:
    """A place to give."""

    id: strawberry.ID = required("The menu that shall hold the place.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    channel: str | None = optional("The channel of the place; left out or null: every channel.")
    location: MenuLocation = required("Where in the layout the place is.")
    replace: bool = switch("Whether to take the place from another menu.")


@strawberry.input(description="A place in the layout to take from a menu; acts at once.")
class UnbindMenuInput:
    """A place to take."""

    id: strawberry.ID = required("The menu that shall hold the place no more.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    channel: str | None = optional("The channel of the place; left out or null: every channel.")
    location: MenuLocation = required("Where in the layout the place is.")

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

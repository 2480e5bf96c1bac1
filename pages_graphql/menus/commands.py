"""What can be asked to be done to menus: the inputs of the use cases, checked for their form."""

from typing import Annotated, TypeAlias

from pydantic import Field

from pages_graphql.core.access import Permission
from pages_graphql.core.inputs import Command, Input
from pages_graphql.menus.content import Binding, Item, Link, Name, Text
from pages_graphql.menus.document import MenuHiddenTargetPolicy
from pages_graphql.menus.model import MenuLocation
from pages_graphql.pages.content import Line, Locale

Policy: TypeAlias = Annotated[MenuHiddenTargetPolicy, Field(strict=False)]


class MenuCommand(Command):
    """An input that acts on a menu."""

    id: str
    expected_version: int | None = None


class ItemsCommand(Command):
    """An input that changes the items of a menu."""

    needs = Permission.MENUS_UPDATE

    menu_id: str
    expected_version: int | None = None
    note: str | None = None


class CreateMenu(Command):
    """A new menu."""

    needs = Permission.MENUS_CREATE

    handle: str
    hidden_target_policy: Policy | None = None
    translations: list[Name]
    items: list[Item] | None = None
    bindings: list[Binding] | None = None
    publish: bool = False
    note: str | None = None


class UpdateMenu(MenuCommand):
    """A change to what a menu is called, and to its policy and handle."""

    needs = Permission.MENUS_UPDATE

    handle: str | None = None
    hidden_target_policy: Policy | None = None
    translations: list[Name] | None = None
    remove_locales: list[Locale] | None = None
    note: str | None = None


class DeleteMenu(MenuCommand):
    """A menu to take away for good."""

    needs = Permission.MENUS_DELETE


class AddMenuItem(ItemsCommand):
    """A new item, with those below it, and its place."""

    parent_id: str | None = None
    before_id: str | None = None
    after_id: str | None = None
    item: Item


class UpdateMenuItem(ItemsCommand):
    """A change to an item."""

    item_id: str
    translations: list[Text] | None = None
    remove_locales: list[Locale] | None = None
    link: Link | None = None
    icon: Line | None = None
    css_class: Line | None = None
    rel: Line | None = None
    open_in_new_tab: bool | None = None


class Move(Input):
    """Where an item shall stand."""

    item_id: str
    parent_id: str | None = None
    before_id: str | None = None
    after_id: str | None = None


class MoveMenuItems(ItemsCommand):
    """Items to put elsewhere, one after the other."""

    moves: list[Move]


class DeleteMenuItem(ItemsCommand):
    """An item to take away, with all below it."""

    item_id: str


class ReplaceMenuItems(ItemsCommand):
    """All items of a menu."""

    items: list[Item]


class PublishMenu(MenuCommand):
    """A menu to show readers."""

    needs = Permission.MENUS_PUBLISH

    note: str | None = None


class UnpublishMenu(MenuCommand):
    """A menu to take from readers."""

    needs = Permission.MENUS_PUBLISH


class DiscardMenuDraft(MenuCommand):
    """A draft to give up."""

    needs = Permission.MENUS_UPDATE


class RestoreMenuRevision(MenuCommand):
    """A revision to go back to."""

    needs = Permission.MENUS_UPDATE

    revision: int
    note: str | None = None


class PlaceCommand(MenuCommand):
    """An input about a place in the layout."""

    needs = Permission.MENUS_UPDATE

    channel: str | None = None
    location: Annotated[MenuLocation, Field(strict=False)]


class BindMenu(PlaceCommand):
    """A place to give to a menu."""

    replace: bool = False


class UnbindMenu(PlaceCommand):
    """A place to take from a menu."""

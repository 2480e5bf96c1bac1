"""What can be asked to be done to menus: the inputs of the use cases, checked for their form."""

from typing import Annotated, TypeAlias

from pydantic import Field

from pages_graphql.core.access import Permission
from pages_graphql.core.inputs import Command
from pages_graphql.menus.content import Binding, Item, Name
from pages_graphql.menus.document import MenuHiddenTargetPolicy

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


class ReplaceMenuItems(ItemsCommand):
    """All items of a menu."""

    items: list[Item]


class PublishMenu(MenuCommand):
    """A menu to show readers."""

    needs = Permission.MENUS_PUBLISH

    note: str | None = None

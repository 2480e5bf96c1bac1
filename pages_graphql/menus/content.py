"""What an input says of a menu's document, checked for its form."""

from typing import Annotated

from pydantic import AfterValidator, Field

from pages_graphql.core.inputs import Input
from pages_graphql.menus.document import ENTITIES
from pages_graphql.menus.model import MenuLocation
from pages_graphql.pages.content import Line, Locale, Url

_KINDS = [kind.value for kind in ENTITIES]


def _kind(value: str) -> str:
    if value not in _KINDS:
        raise ValueError(f"A menu does not link to the type {value}: it links to {', '.join(_KINDS)}.")
    return value


def _fragment(value: str) -> str | None:
    return value.removeprefix("#") or None


def _query(value: str) -> str | None:
    return value.removeprefix("?") or None


def _address(value: str) -> str:
    if value == "#":
        raise ValueError("“#” leads nowhere: an item without a link is a heading.")
    return value


class Name(Input):
    """What a menu is called in one locale."""

    locale: Locale
    name: str


class Text(Input):
    """What an item says in one locale."""

    locale: Locale
    label: str | None = None
    description: Line | None = None


class Entity(Input):
    """A thing of another subgraph."""

    type: Annotated[str, AfterValidator(_kind)]
    id: Annotated[str, Field(min_length=1, max_length=255)]


class Link(Input):
    """Where an item leads: to a page, a URL, an entity, or nowhere."""

    page_id: str | None = None
    fragment: Annotated[Line, AfterValidator(_fragment)] | None = None
    query: Annotated[Line, AfterValidator(_query)] | None = None
    url: Annotated[Url, AfterValidator(_address)] | None = None
    entity: Entity | None = None


class Item(Input):
    """An item as an input gives it, with those below it."""

    id: str | None = None
    translations: list[Text] | None = None
    link: Link | None = None
    icon: Line | None = None
    css_class: Line | None = None
    rel: Line | None = None
    open_in_new_tab: bool = False
    children: "list[Item] | None" = None


class Binding(Input):
    """A place in the layout, in a channel or in every one."""

    channel: str | None = None
    location: Annotated[MenuLocation, Field(strict=False)]

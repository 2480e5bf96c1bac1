"""The shape of documents as they are kept: what every reader of one relies on, and none of the rules of writing."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel

from pages_graphql.documents.references import EntityKind
from pages_graphql.documents.render import PageBodyFormat
from pages_graphql.menus.document import MenuHiddenTargetPolicy

Id = Annotated[UUID, Field(strict=False)]


class Shape(BaseModel):
    """A part of a document; what is not named here may be in it, and null is never kept."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True)


class Body(Shape):
    """A text and how it is written."""

    format: Annotated[PageBodyFormat, Field(strict=False)]
    content: str


class Seo(Shape):
    """What search engines are told."""

    title: str = ""
    description: str = ""
    canonical_url: str = ""
    robots: str = ""
    image: dict[str, Any] = {}
    open_graph: dict[str, Any] = {}


class PageText(Shape):
    """What a page says in one locale."""

    title: str
    slug: str = Field(min_length=1)
    body: Body = Body(format=PageBodyFormat.MARKDOWN, content="")
    seo: Seo = Seo()


class Block(Shape):
    """A block of a page."""

    id: Id
    type: str
    data: dict[str, Any]
    overrides: dict[str, dict[str, Any]] = {}


class PageDocument(Shape):
    """What a page says."""

    translations: dict[str, PageText] = Field(min_length=1)
    blocks: list[Block]
    metadata: dict[str, Any]


class MenuName(Shape):
    """What a menu is called in one locale."""

    name: str


class MenuText(Shape):
    """What an item says in one locale."""

    label: str = ""
    description: str = ""


class Entity(Shape):
    """A thing of another subgraph."""

    type: Annotated[EntityKind, Field(strict=False)]
    id: str


class Link(Shape):
    """Where an item leads."""

    page_id: Id = UUID(int=0)
    fragment: str = ""
    query: str = ""
    url: str = ""
    entity: Entity = Entity(type=EntityKind.PRODUCT, id="")


class Item(Shape):
    """An item of a menu, with those below it."""

    id: Id
    translations: dict[str, MenuText]
    link: Link = Link()
    icon: str = ""
    css_class: str = ""
    rel: str = ""
    open_in_new_tab: bool
    children: "list[Item]"


class MenuDocument(Shape):
    """What a menu shows."""

    hidden_target_policy: Annotated[MenuHiddenTargetPolicy, Field(strict=False)]
    translations: dict[str, MenuName] = Field(min_length=1)
    items: list[Item]


STAMPS = TypeAdapter(dict[str, AwareDatetime])
"""When each translation last changed."""

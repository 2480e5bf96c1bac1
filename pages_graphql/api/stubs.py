"""What other subgraphs own: types of which this one knows the key only, described by their owners."""

from enum import Enum
from typing import Any

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from pages_graphql.api.enums import describe
from pages_graphql.api.fields import Shown, key


class ContentEntityType(Enum):
    """A type of thing that another subgraph owns."""

    PRODUCT = "PRODUCT"
    CATEGORY = "CATEGORY"
    POST = "POST"
    MEDIA = "MEDIA"
    USER = "USER"


describe(
    ContentEntityType,
    "A type of thing that another subgraph owns.",
    PRODUCT="A product of the commerce module.",
    CATEGORY="A category of the commerce module.",
    POST="A post of the blog module.",
    MEDIA="A file of the media module.",
    USER="A user of the platform.",
)

_KEY = [Key(fields=FieldSet("id"), resolvable=False)]


@strawberry.federation.type(keys=_KEY)
class User(Shown[Any]):
    """A user of the platform."""

    id: strawberry.ID = key("", "")


@strawberry.federation.type(keys=_KEY)
class Media(Shown[Any]):
    """A file of the media module."""

    id: strawberry.ID = key("", "")


@strawberry.federation.type(keys=_KEY)
class Product(Shown[Any]):
    """A product of the commerce module."""

    id: strawberry.ID = key("", "")


@strawberry.federation.type(keys=_KEY)
class Category(Shown[Any]):
    """A category of the commerce module."""

    id: strawberry.ID = key("", "")


@strawberry.federation.type(keys=_KEY)
class Post(Shown[Any]):
    """A post of the blog module."""

    id: strawberry.ID = key("", "")

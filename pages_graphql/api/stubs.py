"""What other subgraphs own: types of which this one knows the key only, described by their owners."""

from typing import Any

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from pages_graphql.api.fields import Shown, key

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

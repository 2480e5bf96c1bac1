"""References of a gateway: each is answered, or refused, on its own."""

from collections.abc import Mapping
from typing import Any, cast

import strawberry
from strawberry.federation.schema import FederationAny
from strawberry.schema.types import ConcreteType

from pages_graphql.api.context import Context
from pages_graphql.api.fields import Shown
from pages_graphql.core.errors import RequestError, wrong_argument


class Schema(strawberry.federation.Schema):
    """A subgraph whose references are read, never changed, and loaded in batches."""

    def entities_resolver(
        self, info: strawberry.Info[Context, None], representations: list[FederationAny]
    ) -> list[FederationAny]:
        """What each representation stands for, in order; an error at its place for one that stands for nothing."""
        return [cast(FederationAny, self._entity(info, given)) for given in representations]

    def entity(self, given: object) -> tuple[type[Shown[Any]], Mapping[str, Any]]:
        """The type that a representation names, and its fields."""
        named = cast(Mapping[str, Any], given if isinstance(given, dict) else {})
        name = named.get("__typename")
        type_ = self.schema_converter.type_map.get(name) if isinstance(name, str) else None
        origin = getattr(type_.definition, "origin", None) if isinstance(type_, ConcreteType) else None
        if isinstance(origin, type) and issubclass(origin, Shown) and origin.references:
            return cast(type[Shown[Any]], origin), named
        raise wrong_argument("A representation names, as `__typename`, a type that this subgraph can find by a key.")

    def _entity(self, info: strawberry.Info[Context, None], given: object) -> object:
        try:
            type_, fields = self.entity(given)
        except RequestError as error:
            return error
        return type_.resolve_reference(info, fields)

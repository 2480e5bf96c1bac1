"""References of a gateway: each is answered, or refused, on its own."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

import strawberry
from strawberry.federation.schema import FederationAny

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
        if isinstance(name, str) and (type_ := self._entities.get(name)):
            return type_, named
        raise wrong_argument("A representation names, as `__typename`, a type that this subgraph can find by a key.")

    @cached_property
    def _entities(self) -> Mapping[str, type[Shown[Any]]]:
        """The types that can be found by a key."""
        known = self.schema_converter.type_map.items()
        origins = ((name, getattr(type_.definition, "origin", None)) for name, type_ in known)
        return {
            name: cast(type[Shown[Any]], origin)
            for name, origin in origins
            if isinstance(origin, type) and issubclass(origin, Shown) and origin.references
        }

    def _entity(self, info: strawberry.Info[Context, None], given: object) -> object:
        try:
            type_, fields = self.entity(given)
        except RequestError as error:
            return error
        return type_.resolve_reference(info, fields)

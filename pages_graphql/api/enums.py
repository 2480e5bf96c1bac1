"""How enums that the core knows without GraphQL are described in the graph."""

from enum import Enum
from typing import Any, cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition, has_enum_definition


def describe(enum: type[Enum], description: str, *, name: str | None = None, **values: str) -> None:
    """Say what an enum and each of its values mean; `name` is what the graph calls it where that is another.

    Strawberry may have made a definition of its own, where a function's type was read before: that one is changed.
    """
    known = cast(Any, enum if has_enum_definition(enum) else strawberry.enum(enum))
    definition: StrawberryEnumDefinition = known.__strawberry_definition__
    definition.name, definition.description = name or enum.__name__, description
    for value in definition.values:
        value.description = values[value.name]

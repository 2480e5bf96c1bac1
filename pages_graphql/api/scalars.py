"""Scalars that every subgraph has: described nowhere, or composers complain where two describe them differently."""

from dataclasses import replace
from datetime import datetime

from strawberry.scalars import JSON
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.types.scalar import ScalarDefinition

SCALARS: dict[object, ScalarDefinition] = {
    type_: replace(DEFAULT_SCALAR_REGISTRY[type_], description=None, specified_by_url=None)
    for type_ in (datetime, JSON)
}

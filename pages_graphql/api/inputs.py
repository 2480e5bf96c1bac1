"""How parts of inputs are declared: what is left out is told from what is null."""

from typing import Any, TypeVar

import strawberry

T = TypeVar("T")


def required(description: str) -> Any:
    """A part that must be given."""
    return strawberry.field(description=description)


def optional(description: str, name: str | None = None) -> Any:
    """A part that may be left out; `name` is what the graph calls it, where Python has that word for itself."""
    return strawberry.field(description=description, name=name, default=strawberry.UNSET)


def switch(description: str, *, default: bool = False) -> Any:
    """A part that is yes or no, and says which where it is left out."""
    return strawberry.field(description=description, default=default)


def known(given: T | None) -> T | None:
    """What was given; None where it was left out."""
    return None if given is strawberry.UNSET else given

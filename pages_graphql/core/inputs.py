"""Inputs: strict models whose JSON names are the graph's, and whose faults are problems with their paths."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Invalid, Problem, Refused
from pages_graphql.core.text import unstorable


class Input(BaseModel):
    """A part of an input: unknown names are refused, and what was given is told from what was not."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, frozen=True, strict=True)

    def given(self, name: str) -> bool:
        """Whether the caller said anything of the field, null included."""
        return name in self.model_fields_set

    def plain(self) -> dict[str, Any]:
        """What the caller said, as JSON with the graph's names; nulls included."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Command(Input):
    """The input of a use case, and the permission that the use case needs."""

    needs: ClassVar[Permission]


M = TypeVar("M", bound=BaseModel)


def parse(model: type[M], value: Mapping[str, Any]) -> M:
    """The input as its model; refused with every fault at once."""
    if broken := [Invalid("U+0000 and lone surrogates cannot be kept.", *path) for path in unstorable(value)]:
        raise Refused(*broken)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Refused(*faults(error)) from None


def faults(error: ValidationError, *under: str | int) -> Iterator[Problem]:
    """Each fault that pydantic found, as a problem at its place."""
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        yield Invalid(_sentence(fault["msg"]), *under, *fault["loc"])


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text if text.endswith(".") else f"{text}."


def as_id(value: object) -> UUID | None:
    """The id that a text names; None where it is no UUID, which finds nothing."""
    try:
        return UUID(str(value))
    except ValueError:
        return None

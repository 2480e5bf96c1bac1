"""Inputs: strict models whose JSON names are the graph's, and whose faults are problems with their paths."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Invalid, Problem, Refused, refuse_if
from pages_graphql.core.ids import uuid_of
from pages_graphql.core.text import MAX_DEPTH, unstorable

_UNSTORABLE = f"U+0000, lone surrogates, numbers out of range and what nests deeper than {MAX_DEPTH} cannot be kept."


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
    """The input as its model; refused with every fault of its form."""
    parsed, found = parse_rest(model, value)
    refuse_if(found)
    return parsed


def parse_rest(model: type[M], value: Mapping[str, Any]) -> tuple[M, list[Problem]]:
    """The input as its model, without the parts that are at fault, and their faults.

    Refused with the faults alone where the rest is no input any more.
    """
    if broken := [Invalid(_UNSTORABLE, *path) for path in unstorable(value)]:
        raise Refused(*broken)
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        found = list(faults(error))
    try:
        return model.model_validate(_without(value, {tuple(problem.path) for problem in found})), found
    except ValidationError:
        raise Refused(*found) from None


def _without(part: Any, places: set[tuple[str, ...]], *path: str) -> Any:
    """The input without the named parts of its objects; lists keep their length, so that places stay true."""
    if isinstance(part, dict):
        items = cast("dict[str, Any]", part).items()
        return {name: _without(value, places, *path, name) for name, value in items if (*path, name) not in places}
    if isinstance(part, list):
        return [_without(value, places, *path, str(n)) for n, value in enumerate(cast("list[Any]", part))]
    return part


def faults(error: ValidationError, *under: str | int) -> Iterator[Problem]:
    """Each fault that pydantic found, as a problem at its place."""
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        yield Invalid(_sentence(fault["msg"]), *under, *fault["loc"])


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text if text.endswith(".") else f"{text}."


def as_id(value: object) -> UUID | None:
    """The id that a text names; None where it is no UUID, or the nil UUID, which stand for nothing there is."""
    try:
        found = uuid_of(str(value))
    except ValueError:
        return None
    return found if found.int else None

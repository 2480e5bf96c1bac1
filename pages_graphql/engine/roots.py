"""The root fields: whom they ask, and what he is told of the request."""

from asyncio import gather
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, NamedTuple, Protocol, cast

from graphql import GraphQLField
from strawberry import Schema as StrawberrySchema
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from pages_graphql.api.context import Context
from pages_graphql.api.entities import Schema
from pages_graphql.api.fields import Shown
from pages_graphql.api.kinds import Load
from pages_graphql.api.view import permitted
from pages_graphql.core.view import View
from pages_graphql.engine.limits import LEFT_TO_CORE, Unknown
from pages_graphql.engine.values import STRAWBERRY

Ask = Callable[["Asking", Mapping[str, Any]], Awaitable[Any]]


class Asking(Protocol):
    """What a root field may know of the request: the same as `api.context.Context` to load from."""

    @property
    def view(self) -> View:
        """How the actor looks at the tenant."""
        ...

    async def load(self, batch: Load, view: View, key: Any, **arguments: Any) -> Any:
        """Load one value."""
        ...


@dataclass(frozen=True, slots=True)
class Alone:
    """The context of the only root field: it has nobody to wait for before it loads."""

    context: Context

    @property
    def view(self) -> View:
        """How the actor looks at the tenant."""
        return self.context.view

    async def load(self, batch: Load, view: View, key: Any, **arguments: Any) -> Any:
        """Load one value at once."""
        return (await self.context.batch(batch, view, [key], **arguments))[0]


@dataclass(frozen=True, slots=True)
class RootInfo:
    """All that a root field uses of Strawberry's Info."""

    context: Asking


def root_call(schema: StrawberrySchema, definition: GraphQLField) -> Ask:
    """What asks a root field; Unknown where it wants more than its arguments and the context."""
    field = definition.extensions.get(STRAWBERRY)
    resolver = cast("StrawberryResolver[Any] | None", getattr(field, "base_resolver", None))
    if not isinstance(field, StrawberryField) or resolver is None or field.extensions:
        raise Unknown("field")
    function = cast(Callable[..., Any], resolver.wrapped_func)  # pyright: ignore[reportUnknownMemberType] -- Strawberry leaves it open
    if isinstance(schema, Schema) and function == schema.entities_resolver:
        return _entities(schema)
    name = f"Query.{schema.config.name_converter.from_field(field)}"
    if name in LEFT_TO_CORE or resolver.parent_parameter or resolver.root_parameter:
        raise Unknown("left" if name in LEFT_TO_CORE else "field")
    itself = {resolver.self_parameter.name: None} if resolver.self_parameter else {}
    info_name = resolver.info_parameter.name if resolver.info_parameter else None

    async def ask(context: Asking, arguments: Mapping[str, Any]) -> Any:
        info = {info_name: RootInfo(context)} if info_name else {}
        answer = function(**itself, **info, **arguments)
        return await answer if isawaitable(answer) else answer

    return ask


def _entities(schema: Schema) -> Ask:
    """What answers a gateway's references: one batch for all of a type with the same key."""

    async def ask(context: Asking, arguments: Mapping[str, Any]) -> list[Shown[Any] | None]:
        representations: Sequence[Mapping[str, Any]] = arguments["representations"]
        together = _together(schema, representations)
        views = [permitted(context.view, one.type_.resource) for one in together]
        batches = [_many(context, one.batch, view, one.keys) for one, view in zip(together, views, strict=True)]
        found: list[Shown[Any] | None] = [None] * len(representations)
        for one, sources in zip(together, await all_of(batches), strict=True):
            for place, source in zip(one.places, sources, strict=True):
                found[place] = source and one.type_(source)
        return found

    return ask


class Referred(NamedTuple):
    """References to one type by one form of its key: where they stand, and the key of each."""

    type_: type[Shown[Any]]
    batch: Load
    places: list[int]
    keys: list[Any]


def _together(schema: Schema, representations: Sequence[Mapping[str, Any]]) -> Collection[Referred]:
    together: dict[tuple[type[Shown[Any]], int], Referred] = {}
    start = 0
    while start < len(representations):
        type_, first = schema.entity(representations[start])
        reference = type_.reference(first)
        alike = representations[start : _end(representations, start)]
        one = together.setdefault((type_, id(reference)), Referred(type_, reference.batch, [], []))
        one.places.extend(range(start, start + len(alike)))
        one.keys.extend([*map(reference.key, alike)])
        start += len(alike)
    return together.values()


def _end(representations: Sequence[Mapping[str, Any]], start: int) -> int:
    """Where those end that name the same type and the same fields as the one at the start: they are found the same way."""
    first = representations[start]
    fields, name = first.keys(), first["__typename"]
    for place in range(start + 1, len(representations)):
        given = representations[place]
        if given.keys() != fields or given["__typename"] != name:
            return place
    return len(representations)


async def _many(context: Asking, batch: Load, view: View, keys: Sequence[Any]) -> Sequence[Any]:
    """Load many at once, together with what other root fields ask for."""
    if isinstance(context, Alone):
        return await context.context.batch(batch, view, keys)
    return await all_of([context.load(batch, view, key) for key in keys])


async def all_of(awaitables: Sequence[Awaitable[Any]]) -> Sequence[Any]:
    """What all of them give; the first error, but only when all have ended."""
    if len(awaitables) == 1:
        return [await awaitables[0]]
    answers = await gather(*awaitables, return_exceptions=True) if awaitables else []
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return answers

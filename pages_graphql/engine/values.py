"""How a field's value becomes a part of the answer: expressions for leaves, lists, objects and what stands above them."""

from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from typing import Any, cast
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    is_abstract_type,
)

from pages_graphql.api.fields import KindField, Shown
from pages_graphql.core.view import Source
from pages_graphql.core.whole import Whole
from pages_graphql.engine.limits import Unknown, Unsure
from pages_graphql.engine.selection import Sets
from pages_graphql.engine.text import Text
from pages_graphql.engine.wrapping import is_list, is_non_null, wrapped

JSON = "JSON"

STRAWBERRY = "strawberry-definition"
"""Under which name Strawberry's definitions stand in the extensions of graphql-core's."""

_WHOLE = {
    GraphQLString.name: "{x}.__class__ is str",
    GraphQLID.name: "{x}.__class__ is str",
    GraphQLBoolean.name: "{x}.__class__ is bool",
    GraphQLInt.name: "{x}.__class__ is int and -2147483648 <= {x} <= 2147483647",
}
"""When a value of a scalar goes into the answer as it is."""


class Values:
    """Writes what becomes of values; `x` is the name of a value, `s` the source that it came from (None above all)."""

    def __init__(self, text: Text, schema: GraphQLSchema, object_of: Callable[[GraphQLObjectType, Sets], str]) -> None:
        """`object_of` writes the function of an object type and a selection."""
        self._text = text
        self._schema = schema
        self._object_of = object_of

    def complete(self, type_: Any, x: str, sets: Sets, field: KindField | None = None) -> str:
        """The expression for a value of a type, null or not; `field` is None for the fields of the root."""
        if is_non_null(type_):
            return self._one(wrapped(type_), x, sets, field)
        return f"None if {x} is None else {self._one(type_, x, sets, field)}"

    def _one(self, type_: Any, x: str, sets: Sets, field: KindField | None) -> str:
        if is_list(type_):
            item = self._text.name("i")
            inner = self.complete(wrapped(type_), item, sets, field)
            return f"[{inner} for {item} in {self._text.bind('items', items)}({x})]"
        if isinstance(type_, GraphQLScalarType):
            return self._scalar(type_, x)
        if isinstance(type_, GraphQLEnumType):
            return self._enum(type_, x)
        if isinstance(type_, GraphQLObjectType) and type_.is_type_of is None:
            return self._object(self._object_of(type_, sets), x, is_root=field is None)
        return f"{self._dispatch(type_, sets, field)}(s, {x}, A, P)"

    def _scalar(self, type_: GraphQLScalarType, x: str) -> str:
        slow = f"{self._text.bind('leaf', serializer(type_))}({x})"
        if type_.name == GraphQLID.name:  # orjson writes them as graphql-core does
            slow = f"({x} if {x}.__class__ is {self._text.bind('UUID', UUID)} else {slow})"
        if type_.name == JSON:
            return f"({x}.text if {x}.__class__ is {self._text.bind('Whole', Whole)} else {slow})"
        return f"({x} if {_WHOLE[type_.name].format(x=x)} else {slow})" if type_.name in _WHOLE else slow

    def _enum(self, type_: GraphQLEnumType, x: str) -> str:
        members = self._text.bind("Enum", getattr(type_, "wrapped_cls", None))
        names, slow = self._text.bind("names", names_of(type_)), self._text.bind("leaf", serializer(type_))
        return f"({names}[{x}] if {x}.__class__ is {members} else {slow}({x}))"

    def _object(self, function: str, x: str, *, is_root: bool) -> str:
        of_shown = f"{function}({x}.source, {x}.source.document, A, P)"
        if is_root:
            return of_shown
        shown, solid = self._text.bind("Shown", Shown), self._text.bind("solid", solid_part)
        of_source = f"{function}({x}, {x}.document, A, P) if {x}.__class__ is {self._text.bind('Source', Source)}"
        of_part = f"{function}(s, {x} if {x}.__class__ is dict else {solid}({x}), A, P)"
        return f"({of_source} else {of_shown} if isinstance({x}, {shown}) else {of_part})"

    def _dispatch(self, type_: Any, sets: Sets, field: KindField | None) -> str:
        """A function that finds the type that shows a value, and makes the object with the function of that type."""
        text = self._text
        entries = [
            f"{text.bind('Type', one.extensions[STRAWBERRY].origin)}: {self._object_of(one, sets)}"
            for one in self._possible(type_)
        ]
        types = text.assign("types", "{" + ", ".join(entries) + "}")
        if field is None:
            body = [
                f"make = {types}.get(x.__class__)",
                f"if make is None: raise {text.bind('Unsure', Unsure)}",
                "return make(x.source, x.source.document, A, P)",
            ]
        else:
            shown = f"isinstance(x, {text.bind('Shown', Shown)}): return {types}[x.__class__](x.source, x.source.document, A, P)"
            body = [
                "if x.__class__ is dict: x = s.at(x)",
                f"elif {shown}",
                f"elif x.__class__ is not {text.bind('Source', Source)}: x = s.at({text.bind('solid', solid_part)}(x))",
                f"return {types}[{text.bind('pick', field.picks)}(x)](x, x.document, A, P)",
            ]
        return text.define("dispatch", "s, x, A, P", body)

    def _possible(self, type_: Any) -> Sequence[GraphQLObjectType]:
        if isinstance(type_, GraphQLObjectType):
            return [type_]
        if not is_abstract_type(type_):
            raise Unknown("type")
        if not isinstance(type_, GraphQLUnionType) and STRAWBERRY not in type_.extensions:
            raise Unknown("type")
        return self._schema.get_possible_types(type_)


def items(value: Any) -> Sequence[Any]:
    """The items of a list; other things that graphql-core may take for one are left to it."""
    if value.__class__ is list or isinstance(value, list | tuple):
        return cast("Sequence[Any]", value)
    raise Unsure


def solid_part(value: Any) -> Any:
    """A part of a document; nothing that means an error, a null or several."""
    if value is None or isinstance(value, list | tuple | Exception | Awaitable):
        raise Unsure
    return value


@cache
def serializer(type_: GraphQLScalarType | GraphQLEnumType) -> Callable[[Any], object]:
    """What makes any value of a leaf into JSON, as graphql-core does; what it refuses is not ours to say."""
    coerce = type_.coerce_output_value

    def leaf(value: Any) -> object:
        if value is None or isinstance(value, Exception | Awaitable):
            raise Unsure
        made = coerce(value)
        if made is None:
            raise Unsure
        return made

    return leaf


@cache
def names_of(type_: GraphQLEnumType) -> dict[Any, Any]:
    """The name of each member of an enum."""
    members = cast("Sequence[Any]", getattr(type_, "wrapped_cls", ()))
    return {member: type_.coerce_output_value(member) for member in members}

"""Requests made from the schema alone: every field of every type, with arguments filled from what is known."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

from pages_graphql.api.execution import core_schema
from pages_graphql.schema import schema

CORE = core_schema(schema)
ROOTS = {type_.name: type_ for type_ in (CORE.query_type, CORE.mutation_type) if type_}

MOST_AT_ONCE = 100
"""How many fields a request has at most: graphql-core's mutations call each other, one in another."""

Known = Mapping[str, Sequence[Any]]
"""What an argument, or a part of an input, may be given, by its name."""


class Walker:
    """Writes requests; of things that lead back to their like so many are opened, one in another, the last in part."""

    def __init__(self, known: Known, depth: int, always: Mapping[str, Any]) -> None:
        self.known, self.depth, self.always = known, depth, always
        self.fragments: dict[str, str] = {}

    def documents(self, root: GraphQLObjectType) -> Iterator[str]:
        """For each field of a root type requests, with every known value of its arguments."""
        operation = root.name.lower()
        for name, field in root.fields.items():
            self.fragments = {}
            asked = [] if name.startswith("_") else self.asked(name, field, self.depth)
            for start in range(0, len(asked), MOST_AT_ONCE):
                some = " ".join(asked[start : start + MOST_AT_ONCE])
                yield "\n".join([f"{operation} {{ {some} }}", *self.fragments.values()])

    def entities(self, representations: Sequence[Mapping[str, str]]) -> tuple[str, dict[str, Any]]:
        """A request for what gateways refer to, and its variables."""
        self.fragments = {}
        entity = self.spread(CORE.type_map["_Entity"], self.depth)
        query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ {entity} }} }}"
        return "\n".join([query, *self.fragments.values()]), {"r": list(representations)}

    def asked(self, name: str, field: Any, depth: int, prefix: str = "") -> list[str]:
        """A field, once with each set of arguments: whole as it is needed, less deep with what could be left out."""
        type_ = get_named_type(field.type)
        asked: list[str] = []
        for n, (given, is_whole) in enumerate(self.given(field.args)):
            below = depth if is_whole else min(depth, 1)
            selection = "" if is_leaf_type(type_) else f"{{ {self.spread(type_, below)} }}"
            asked.append(f"{prefix}{name}_{n}: {name}{given} {selection}")
        return asked

    def given(self, args: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
        """Sets of arguments: what is required in all its values, alone and with one of what is not."""
        needed = {name: self.values(name, arg) for name, arg in args.items() if is_required_argument(arg)}
        others = [{name: value} for name, arg in args.items() if name not in needed for value in self.values(name, arg)]
        always = {name: value for name, value in self.always.items() if name in args}
        for values in product(*needed.values()):
            for more in ({}, *others):
                given = {**always, **dict(zip(needed, values, strict=True)), **more}
                written = ", ".join(f"{name}: {literal(value, args[name].type)}" for name, value in given.items())
                yield f"({written})" if written else "", not more

    def values(self, name: str, arg: Any) -> list[Any]:
        """What an argument or a part of an input may be given: by its name, of an enum all, of an input each part."""
        type_: Any = get_named_type(arg.type)
        if is_enum_type(type_):
            found = [value for value in self.known.get(name, ()) if value in type_.values] or [*type_.values]
        elif name in self.known:
            return list(self.known[name])
        elif isinstance(type_, GraphQLInputObjectType):
            found = list(self.inputs(type_))
        else:
            found = self.known.get(name.removesuffix("s"), [])
        return [[value] for value in found] if isinstance(get_nullable_type(arg.type), GraphQLList) else list(found)

    def inputs(self, type_: GraphQLInputObjectType) -> Iterator[dict[str, Any]]:
        """Inputs of a type: what is required in all its values, what is not one value at a time."""
        parts = {name: part for name, part in type_.fields.items() if get_named_type(part.type) is not type_}
        needed = {name: self.values(name, part) for name, part in parts.items() if is_required_input_field(part)}
        others = [{name: v} for name, part in parts.items() if name not in needed for v in self.values(name, part)]
        for values in product(*needed.values()):
            for more in ({}, *others):
                yield {**dict(zip(needed, values, strict=True)), **more}

    def spread(self, type_: Any, depth: int) -> str:
        """All fields of a type, or of each type that it may be."""
        opened = [(one, depth - is_opened(one)) for one in possible(type_)]
        return " ".join(["__typename", *(f"...{self.fragment(one, left)}" for one, left in opened if left >= 0)])

    def fragment(self, type_: GraphQLObjectType, depth: int) -> str:
        """The name of the fragment with all fields of a type."""
        name = f"{type_.name}_{depth}"
        if name not in self.fragments:
            self.fragments[name] = ""  # known from here on: a type may lead back to itself
            fields = [line for one, field in type_.fields.items() for line in self.field(type_, one, field, depth)]
            self.fragments[name] = f"fragment {name} on {type_.name} {{ {' '.join(fields)} }}"
        return name

    def field(self, owner: GraphQLObjectType, name: str, field: Any, depth: int) -> list[str]:
        """A field of a type; nothing where it would open too much."""
        closed = depth == 0 and is_opened(owner) and not is_leaf_type(get_named_type(field.type))
        return [] if closed else self.asked(name, field, depth, f"{owner.name}_")


def possible(type_: Any) -> Sequence[Any]:
    """The types of object that a type may be."""
    return CORE.get_possible_types(type_) if is_abstract_type(type_) else [type_]


@cache
def is_opened(type_: Any) -> bool:
    """Whether a thing of its own leads back to its like."""
    fields = getattr(type_, "fields", {})
    return "id" in fields and not type_.interfaces and type_ in reached(type_)


def reached(type_: Any) -> set[Any]:
    """The types that one leads to."""
    found: set[Any] = set()
    waiting = [type_]
    while waiting:
        for field in getattr(waiting.pop(), "fields", {}).values():
            new = [one for one in possible(get_named_type(field.type)) if one not in found]
            found.update(new)
            waiting += new
    return found


def literal(value: Any, type_: Any) -> str:
    """A value of a type as a document has it."""
    inner = get_nullable_type(type_)
    if isinstance(value, list) and isinstance(inner, GraphQLList):
        return f"[{', '.join(literal(item, inner.of_type) for item in value)}]"
    if isinstance(value, dict):
        fields: Any = getattr(inner, "fields", {})
        parts = (f"{name}: {literal(part, fields[name].type if fields else inner)}" for name, part in value.items())
        return f"{{{', '.join(parts)}}}"
    return str(value) if is_enum_type(inner) else json.dumps(value)

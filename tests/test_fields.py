"""What holds of every type of the graph: kinds, and what the served SDL says of them."""

from collections.abc import Iterator, Sequence
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from graphql import parse
from graphql.type import GraphQLInterfaceType, GraphQLObjectType
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition

from pages_graphql.api.fields import KindField, Shown
from pages_graphql.api.kinds import Column, Derived, Relation
from pages_graphql.schema import schema

SHARED = {"Query", "Mutation", "PageInfo", "DateTime", "JSON"}
"""What every subgraph has; where two describe it differently, composers complain."""

TYPES = {
    name: type_.extensions["strawberry-definition"]
    for name, type_ in schema._schema.type_map.items()
    if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)) and "strawberry-definition" in type_.extensions
}
SHOWN = {name: definition for name, definition in TYPES.items() if issubclass(definition.origin, Shown)}
FIELDS = [
    (f"{name}.{field.name}", definition.origin, field)
    for name, definition in SHOWN.items()
    for field in definition.fields
]


def attributes(type_: type[Shown[Any]]) -> set[str]:
    """What can be asked of the row that a type's source has: attributes of its class, and what its making sets."""
    bases = (base for one in type_.__mro__ for base in getattr(one, "__orig_bases__", ()))
    row = getattr(type_, "of", next(get_args(base)[0] for base in bases if get_origin(base) is Shown))
    made = (one.__dict__["__init__"].__code__.co_names for one in row.__mro__[:-1] if "__init__" in one.__dict__)
    return {*dir(row), *(name for one in row.__mro__ for name in getattr(one, "__annotations__", ())), *sum(made, ())}


def fits(promised: Any, given: Any) -> bool:
    """Whether what a function says it gives is what a field of the type `promised` shows."""
    parts = set(get_args(given)) if isinstance(given, UnionType) or get_origin(given) is Union else {given}
    if isinstance(promised, StrawberryOptional):
        return any(part is NoneType or fits(promised.of_type, part) for part in parts)
    if NoneType in parts:
        return False
    if isinstance(promised, StrawberryList):
        of_lists = get_origin(given) in (list, Sequence)
        return of_lists and fits(promised.of_type, get_args(given)[0])
    if isinstance(promised, StrawberryEnumDefinition):
        return given is promised.wrapped_cls
    is_plain = promised in (str, int, bool, float)
    return given is promised if is_plain else get_origin(given) is not list


def shows(relation: Relation) -> Any:
    """What a relation says it shows: what its batch gives for each, or what is made of that."""
    made = get_type_hints(relation.then).get("return")
    return get_args(get_type_hints(relation.batch)["return"])[0] if made is object else made


def test_every_object_is_shown_but_the_roots() -> None:
    assert TYPES.keys() - SHOWN.keys() == {"Query", "Mutation", "_Service"}


def test_every_field_has_a_kind() -> None:
    assert [name for name, _, field in FIELDS if not isinstance(field, KindField)] == []


def test_every_column_is_of_the_row() -> None:
    columns = [(name, type_, field.kind.name) for name, type_, field in FIELDS if isinstance(field.kind, Column)]
    assert columns
    assert [name for name, type_, column in columns if column not in attributes(type_)] == []


def test_every_derived_field_promises_what_its_function_gives() -> None:
    derived = [(name, field, field.kind.function) for name, _, field in FIELDS if isinstance(field.kind, Derived)]
    assert derived
    assert [name for name, field, given in derived if not fits(field.type, get_type_hints(given)["return"])] == []


def test_every_relation_promises_what_its_batch_gives_for_each() -> None:
    relations = [(name, field, field.kind) for name, _, field in FIELDS if isinstance(field.kind, Relation)]
    assert relations
    given = {name: shows(kind) for name, _, kind in relations}
    assert [name for name, field, _ in relations if not fits(field.type, given[name])] == []


class Said(NamedTuple):
    """What the SDL says of a type, a field, an argument or a value."""

    name: str
    owner: str
    description: str | None
    default: str | None


def said(sdl: str) -> Iterator[Said]:
    """Every description in the SDL, whose it is, and the default where there is one."""
    definitions: Any = parse(sdl).definitions
    for type_ in definitions:
        if not type_.kind.endswith("_type_definition"):
            continue
        waiting: list[tuple[str, Any]] = [(type_.name.value, type_)]
        while waiting:
            name, node = waiting.pop()
            default = getattr(node, "default_value", None)
            text = node.description.value if node.description else None
            yield Said(name, type_.name.value, text, default.kind if default else None)
            inner = (part for kind in ("fields", "arguments", "values") for part in getattr(node, kind, None) or ())
            waiting += [(f"{name}.{part.name.value}", part) for part in inner]


def served() -> list[Said]:
    """What the SDL that a gateway gets says."""
    answer = schema.execute_sync("{ _service { sdl } }")
    assert answer.data
    assert '""""""' not in answer.data["_service"]["sdl"]
    return list(said(answer.data["_service"]["sdl"]))


def is_stub(name: str) -> bool:
    return name in SHOWN and any(
        key.resolvable is False for key in SHOWN[name].directives or () if hasattr(key, "resolvable")
    )


def test_all_that_is_ours_is_described_in_two_words_or_more() -> None:
    shared = SHARED | {f"_{name}" for name in ("Any", "Entity", "Service")}
    ours = [one for one in served() if one.owner not in shared and not is_stub(one.owner)]
    ours += [one for one in served() if one.owner in {"Query", "Mutation"} and "." in one.name]
    mute = [one.name for one in ours if len((one.description or "").split()) < 2]
    assert [name for name in mute if not name.startswith(("Query._entities", "Query._service"))] == []


def test_what_others_describe_is_not_described_here() -> None:
    theirs = [one for one in served() if is_stub(one.owner) or one.name in SHARED or one.owner == "PageInfo"]
    assert {"User", "Media", "PageInfo.endCursor", "DateTime", "JSON"} <= {one.name for one in theirs}
    assert [one.name for one in theirs if one.description is not None] == []


def test_nothing_defaults_to_null() -> None:
    assert [one.name for one in served() if one.default == "null_value"] == []


def test_scalars_point_nowhere() -> None:
    assert "@specifiedBy" not in schema.as_str()


def test_it_is_a_subgraph_of_federation_2_7() -> None:
    assert "https://specs.apollo.dev/federation/v2.7" in schema.as_str()

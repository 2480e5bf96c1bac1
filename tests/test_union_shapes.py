"""No query can conflict over a union or an interface: same-named fields of its types have the same shape."""

from itertools import combinations
from typing import Any

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from pages_graphql.schema import schema


def wrapping(type_: Any) -> str:
    """The lists and the non-nulls around a type."""
    if isinstance(type_, GraphQLNonNull):
        return wrapping(type_.of_type) + "!"
    return f"[{wrapping(type_.of_type)}]" if isinstance(type_, GraphQLList) else ""


def possible(graph: Any, type_: Any) -> list[GraphQLObjectType]:
    return list(graph.get_possible_types(type_)) if is_abstract_type(type_) else [type_]


def conflicts(graph: Any) -> list[str]:
    """Every pair of same-named fields that one query could ask for and not merge (GraphQL's SameResponseShape)."""
    abstract = [type_ for type_ in graph.type_map.values() if is_abstract_type(type_)]
    waiting = [pair for type_ in abstract for pair in combinations(possible(graph, type_), 2)]
    seen: set[frozenset[str]] = set()
    found: list[str] = []
    while waiting:
        one, other = waiting.pop()
        if frozenset((one.name, other.name)) in seen:
            continue
        seen.add(frozenset((one.name, other.name)))
        for name in one.fields.keys() & other.fields.keys():
            types = [type_.fields[name].type for type_ in (one, other)]
            inner = [get_named_type(type_) for type_ in types]
            is_leaf = any(map(is_leaf_type, inner))
            if wrapping(types[0]) != wrapping(types[1]) or (is_leaf and inner[0] is not inner[1]):
                found.append(f"{one.name}.{name}: {types[0]}, {other.name}.{name}: {types[1]}")
            elif not is_leaf:
                both = {type_.name: type_ for named in inner for type_ in possible(graph, named)}
                waiting += combinations(both.values(), 2)
    return sorted(found)


def test_same_named_fields_of_a_union_or_interface_have_the_same_shape() -> None:
    graph = schema._schema
    walked = {type_.name for type_ in graph.type_map.values() if is_abstract_type(type_)}
    assert {"PageBlock", "PathRoute", "ContentProblem", "_Entity"} <= walked
    assert conflicts(graph) == []


def test_the_walk_finds_what_conflicts() -> None:
    graph = build_schema("""
        union U = A | B | C
        type A { same: String null: String list: [String] leaf: String part: P deep: D }
        type B { same: String null: String! list: String leaf: Int part: String deep: E }
        type C { same: String deep: U }
        type P { x: Int } type D { x: Int } type E { x: String }
        type Query { u: U }
    """)
    places = {line.split(":")[0].split(".")[1] for line in conflicts(graph)}
    assert places == {"null", "list", "leaf", "part", "x"}

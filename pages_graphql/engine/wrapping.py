"""Lists and non-nulls of graphql-core, whose own types leave open what they wrap."""
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# graphql-core's wrappers are generic in what they wrap, and its type guards leave that unknown.

from typing import Any

from graphql import GraphQLArgument, GraphQLField, GraphQLList, GraphQLNonNull, GraphQLSchema, TypeNode, type_from_ast


def declared(place: GraphQLField | GraphQLArgument) -> Any:
    """The type of a field or an argument."""
    return place.type


def is_non_null(type_: Any) -> bool:
    """Whether a type takes no null."""
    return isinstance(type_, GraphQLNonNull)


def is_list(type_: Any) -> bool:
    """Whether a type that may be null is a list."""
    return isinstance(type_, GraphQLList)


def wrapped(type_: Any) -> Any:
    """What a list or a non-null wraps."""
    return type_.of_type


def nullable(type_: Any) -> Any:
    """The type without its non-null."""
    return type_.of_type if isinstance(type_, GraphQLNonNull) else type_


def type_of(schema: GraphQLSchema, node: TypeNode) -> Any:
    """The type that a document names."""
    return type_from_ast(schema, node)

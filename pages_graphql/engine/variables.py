"""Variables: plain ones checked by a function made for the operation, the others coerced by graphql-core's own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from graphql import (
    GraphQLScalarType,
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
)
from graphql.execution.values import VariableValues, get_variable_values

from pages_graphql.engine.limits import Unsure
from pages_graphql.engine.text import Text
from pages_graphql.engine.wrapping import is_non_null, nullable, type_of

Given: TypeAlias = Mapping[str, Any]

_IS_PLAIN = {
    "String": "x.__class__ is str",
    "ID": "x.__class__ is str",
    "Boolean": "x.__class__ is bool",
    "Int": "x.__class__ is int and -2147483648 <= x <= 2147483647",
}
"""When what is given for a scalar is its own value."""


def variables_function(
    schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]
) -> Callable[[Given], dict[str, Any]]:
    """The function that makes the operation's variables of what a request gave; Unsure where something is wrong."""
    text = Text()
    undefined = text.bind("Undefined", Undefined)
    lines = ["V = {}"]
    for node in definitions:
        name, type_ = repr(node.variable.name.value), type_of(schema, node.type)
        inner = nullable(type_)
        branches: list[str] = []
        if isinstance(inner, GraphQLScalarType) and inner.name in _IS_PLAIN:
            branches.append(f"{_IS_PLAIN[inner.name]}: V[{name}] = x")
        if str(inner) == "[_Any!]":  # what gateways refer to: objects that nobody looks into here
            branches.append(f"x.__class__ is list and None not in x: V[{name}] = x")
        if not is_non_null(type_):
            branches.append(f"x is None: V[{name}] = None")
            if node.default_value is None:
                branches.append(f"x is {undefined}: pass")
        general = f"{text.bind('coerce', _coercion(schema, node))}(V, G)"
        lines.append(f"x = G.get({name}, {undefined})")
        lines += [f"{'elif' if n else 'if'} {branch}" for n, branch in enumerate(branches)]
        lines.append(f"else: {general}" if branches else general)
    name = text.define("variables", "G", [*lines, "return V"])
    return text.made()[name]


def whole(schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]) -> Callable[[Given], VariableValues]:
    """What gives graphql-core's view of all variables: their values and where each is from."""

    def values(given: Given) -> VariableValues:
        found = get_variable_values(schema, definitions, dict(given))
        if isinstance(found, list):
            raise Unsure
        return found

    return values


def _coercion(schema: GraphQLSchema, node: VariableDefinitionNode) -> Callable[[dict[str, Any], Given], None]:
    name, coerced = node.variable.name.value, whole(schema, (node,))

    def coerce(variables: dict[str, Any], given: Given) -> None:
        variables.update(coerced({name: given[name]} if name in given else {}).coerced)

    return coerce

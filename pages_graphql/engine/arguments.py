"""Arguments: coerced once where they are constant, by functions made for them where a variable is the whole of one."""

from collections.abc import Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLField,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    is_leaf_type,
    is_required_argument,
)
from graphql.execution.values import VariableValues, get_argument_values
from strawberry import Schema
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from pages_graphql.engine.limits import Unknown, Unsure
from pages_graphql.engine.text import Text
from pages_graphql.engine.values import STRAWBERRY
from pages_graphql.engine.wrapping import declared, is_list, is_non_null, nullable, wrapped

_NO_VARIABLES = VariableValues({}, {})


class Arguments:
    """Writes the arguments of an operation's fields, each field's once."""

    def __init__(self, text: Text, schema: Schema, whole: str) -> None:
        """`whole` is the name of what gives graphql-core's view of all variables, for arguments that are not plain."""
        self._text = text
        self._schema = schema
        self._whole = whole
        self._numbers: dict[int, int] = {}
        self._expressions: list[str] = []
        self._constant: set[int] = set()

    def number(self, definition: GraphQLField, node: FieldNode) -> int | None:
        """Where in `A` the arguments of a field stand; None where it has none at all."""
        if not definition.args:
            return None
        if id(node) not in self._numbers:
            expression = self._expression(definition, node)
            self._numbers[id(node)] = len(self._expressions)
            self._expressions.append(expression)
        return self._numbers[id(node)]

    def are_constant(self, number: int | None) -> bool:
        """Whether no variable changes the arguments with this number; None is for a field that has none."""
        return number is None or number in self._constant

    def function(self) -> str:
        """Write the function that makes `A` of the coerced variables `V` and the given ones `G`; its name."""
        body = [f"return ({''.join(f'{one}, ' for one in self._expressions)})"]
        if any(one.endswith("W)") for one in self._expressions):
            body.insert(0, f"W = {self._whole}(G)")
        return self._text.define("arguments", "V, G", body)

    def _expression(self, definition: GraphQLField, node: FieldNode) -> str:
        text, known = self._text, StrawberryArguments(self._schema, definition)
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        varying = {name: value for name, value in given.items() if has_variable(value)}
        if not varying:
            self._constant.add(len(self._expressions))
            return text.bind("constant", known.fixed(definition, node))
        plain = {
            name: value.name.value
            for name, value in varying.items()
            if isinstance(value, VariableNode) and _passes(declared(definition.args[name]))
        }
        if plain.keys() != varying.keys():
            coerced = text.bind("coerced", known.coerced)
            return f"{coerced}({text.bind('field', definition)}, {text.bind('node', node)}, W)"
        rest = {
            name: one for name, one in definition.args.items() if name not in plain or not is_required_argument(one)
        }
        fixed = known.fixed(GraphQLField(declared(definition), rest), node)
        lines = [f"a = {text.bind('constant', fixed)}.copy()"]
        for name, variable in plain.items():
            lines += self._taken(definition.args[name], repr(known.python_names[name]), repr(variable))
        return f"{text.define('given', 'V', [*lines, 'return a'])}(V)"

    def _taken(self, argument: GraphQLArgument, name: str, variable: str) -> Sequence[str]:
        value = f"V[{variable}]"
        if is_list(nullable(declared(argument))):
            value = f"None if {value} is None else {value}.copy()"
        lines = [f"if {variable} in V: a[{name}] = {value}"]
        if is_non_null(declared(argument)):
            lines.append(f"if a.get({name}) is None: raise {self._text.bind('Unsure', Unsure)}")
        return lines


class StrawberryArguments:
    """The arguments of a field, coerced by graphql-core and made into Python's by Strawberry."""

    def __init__(self, schema: Schema, definition: GraphQLField) -> None:
        """Take what Strawberry knows of the field."""
        field: StrawberryField = definition.extensions[STRAWBERRY]
        self._arguments = field.arguments
        self._converter = schema.schema_converter
        from_argument = schema.config.name_converter.from_argument
        self.python_names = {from_argument(argument): argument.python_name for argument in field.arguments}

    def coerced(self, definition: GraphQLField, node: FieldNode, variables: VariableValues) -> dict[str, Any]:
        """The arguments as the field's function takes them."""
        raw = get_argument_values(definition, node, variables)
        converter = self._converter
        return convert_arguments(raw, self._arguments, converter.scalar_registry, converter.config)

    def fixed(self, definition: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """Those that no variable changes."""
        try:
            return self.coerced(definition, node, _NO_VARIABLES)
        except Exception:  # noqa: BLE001 -- whatever it is, graphql-core finds it again and says where
            raise Unknown("arguments") from None


def has_variable(value: ValueNode) -> bool:
    """Whether a variable stands anywhere in a value."""
    match value:
        case VariableNode():
            return True
        case ListValueNode():
            return any(map(has_variable, value.values))
        case ObjectValueNode():
            return any(has_variable(field.value) for field in value.fields)
        case _:
            return False


def _passes(type_: Any) -> bool:
    """Whether a coerced variable is the argument: leaves, and lists of leaves."""
    inner = nullable(type_)
    if is_list(inner):
        inner = nullable(wrapped(inner))
    return is_leaf_type(inner)

"""A query compiled into Python functions from the kinds of its fields alone: proof that they suffice, and nothing more.

Below the root fields it calls no resolver. What it cannot do (directives, errors, nulls that climb) is graphql-core's.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.values import get_argument_values, get_variable_values
from strawberry.types.arguments import convert_arguments

from pages_graphql.api.context import Context
from pages_graphql.api.fields import Shown
from pages_graphql.api.kinds import Relation
from pages_graphql.core.view import Source

BACKREF = "strawberry-definition"


@dataclass
class Wait:
    """A place in the answer that a batch will fill."""

    batch: Callable[..., Any]
    view: Any
    arguments: dict[str, Any]
    key: Hashable
    fill: Callable[[Any], None]

    @property
    def together(self) -> Hashable:
        """What waits for the same batch with the same arguments is loaded with it."""
        return self.batch, self.view, tuple(self.arguments.items())


Object = Callable[[Source[Any], list[Wait]], dict[str, Any]]
Value = Callable[[Source[Any] | None, Any, list[Wait]], Any]
Fill = Callable[[dict[str, Any], Source[Any], list[Wait]], None]


class Compiler:
    """Turns selections into functions that make the answer's objects out of sources."""

    def __init__(self, schema: Any, document: DocumentNode, variables: dict[str, Any]) -> None:
        self.strawberry, self.core = schema, schema._schema
        definitions = document.definitions
        self.fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
        self.operation = next(one for one in definitions if isinstance(one, OperationDefinitionNode))
        self.variables = get_variable_values(self.core, self.operation.variable_definitions or (), variables)

    def fields(self, type_: GraphQLObjectType, nodes: Sequence[Any]) -> dict[str, list[FieldNode]]:
        """What `nodes` select of a type, by its name in the answer."""
        found: dict[str, list[FieldNode]] = {}
        waiting = [one for node in nodes if node.selection_set for one in node.selection_set.selections]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, FieldNode):
                found.setdefault((node.alias or node.name).value, []).append(node)
                continue
            fragment = node if isinstance(node, InlineFragmentNode) else self.fragments[node.name.value]
            on = self.core.type_map[fragment.type_condition.name.value] if fragment.type_condition else type_
            if on is type_ or (is_abstract_type(on) and self.core.is_sub_type(on, type_)):
                waiting = [*fragment.selection_set.selections, *waiting]
        return found

    def object(self, type_: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Object:
        """A function that makes the answer's object, with places for what is still to be loaded."""
        fills = [self.fill(type_, response, same) for response, same in self.fields(type_, nodes).items()]

        def made(source: Source[Any], waiting: list[Wait]) -> dict[str, Any]:
            answer: dict[str, Any] = {}
            for fill in fills:
                fill(answer, source, waiting)
            return answer

        return made

    def fill(self, type_: GraphQLObjectType, response: str, nodes: Sequence[FieldNode]) -> Fill:
        """A function that puts a field's value in its place: at once, or when its batch is loaded."""
        if nodes[0].name.value == "__typename":
            return lambda answer, source, waiting: answer.update({response: type_.name})
        definition = type_.fields[nodes[0].name.value]
        kind, value = definition.extensions[BACKREF].kind, self.value(definition, nodes)
        arguments = self.arguments(definition, nodes[0])

        def now(answer: dict[str, Any], source: Source[Any], waiting: list[Wait]) -> None:
            answer[response] = value(source, kind.value(source, **arguments), waiting)

        def later(answer: dict[str, Any], source: Source[Any], waiting: list[Wait]) -> None:
            answer[response] = None
            if (key := kind.by.value(source)) is not None:
                put = lambda loaded: answer.update({response: value(source, kind.then(loaded), waiting)})  # noqa: E731
                waiting.append(Wait(kind.batch, source.view, arguments, key, put))

        return later if isinstance(kind, Relation) else now

    def arguments(self, definition: Any, node: FieldNode) -> dict[str, Any]:
        """The arguments of a field as its function takes them."""
        given = get_argument_values(definition, node, self.variables)  # pyright: ignore[reportArgumentType]
        converter = self.strawberry.schema_converter
        declared = definition.extensions[BACKREF].arguments
        return convert_arguments(given, declared, converter.scalar_registry, converter.config)

    def value(self, definition: Any, nodes: Sequence[FieldNode]) -> Value:
        """A function that completes a field's value, under nulls and lists."""
        type_ = get_named_type(definition.type)
        if is_leaf_type(type_):
            return self.under(definition.type, lambda _, value, waiting: type_.coerce_output_value(value))
        possible = self.core.get_possible_types(type_) if is_abstract_type(type_) else [type_]
        objects = [(one.extensions[BACKREF].origin, self.object(one, nodes)) for one in possible]

        def one(source: Source[Any] | None, value: Any, waiting: list[Wait]) -> Any:
            if isinstance(value, Shown):
                return next(made for origin, made in objects if isinstance(value, origin))(value.source, waiting)
            part = value if isinstance(value, Source) else source.at(value)  # pyright: ignore[reportOptionalMemberAccess]
            picked = None if len(objects) == 1 else type_.extensions[BACKREF].origin.pick(part)
            return next(made for origin, made in objects if picked in (None, origin))(part, waiting)

        return self.under(definition.type, one)

    def under(self, type_: Any, one: Value) -> Value:
        """The same for what stands under nulls and lists of a type."""
        if isinstance(type_, GraphQLNonNull):
            return self.under(type_.of_type, one)
        if not isinstance(type_, GraphQLList):
            return lambda source, value, waiting: None if value is None else one(source, value, waiting)
        item = self.under(type_.of_type, one)
        return lambda source, value, waiting: value and [item(source, part, waiting) for part in value]


async def run(schema: Any, document: DocumentNode, context: Context, variables: dict[str, Any]) -> dict[str, Any]:
    """The data of a query: root fields by their functions, all that is below from the kinds, wave by wave."""
    compiler = Compiler(schema, document, variables)
    data: dict[str, Any] = {}
    waiting: list[Wait] = []
    for response, nodes in compiler.fields(compiler.core.query_type, [compiler.operation]).items():
        root = compiler.core.query_type.fields[nodes[0].name.value]
        call = root.extensions[BACKREF].base_resolver.wrapped_func
        found = await call(None, info=SimpleNamespace(context=context), **compiler.arguments(root, nodes[0]))
        data[response] = compiler.value(root, nodes)(None, found and found.source, waiting)
    while waiting:
        wave = list(waiting)
        waiting.clear()
        for together in dict.fromkeys(wait.together for wait in wave):
            alike = [wait for wait in wave if wait.together == together]
            first = alike[0]
            loaded = await context.batch(first.batch, first.view, [wait.key for wait in alike], **first.arguments)
            for wait, value in zip(alike, loaded, strict=True):
                wait.fill(value)
    return data

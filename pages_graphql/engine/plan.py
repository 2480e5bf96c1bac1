"""A plan: an operation as functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import DocumentNode, FieldNode, GraphQLObjectType, OperationDefinitionNode
from strawberry import Schema

from pages_graphql.api.execution import core_schema
from pages_graphql.api.kinds import Load
from pages_graphql.core.view import Part, Source
from pages_graphql.engine.arguments import Arguments
from pages_graphql.engine.limits import Unknown
from pages_graphql.engine.objects import Objects
from pages_graphql.engine.roots import Ask, root_call
from pages_graphql.engine.selection import Selections, sets_of
from pages_graphql.engine.text import Text
from pages_graphql.engine.variables import Given, whole
from pages_graphql.engine.wrapping import declared

Pending = list[list[tuple[dict[str, Any], Any, Source[Any]]]]
"""For each relation of a plan: the objects that wait, the key each waits for, and its source."""

Coerced = Sequence[dict[str, Any]]
"""The arguments of a plan's fields."""


class Root(NamedTuple):
    """A root field: whom to ask, with which arguments, and what makes the answer's part of what he gives."""

    response: str
    ask: Ask | None
    arguments: int | None
    complete: Callable[[None, Any, Coerced, Pending], Any]


class Awaited(NamedTuple):
    """A relation: what loads it, with which arguments, and what makes the answer's part of what was loaded."""

    response: str
    batch: Load
    arguments: int | None
    finish: Callable[[Source[Any], Any, Coerced, Pending], Any]


@dataclass(frozen=True)
class Plan:
    """One operation, compiled."""

    roots: Sequence[Root]
    relations: Sequence[Awaited]
    arguments: Callable[[Mapping[str, Any], Given], Coerced]
    reads: frozenset[Part]
    """The parts of pages that the operation needs."""

    @property
    def is_alone(self) -> bool:
        """Whether there is but one root field."""
        return len(self.roots) == 1


def compile_plan(
    schema: Schema, document: DocumentNode, operation: OperationDefinitionNode, included: Mapping[str, bool]
) -> Plan:
    """The plan of a query, with its conditions decided; Unknown where there can be none."""
    core, text = core_schema(schema), Text()
    arguments = Arguments(text, schema, text.bind("whole", whole(core, operation.variable_definitions or ())))
    selections = Selections(core, document, included)
    objects = Objects(text, core, selections, arguments)
    query = core.query_type
    if query is None:
        raise Unknown("type")
    selected = selections.fields(query, (operation.selection_set,))
    asked = {response: _asked(schema, query, nodes[0]) for response, nodes in selected.items()}
    numbers = {response: _number(arguments, query, nodes[0]) for response, nodes in selected.items()}
    complete = {response: _completed(text, objects, query, nodes) for response, nodes in selected.items()}
    coerce = arguments.function()
    made = text.made()
    return Plan(
        [Root(response, asked[response], numbers[response], made[complete[response]]) for response in selected],
        [Awaited(one.response, one.batch, one.arguments, made[one.finish]) for one in objects.relations],
        made[coerce],
        objects.reads,
    )


def _asked(schema: Schema, query: GraphQLObjectType, node: FieldNode) -> Ask | None:
    name = node.name.value
    if name in {"__schema", "__type"}:
        raise Unknown("introspection")
    return None if name == "__typename" else root_call(schema, query.fields[name])


def _number(arguments: Arguments, query: GraphQLObjectType, node: FieldNode) -> int | None:
    definition = query.fields.get(node.name.value)
    return definition and arguments.number(definition, node)


def _completed(text: Text, objects: Objects, query: GraphQLObjectType, nodes: Sequence[FieldNode]) -> str:
    definition = query.fields.get(nodes[0].name.value)
    made = repr(query.name)
    if definition is not None:
        made = objects.values.complete(declared(definition), "x", sets_of(nodes))
    return text.define("root", "s, x, A, P", [f"return {made}"])

"""What a selection set selects of a type, with its conditions decided."""

from collections.abc import Iterator, Mapping, Sequence

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from pages_graphql.engine.limits import Unknown

Sets = tuple[SelectionSetNode, ...]
"""The selection sets of all fields that one answer's field merges."""


class Selections:
    """Collects fields as the specification has it (CollectFields), before anything is executed."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, included: Mapping[str, bool]) -> None:
        """`included` has the values of all variables in @skip and @include."""
        self._schema = schema
        self._fragments = fragments_of(document)
        self._included = included

    def fields(self, type_: GraphQLObjectType, sets: Sets) -> dict[str, list[FieldNode]]:
        """The fields of a type, by their name in the answer and in its order."""
        found: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for selections in sets:
            for node in self._flat(type_, selections, visited):
                found.setdefault((node.alias or node.name).value, []).append(node)
        return found

    def _flat(self, type_: GraphQLObjectType, selections: SelectionSetNode, visited: set[str]) -> Iterator[FieldNode]:
        for node in selections.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
                continue
            fragment = node
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in visited:
                    continue
                visited.add(node.name.value)
                fragment = self._fragments[node.name.value]
            if isinstance(fragment, InlineFragmentNode | FragmentDefinitionNode) and self._fits(type_, fragment):
                yield from self._flat(type_, fragment.selection_set, visited)

    def _fits(self, type_: GraphQLObjectType, fragment: InlineFragmentNode | FragmentDefinitionNode) -> bool:
        if fragment.type_condition is None:
            return True
        on = self._schema.type_map[fragment.type_condition.name.value]
        return on is type_ or (is_abstract_type(on) and self._schema.is_sub_type(on, type_))

    def _is_included(self, node: SelectionNode) -> bool:
        return all(self._decided(directive) for directive in node.directives or ())

    def _decided(self, directive: DirectiveNode) -> bool:
        name = directive.name.value
        if name not in {"skip", "include"}:
            raise Unknown("directive")
        value = next(argument.value for argument in directive.arguments or ())
        if isinstance(value, VariableNode):
            return self._included[value.name.value] is (name == "include")
        return isinstance(value, BooleanValueNode) and value.value is (name == "include")


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document, by name."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


def conditions_of(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[str, ...]:
    """The operation's variables that decide on fields or fragments."""
    own = {definition.variable.name.value for definition in operation.variable_definitions or ()}
    waiting = [operation.selection_set, *(one.selection_set for one in fragments_of(document).values())]
    found: set[str] = set()
    while waiting:
        for node in waiting.pop().selections:
            values = (argument.value for directive in node.directives or () for argument in directive.arguments or ())
            found.update(value.name.value for value in values if isinstance(value, VariableNode))
            inner = node.selection_set if isinstance(node, FieldNode | InlineFragmentNode) else None
            if inner:
                waiting.append(inner)
    return tuple(sorted(found & own))


def sets_of(nodes: Sequence[FieldNode]) -> Sets:
    """The selection sets of merged fields."""
    return tuple(node.selection_set for node in nodes if node.selection_set)

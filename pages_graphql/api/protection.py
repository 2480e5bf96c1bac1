"""How large a document may be; checked before it is validated, which costs more the larger it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)


@dataclass(frozen=True)
class QueryLimits:
    """What an operation may have at most, fragments written out: the settings PAGES_MAX_QUERY_… change it."""

    tokens: int = 10_000
    depth: int = 30
    fields: int = 5_000
    aliases: int = 200


@dataclass(frozen=True)
class _Size:
    depth: int = 0
    fields: int = 0
    aliases: int = 0

    def beside(self, other: "_Size") -> "_Size":
        return _Size(max(self.depth, other.depth), self.fields + other.fields, self.aliases + other.aliases)


def too_large(document: DocumentNode, limits: QueryLimits) -> Iterator[GraphQLError]:
    """What of each operation is more than the limits allow."""
    measure = _Measure(document)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            size = measure.of(operation.selection_set)
            for what in ("depth", "fields", "aliases"):
                found, most = getattr(size, what), getattr(limits, what)
                if found > most:
                    yield GraphQLError(f"The operation has {what} {found}; at most {most} is allowed.", operation)


class _Measure:
    """Measures selections; a fragment once, however often it is spread."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._known: dict[str, _Size] = {}

    def of(self, selections: SelectionSetNode | None) -> _Size:
        size = _Size()
        for node in selections.selections if selections else ():
            match node:
                case FieldNode():
                    inner = self.of(node.selection_set)
                    part = _Size(inner.depth + 1, inner.fields + 1, inner.aliases + (node.alias is not None))
                case InlineFragmentNode():
                    part = self.of(node.selection_set)
                case FragmentSpreadNode():
                    part = self._fragment(node.name.value)
                case _:
                    continue
            size = size.beside(part)
        return size

    def _fragment(self, name: str) -> _Size:
        """The size of a fragment; nothing for one that is missing or spreads itself: validation says so."""
        if name in self._fragments and name not in self._known:
            self._known[name] = _Size()
            self._known[name] = self.of(self._fragments[name].selection_set)
        return self._known.get(name, _Size())

"""What a change of the schema means to those who use it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from graphql import (
    BreakingChange,
    DangerousChange,
    DocumentNode,
    Node,
    SafeChangeType,
    SchemaChange,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    TypeDefinitionNode,
    build_ast_schema,
    find_schema_changes,
    parse,
    print_ast,
)


class Effect(Enum):
    """What a change does to clients and to other subgraphs."""

    BREAKS = "breaks"
    ENDANGERS = "endangers"
    ADDS = "adds"


@dataclass(frozen=True)
class Change:
    """A change, and what it does."""

    effect: Effect
    text: str


def changes(old: str, new: str) -> list[Change]:
    """What differs from one SDL to another, the worst first; descriptions and order make no difference."""
    before, after = parse(old), parse(new)
    schemas = (build_ast_schema(document, assume_valid_sdl=True) for document in (before, after))
    found = [
        Change(_effect(change), change.description)
        for change in find_schema_changes(*schemas)
        if change.type is not SafeChangeType.DESCRIPTION_CHANGED
    ]
    found += _of_directives(before, after)
    return sorted(found, key=lambda change: (list(Effect).index(change.effect), change.text))


def _effect(change: SchemaChange) -> Effect:
    match change:
        case BreakingChange():
            return Effect.BREAKS
        case DangerousChange():
            return Effect.ENDANGERS
        case _:
            return Effect.ADDS


def _of_directives(before: DocumentNode, after: DocumentNode) -> Iterator[Change]:
    """What federation is told of what stays: a key that goes leaves other subgraphs' references without an answer.

    What the schema links to decides which gateways take it; who owns a field may be told by a directive of its own.
    """
    old, new = dict(_directives(before)), dict(_directives(after))
    for name in old.keys() & new.keys():
        for directives, effect, what in (
            (old[name] - new[name], Effect.BREAKS, "removed from"),
            (new[name] - old[name], Effect.ADDS, "added to"),
        ):
            for directive in directives:
                yield Change(_judged(directive, effect), f"{directive} was {what} {name}.")


def _judged(directive: str, effect: Effect) -> Effect:
    """What it does that a directive comes or goes."""
    word = directive.partition("(")[0]
    return Effect.ENDANGERS if word == "@link" else Effect.ADDS if word == "@deprecated" else effect


def _directives(document: DocumentNode) -> Iterator[tuple[str, set[str]]]:
    """The directives of the schema itself, of its types, and of their fields, arguments and values."""
    linked: set[str] = set()
    for node in document.definitions:
        if isinstance(node, TypeDefinitionNode):
            yield from _used(node, node.name.value)
        elif isinstance(node, SchemaDefinitionNode | SchemaExtensionNode):
            linked |= set(map(print_ast, node.directives or ()))
    yield "the schema", linked


def _used(node: Node, name: str) -> Iterator[tuple[str, set[str]]]:
    yield name, set(map(print_ast, getattr(node, "directives", None) or ()))
    for parts in ("fields", "values", "arguments"):
        for part in getattr(node, parts, None) or ():
            yield from _used(part, f"{name}.{part.name.value}")

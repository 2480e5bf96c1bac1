"""What a change of the schema means to those who use it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from graphql import (
    BreakingChange,
    DangerousChange,
    DocumentNode,
    SafeChangeType,
    SchemaChange,
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
    """What federation is told of types that stay: a key that goes leaves other subgraphs' references without an answer."""
    old, new = dict(_directives(before)), dict(_directives(after))
    for name in old.keys() & new.keys():
        yield from _each(Effect.BREAKS, old[name] - new[name], f"was removed from {name}.")
        yield from _each(Effect.ADDS, new[name] - old[name], f"was added to {name}.")


def _each(effect: Effect, directives: Iterable[str], what: str) -> Iterator[Change]:
    return (Change(effect, f"{directive} {what}") for directive in directives)


def _directives(document: DocumentNode) -> Iterator[tuple[str, set[str]]]:
    for node in document.definitions:
        if isinstance(node, TypeDefinitionNode):
            yield node.name.value, {print_ast(directive) for directive in node.directives or ()}

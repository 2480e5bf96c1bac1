"""The schema's text, in an order that does not change with the code's."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from graphql import DirectiveDefinitionNode, NameNode, Node, SchemaDefinitionNode, SchemaExtensionNode, parse, print_ast

N = TypeVar("N", bound=Node)

_LISTS = ("arguments", "fields", "interfaces", "locations", "types", "values")
_FIRST = (SchemaDefinitionNode, SchemaExtensionNode, DirectiveDefinitionNode)


def sorted_sdl(sdl: str) -> str:
    """The same schema, sorted by name, with its directives: first the schema itself, then directives, then types."""
    document = parse(sdl)
    definitions = sorted(map(_sorted, document.definitions), key=lambda node: (_floor(node), _name(node)))
    return print_ast(replace(document, definitions=tuple(definitions))) + "\n"


def _sorted(node: N) -> N:
    changes = {name: tuple(sorted(map(_sorted, _parts(node, name)), key=_name)) for name in _LISTS}
    return replace(node, **{name: parts for name, parts in changes.items() if parts})


def _parts(node: Node, name: str) -> Iterable[Node]:
    return getattr(node, name, None) or ()


def _floor(node: Node) -> int:
    return next((n for n, kind in enumerate(_FIRST) if isinstance(node, kind)), len(_FIRST))


def _name(node: Node) -> str:
    name = node if isinstance(node, NameNode) else getattr(node, "name", None)
    return name.value if isinstance(name, NameNode) else ""

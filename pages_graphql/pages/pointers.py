"""What the data of blocks points at."""

from collections.abc import Iterator
from typing import Any, cast

from pages_graphql.core.inputs import as_id
from pages_graphql.documents.references import EntityKind, Pointer

_POINTING = {"pageId": EntityKind.PAGE, "mediaId": EntityKind.MEDIA}
"""The parts of blocks that hold an id, and what it is the id of."""


def pointers(part: Any, path: tuple[str, ...]) -> Iterator[Pointer]:
    """The places in a part of a document, which stands at `path`, that point at something."""
    if isinstance(part, list):
        part = {str(n): item for n, item in enumerate(cast("list[Any]", part))}
    if not isinstance(part, dict):
        return
    for name, value in cast("dict[str, Any]", part).items():
        if name in _POINTING and isinstance(value, str):
            kind = _POINTING[name]
            yield Pointer((*path, name), kind, str(as_id(value) or value) if kind is EntityKind.PAGE else value)
        elif name == "productIds" and isinstance(value, list):
            products = enumerate(cast("list[Any]", value))
            yield from (Pointer((*path, name, str(n)), EntityKind.PRODUCT, str(id)) for n, id in products)
        else:
            yield from pointers(value, (*path, name))

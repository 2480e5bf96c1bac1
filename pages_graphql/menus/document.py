"""A menu's document: its names, its items, and what becomes of items whose page is hidden."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

from pages_graphql.core.ids import uuid_of
from pages_graphql.documents.references import EntityKind, Pointer

Item: TypeAlias = Mapping[str, Any]


class MenuHiddenTargetPolicy(Enum):
    """What becomes of an item whose page the View may not see."""

    HIDE = "HIDE"
    TEXT = "TEXT"
    PROMOTE_CHILDREN = "PROMOTE_CHILDREN"


EMPTY: Mapping[str, Any] = {"hiddenTargetPolicy": MenuHiddenTargetPolicy.HIDE.value, "translations": {}, "items": []}

_HANDLE = re.compile(r"[a-z0-9_-]{1,63}")

ENTITIES = (EntityKind.PRODUCT, EntityKind.CATEGORY, EntityKind.POST)
"""What of other subgraphs an item can link to."""


def is_handle(text: str) -> bool:
    """Whether a menu can be called so."""
    return _HANDLE.fullmatch(text) is not None


def placed(items: Sequence[Item], *path: str) -> Iterator[tuple[tuple[str, ...], Item]]:
    """Every item in reading order, with its place in the document."""
    for n, item in enumerate(items):
        place = (*path, str(n))
        yield place, item
        yield from placed(item["children"], *place, "children")


def spoken(content: Mapping[str, Any]) -> list[str]:
    """The locales in which a menu says something, its items included, each once."""
    items = (item.get("translations", {}) for _, item in placed(content["items"]))
    return list(dict.fromkeys(locale for texts in (content["translations"], *items) for locale in texts))


def page_of(item: Item) -> UUID | None:
    """The page that an item links to."""
    id = item.get("link", {}).get("pageId")
    return uuid_of(id) if id else None


def references(content: Mapping[str, Any]) -> list[Pointer]:
    """What a document points at: pages, and other subgraphs' entities."""
    found: list[Pointer] = []
    for place, item in placed(content["items"], "items"):
        link = item.get("link", {})
        if "pageId" in link:
            found.append(Pointer((*place, "link", "pageId"), EntityKind.PAGE, link["pageId"]))
        elif "entity" in link:
            entity = link["entity"]
            found.append(Pointer((*place, "link", "entity"), EntityKind(entity["type"]), entity["id"]))
    return found

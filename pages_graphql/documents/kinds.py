"""The two kinds of documents, for what is the same of both: each says how its documents are found."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from pages_graphql.core import tags
from pages_graphql.core.view import Source, View
from pages_graphql.documents.references import SourceKind
from pages_graphql.storage.read import Read

ByIds = Callable[[Read, Sequence[UUID]], Awaitable[Sequence[Source[Any] | None]]]
ByRevisions = Callable[[Read, Sequence[tuple[UUID, int]]], Awaitable[Sequence[Source[Any] | None]]]


@dataclass(frozen=True)
class DocumentKind:
    """How documents of a kind are found, by what a View sees of them."""

    by_ids: ByIds
    by_revisions: ByRevisions
    visible: Callable[[View], Select[*tuple[Any, ...]]]
    """What a View sees: kind, id and the stage that is shown."""
    parameters: Callable[[View], dict[str, object]]
    """What that statement takes."""


KINDS: dict[SourceKind, DocumentKind] = {}
"""Pages and menus put themselves in here; they stand above what asks."""


@tags.tagged
async def sources(read: Read, keys: Sequence[tuple[SourceKind, UUID]]) -> Sequence[Source[Any] | None]:
    """The documents of some kinds and ids, where the View sees them: one statement a kind."""
    found: dict[tuple[SourceKind, UUID], Source[Any] | None] = {}
    for kind in dict.fromkeys(kind for kind, _ in keys):
        ids = list(dict.fromkeys(id for other, id in keys if other is kind))
        there = await KINDS[kind].by_ids(read, ids)
        found |= {(kind, id): source for id, source in zip(ids, there, strict=True)}
    return [found[key] for key in keys]


@tags.tagged
async def pages_at(read: Read, keys: Sequence[tuple[UUID, int]]) -> Sequence[Source[Any] | None]:
    """Pages as some revisions of them show them."""
    return await KINDS[SourceKind.PAGE].by_revisions(read, keys)


@tags.tagged
async def menus_at(read: Read, keys: Sequence[tuple[UUID, int]]) -> Sequence[Source[Any] | None]:
    """Menus as some revisions of them show them."""
    return await KINDS[SourceKind.MENU].by_revisions(read, keys)

"""Reading: where rows come from, and the View through which they are seen."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, TypeVarTuple
from uuid import UUID

from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncConnection

from pages_graphql.core.tags import of_version
from pages_graphql.core.view import EVERYTHING, Part, View
from pages_graphql.storage.revision_cache import RevisionCache

K = TypeVar("K")
Columns = TypeVarTuple("Columns")


class Rows(Protocol):
    """Whoever can run a statement."""

    async def rows(self, statement: Select[*Columns], values: Mapping[str, object]) -> Sequence[Row[*Columns]]:
        """Every row of a statement."""
        ...


@dataclass(frozen=True)
class OnConnection:
    """Statements run on one connection, in its transaction."""

    connection: AsyncConnection

    async def rows(self, statement: Select[*Columns], values: Mapping[str, Any]) -> Sequence[Row[*Columns]]:
        """Every row of a statement."""
        return (await self.connection.execute(statement, values)).all()


@dataclass(frozen=True)
class Read:
    """Where rows come from, read through one View."""

    source: Rows
    view: View
    revisions: RevisionCache | None = None
    """What was read before; None where a transaction may still take back what is read now."""
    tags: set[str] | None = field(default=None, compare=False)
    """What the answer is made of so far, in the names of `core.tags`; None where nobody keeps it."""
    parts: frozenset[Part] = EVERYTHING
    """What is needed of the sources that are read."""

    def made_of(self, *tags: str) -> None:
        """Say what the answer is made of: it can be another when one of these is stale."""
        if self.tags is not None:
            self.tags.update(tags)

    def made_of_each(self, tag: Callable[[K], str], things: Iterable[K]) -> None:
        """Say that the answer is made of each of these, by their tags; those are made only where somebody keeps it."""
        if self.tags is not None:
            self.tags.update(map(tag, things))

    def made_of_documents(self, tag: Callable[[UUID], str], ids: Iterable[UUID]) -> None:
        """Say that the answer is made of each of these documents, by the tag of its kind, and where needed of their versions."""
        if self.tags is None:
            return
        given = list(ids)
        self.made_of_each(tag, given)
        if Part.VERSION in self.parts:
            self.made_of_each(of_version, given)

    async def all(self, statement: Select[*Columns], **values: object) -> Sequence[Row[*Columns]]:
        """Every row of the statement; its tenant is the View's."""
        return await self.source.rows(statement, {"tenant": self.view.tenant_id, **values})

    def guess(self, questions: Iterable[Hashable]) -> list[UUID]:
        """Whose revisions answered some questions last time; nobody's where nothing is kept."""
        cache, tenant = self.revisions, self.view.tenant_id
        return [id for question in questions for id in cache.guess((tenant, question))] if cache else []

    def remember(self, question: Hashable, *owners: UUID) -> None:
        """Note whose revisions answer a question."""
        if self.revisions:
            self.revisions.remember((self.view.tenant_id, question), owners)

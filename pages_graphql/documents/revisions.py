"""Revisions as they are shown: of pages and of menus."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Uuid, bindparam, func, select

from pages_graphql.core.view import Source, View
from pages_graphql.storage import window
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import col
from pages_graphql.storage.keyset import Key, Keyset
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, singles
from pages_graphql.storage.window import Counter, Scope, Window

TENANT = bindparam("tenant", type_=Uuid())


@dataclass(frozen=True)
class RevisionRow:
    """A revision of a page or a menu; author and note are empty for who may not read them."""

    number: int
    created_at: datetime
    is_live: bool
    content_hash: str
    author_id: str | None = None
    note: str | None = None
    page_at: tuple[UUID, int] | None = None
    menu_at: tuple[UUID, int] | None = None


@dataclass(frozen=True)
class RevisionTables:
    """Where a kind of document and its revisions are kept."""

    document: Any
    revision: Any
    owner: str
    shown_as: str

    @property
    def _owner(self) -> Any:
        return col(getattr(self.revision, self.owner))

    @cache  # noqa: B019 -- two tables, as long as the process lives
    def _statement(self) -> tuple[Select[*tuple[Any, ...]], Keyset]:
        names = ("number", "created_at", "content_hash", "author_id", "note")
        live = func.coalesce(col(self.document.live_revision), 0) == col(self.revision.number)
        columns = [self._owner.label("owner"), *(col(getattr(self.revision, name)) for name in names)]
        found = (
            select(*columns, live.label("is_live"))
            .join(
                self.document,
                (col(self.document.tenant_id) == self.revision.tenant_id) & (col(self.document.id) == self._owner),
            )
            .where(col(self.revision.tenant_id) == TENANT, among(self._owner, ids_of("ids")))
        )
        order = Keyset(
            f"revisions.{self.owner}", [Key("number", col(self.revision.number), Integer(), descending=True)]
        )
        return found, order

    async def windows(
        self, read: Read, ids: Sequence[UUID], first: int | None, after: str | None, counter: Counter
    ) -> Sequence[Source[Window]]:
        """The revisions of each of some documents, the newest first, a window of each."""
        statement, order = self._statement()
        page = window.asked(order.name, first, after)
        found: dict[UUID, list[Row[*tuple[Any, ...]]]] = {id: [] for id in ids}
        ranked = order.ranked(statement, self._owner, page)
        for row in await read.all(ranked, ids=singles(ids), **order.parameters(page)):
            found[row.owner].append(row)
        return [
            window.window(
                page,
                [self._shown(row, read.view) for row in rows],
                rows,
                order.cursor,
                Scope(counter, id),
                read.view,
            )
            for id, rows in found.items()
        ]

    def _shown(self, row: Row[*tuple[Any, ...]], view: View) -> Source[RevisionRow]:
        at = {self.shown_as: (row.owner, row.number)}
        shown = RevisionRow(row.number, row.created_at, row.is_live, row.content_hash, row.author_id, row.note, **at)
        return Source(shown, None, view, view.locale)

    async def count(self, read: Read, ids: Sequence[UUID]) -> Sequence[int]:
        """How many revisions each of some documents has."""
        statement = (
            select(self._owner.label("owner"), func.count().label("total"))
            .where(col(self.revision.tenant_id) == TENANT, among(self._owner, ids_of("ids")))
            .group_by(self._owner)
        )
        found = {row.owner: row.total for row in await read.all(statement, ids=singles(ids))}
        return [found.get(id, 0) for id in ids]

"""Who points at something of ours, as it is shown: only what the View sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import CompoundSelect, Row, Select, String, Uuid, and_, bindparam, func, select, union_all

from pages_graphql.core import tags
from pages_graphql.core.view import ContentStage, Source, View
from pages_graphql.documents.kinds import KINDS
from pages_graphql.documents.references import EntityKind, Reference, SourceKind
from pages_graphql.documents.revisions import TENANT
from pages_graphql.storage import window
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import Bytewise, col
from pages_graphql.storage.keyset import Key, Keyset
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import singles, texts_of
from pages_graphql.storage.window import Scope, Window


@dataclass(frozen=True)
class ReferenceRow:
    """A place that points at something of ours."""

    source_at: tuple[SourceKind, UUID]
    stage: ContentStage
    path: list[str]


_ORDER = Keyset(
    "references",
    [
        Key("kind", col(Reference.source_kind), Bytewise()),
        Key("source", col(Reference.source_id), Uuid()),
        Key("path", col(Reference.path), Bytewise()),
    ],
)


def _visible(view: View) -> CompoundSelect[*tuple[Any, ...]]:
    """What the View sees of every kind: kind, id and the stage that is shown."""
    return union_all(*(kind.visible(view) for kind in KINDS.values()))


def _pointing(view: View) -> Select[*tuple[Any, ...]]:
    seen = _visible(view).subquery("seen")
    shown = and_(
        seen.c.kind == col(Reference.source_kind),
        seen.c.id == col(Reference.source_id),
        seen.c.stage == col(Reference.stage),
    )
    columns = (Reference.source_kind, Reference.source_id, Reference.stage, Reference.path, Reference.target_id)
    return (
        select(*(col(name) for name in columns))
        .join(seen, shown)
        .where(
            col(Reference.tenant_id) == TENANT,
            col(Reference.target_kind) == bindparam("target_kind", type_=String()),
            among(col(Reference.target_id), texts_of("targets")),
        )
    )


@tags.tagged
async def pages_referenced_by(
    read: Read, ids: Sequence[UUID], *, first: int | None = None, after: str | None = None
) -> Sequence[Source[Window]]:
    """What the View sees that points at each of some pages, a window of each."""
    page = window.asked("references", first, after)
    read.made_of(tags.PAGES, tags.MENUS)
    found: dict[str, list[Row[*tuple[Any, ...]]]] = {str(id): [] for id in ids}
    statement = _ORDER.ranked(_pointing(read.view), col(Reference.target_id), page)
    values = {**_parameters(read.view), "targets": singles(found), **_ORDER.parameters(page)}
    for row in await read.all(statement, target_kind=EntityKind.PAGE.value, **values):
        found[row.target_id].append(row)
    return [
        window.window(
            page,
            [shown(row, read.view) for row in found[str(id)]],
            found[str(id)],
            _ORDER.cursor,
            Scope(count_pages_referenced, id),
            read.view,
        )
        for id in ids
    ]


def shown(row: Any, view: View) -> Source[ReferenceRow]:
    """A row of the projection, as it is shown."""
    source = (SourceKind(row.source_kind), row.source_id)
    return Source(ReferenceRow(source, ContentStage(row.stage), orjson.loads(row.path)), None, view, view.locale)


@tags.tagged
async def count_pages_referenced(read: Read, ids: Sequence[UUID]) -> Sequence[int]:
    """How many places that the View sees point at each of some pages."""
    read.made_of(tags.PAGES, tags.MENUS)
    pointing = _pointing(read.view).subquery()
    statement = select(pointing.c.target_id, func.count().label("total")).group_by(pointing.c.target_id)
    values = {**_parameters(read.view), "targets": singles(str(id) for id in ids)}
    rows = await read.all(statement, target_kind=EntityKind.PAGE.value, **values)
    found = {row.target_id: row.total for row in rows}
    return [found.get(str(id), 0) for id in ids]


def _parameters(view: View) -> dict[str, object]:
    """What the kinds' visible rows ask of a View."""
    return {name: value for kind in KINDS.values() for name, value in kind.parameters(view).items()}

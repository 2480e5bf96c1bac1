"""Who points at whom: found by the target, written with each revision that is a draft or live."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import Delete, Index, Insert, Select, String, Uuid, bindparam, delete, insert, literal, select
from sqlmodel import Field

from pages_graphql.core.view import ContentStage
from pages_graphql.storage.by_index import among, among_rows
from pages_graphql.storage.columns import TenantTable, col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.sql import ids_of, rows, singles, table_of
from pages_graphql.storage.work import Work


class EntityKind(Enum):
    """What can be pointed at: our pages, and what other subgraphs own."""

    PAGE = "PAGE"
    PRODUCT = "PRODUCT"
    CATEGORY = "CATEGORY"
    POST = "POST"
    MEDIA = "MEDIA"
    USER = "USER"


class SourceKind(Enum):
    """What points."""

    PAGE = "PAGE"
    MENU = "MENU"


class Reference(TenantTable, table=True):
    """A place in a page or a menu that points at something; `path` is a JSON list of names and indices."""

    __table_args__ = (Index(None, "tenant_id", "target_kind", "target_id"),)

    source_kind: str = Field(primary_key=True)
    source_id: UUID = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    target_kind: str
    target_id: str


class Pointer(NamedTuple):
    """A place in a document, and what it points at."""

    path: tuple[str, ...]
    kind: EntityKind
    id: str


_TENANT = bindparam("tenant", type_=Uuid())
_OWN = col(Reference.tenant_id) == _TENANT
COLUMNS = ("source_kind", "source_id", "stage", "path", "target_kind", "target_id")


@kept
def _forget() -> Delete:
    gone = table_of("sources", kind=String(), id=Uuid(), stage=String())
    place = (col(Reference.source_kind), col(Reference.source_id), col(Reference.stage))
    return delete(Reference).where(_OWN, among_rows(place, gone, by=3))


@kept
def _remember() -> Insert:
    types = {name: Uuid() if name == "source_id" else String() for name in COLUMNS}
    given = table_of("pointers", **types).subquery()
    return insert(Reference).from_select(["tenant_id", *COLUMNS], select(_TENANT, *(given.c[name] for name in COLUMNS)))


async def point(work: Work, kind: SourceKind, stage: ContentStage, pointers: Mapping[UUID, Sequence[Pointer]]) -> None:
    """Let some pages or menus point, in a stage, exactly at this."""
    await work.run(_forget(), sources=rows((kind.value, id, stage.value) for id in pointers))
    given = [row for id, found in pointers.items() for row in pointer_rows(kind, stage, id, found)]
    if given:
        await work.run(_remember(), pointers=rows(given))


def pointer_rows(
    kind: SourceKind, stage: ContentStage, id: UUID, pointers: Iterable[Pointer]
) -> list[tuple[str, UUID, str, str, str, str]]:
    """The rows that say what a page or menu points at, in the order of `COLUMNS`."""
    return [
        (kind.value, id, stage.value, orjson.dumps(pointer.path).decode(), pointer.kind.value, pointer.id)
        for pointer in pointers
    ]


@kept
def _pointing() -> Select[*tuple[Any, ...]]:
    target = (col(Reference.target_kind) == bindparam("kind"), col(Reference.target_id).in_(_texts()))
    columns = (Reference.source_kind, Reference.source_id, Reference.stage, Reference.path, Reference.target_id)
    return (
        select(*(col(name) for name in columns))
        .where(_OWN, *target)
        .order_by(col(Reference.source_kind), col(Reference.source_id), col(Reference.stage), col(Reference.path))
    )


def _texts() -> Select[*tuple[Any, ...]]:
    return table_of("targets", target=String())


class Pointing(NamedTuple):
    """Something that points at one of ours."""

    source_kind: str
    source_id: UUID
    stage: str
    path: str
    target_id: str


async def pointing_at(work: Work, kind: EntityKind, ids: Iterable[UUID]) -> list[Pointing]:
    """All that points at some of ours, in any stage."""
    found = await work.rows(_pointing(), kind=kind.value, targets=singles(str(id) for id in ids))
    return [Pointing._make(row) for row in found]


@kept
def _copy() -> Insert:
    names = ("source_kind", "source_id", "path", "target_kind", "target_id")
    drafts = select(
        _TENANT, literal(ContentStage.LIVE.value), *(col(getattr(Reference, name)) for name in names)
    ).where(
        _OWN,
        col(Reference.source_kind) == bindparam("kind"),
        among(col(Reference.source_id), ids_of("ids")),
        col(Reference.stage) == ContentStage.DRAFT.value,
    )
    return insert(Reference).from_select(["tenant_id", "stage", *names], drafts)


async def copy_drafts(work: Work, kind: SourceKind, ids: Collection[UUID]) -> None:
    """Let the live side of some pages or menus point at what their drafts do."""
    await point(work, kind, ContentStage.LIVE, {id: [] for id in ids})
    await work.run(_copy(), kind=kind.value, ids=singles(ids))


async def pointers_of(
    work: Work, kind: SourceKind, stage: ContentStage, ids: Collection[UUID]
) -> dict[UUID, set[Pointer]]:
    """What some pages or menus point at in a stage."""
    columns = (Reference.source_id, Reference.path, Reference.target_kind, Reference.target_id)
    statement = select(*(col(column) for column in columns)).where(
        _OWN,
        col(Reference.source_kind) == kind.value,
        among(col(Reference.source_id), ids_of("ids")),
        col(Reference.stage) == stage.value,
    )
    found: dict[UUID, set[Pointer]] = {}
    for id, path, target_kind, target in await work.rows(statement, ids=singles(ids)):
        pointer = Pointer(tuple(orjson.loads(path)), EntityKind(target_kind), target)
        found.setdefault(id, set()).add(pointer)
    return found

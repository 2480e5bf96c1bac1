"""What earlier imports brought in: found by the ids it had there, remembered with what it became."""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, exists, select
from sqlmodel import select as select_model

from pages_graphql.importers.model import ImportSource
from pages_graphql.menus.model import Menu
from pages_graphql.pages.model import Page
from pages_graphql.routes.model import Redirect
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import col
from pages_graphql.storage.sql import singles, texts_of
from pages_graphql.storage.work import Work


class SourceKind(Enum):
    """What can come in and be remembered."""

    PAGE = "page"
    MENU = "menu"
    MENU_ITEM = "menu_item"
    REDIRECT = "redirect"


class Known(NamedTuple):
    """What something became, what its source said then, and whether it is still here."""

    target_id: UUID
    hash: str
    is_here: bool


_TABLES: dict[SourceKind, type[Page | Menu | Redirect]] = {
    SourceKind.PAGE: Page,
    SourceKind.MENU: Menu,
    SourceKind.REDIRECT: Redirect,
}


@cache
def _known(kind: SourceKind) -> Select[*tuple[Any, ...]]:
    tenant, table = bindparam("tenant", type_=Uuid()), _TABLES[kind]
    here = exists().where(col(table.tenant_id) == tenant, col(table.id) == ImportSource.target_id)
    columns = [col(ImportSource.source_id), col(ImportSource.target_id), col(ImportSource.hash), here.label("is_here")]
    return select(*columns).where(
        col(ImportSource.tenant_id) == tenant,
        col(ImportSource.source) == bindparam("source"),
        col(ImportSource.kind) == kind.value,
        among(col(ImportSource.source_id), texts_of("ids")),
    )


async def known(work: Work, source: str, kind: SourceKind, ids: Iterable[object]) -> dict[str, Known]:
    """The pages or menus that came from a source, of those it calls `ids`, by what it calls them."""
    found = await work.rows(_known(kind), source=source, ids=singles(str(id) for id in ids))
    return {row.source_id: Known(row.target_id, row.hash, bool(row.is_here)) for row in found}


async def items(work: Work, source: str, prefix: str) -> dict[str, UUID]:
    """What menu items that came from a source became, by what it calls them behind a prefix."""
    found = await work.session.exec(select_model(ImportSource).where(*_items_of(work, source, prefix)))
    return {row.source_id.removeprefix(prefix): row.target_id for row in found}


async def forget_items(work: Work, source: str, prefix: str) -> None:
    """Forget the menu items that came from a source and are called by a prefix."""
    for row in await work.session.exec(select_model(ImportSource).where(*_items_of(work, source, prefix))):
        await work.session.delete(row)
    await work.session.flush()


def _items_of(work: Work, source: str, prefix: str) -> list[ColumnElement[bool]]:
    return [
        col(ImportSource.tenant_id) == work.tenant.id,
        col(ImportSource.source) == source,
        col(ImportSource.kind) == SourceKind.MENU_ITEM.value,
        col(ImportSource.source_id).startswith(prefix, autoescape=True),
    ]


async def renew(work: Work, source: str, kind: SourceKind, hashes: Mapping[str, str]) -> None:
    """Keep what a source says now, by what it calls each, of what came in before."""
    for source_id, digest in hashes.items():
        row = await work.session.get(ImportSource, (work.tenant.id, source, kind.value, source_id))
        if row is not None:
            row.hash = digest


def remember(work: Work, source: str, kind: SourceKind, targets: Mapping[str, tuple[UUID, str]]) -> None:
    """Keep what has come from a source: by what it calls each, what that became and the hash of what it said."""
    work.session.add_all(
        ImportSource(
            tenant_id=work.tenant.id,
            source=source,
            kind=kind.value,
            source_id=source_id,
            target_id=target_id,
            hash=digest,
        )
        for source_id, (target_id, digest) in targets.items()
    )

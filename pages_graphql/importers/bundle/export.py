"""A tenant written into a bundle."""

import gzip
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, cast
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, String, Uuid, bindparam, func, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from pages_graphql.core.tenancy import Tenant
from pages_graphql.importers.bundle.kinds import KINDS, Kind
from pages_graphql.importers.bundle.lines import Seal, TenantFacts, end_line, head_line, row_line
from pages_graphql.storage.columns import Bytewise, col
from pages_graphql.storage.database import Database
from pages_graphql.tenants.model import Tenant as TenantRow

BundleProgress = Callable[[str, int, int], None]
"""Told what is done (`rows`), how much of it is, and how much there will be."""

_ROWS = 100
"""Rows that are in memory at once; each holds a document of a megabyte or so at most."""
_STREAMED: Final = {"yield_per": _ROWS}
_TENANT = bindparam("tenant", type_=Uuid())


async def export_bundle(database: Database, tenant: Tenant, path: Path, progress: BundleProgress) -> Mapping[str, int]:
    """Write all that is a tenant's into a file, as it is at one moment; how many rows of each kind there are.

    Gzipped where the name ends in .gz. The file is there when it is whole, and stays as it was where that fails.
    """
    seal = Seal()
    with _replaced(path) as file:
        async with database.snapshot() as connection:
            total = sum([await _count(connection, tenant.id, kind) for kind in KINDS.values()])
            head = head_line(await _facts(connection, tenant.id))
            seal.add(head)
            _ = file.write(head)
            for kind in KINDS.values():
                rows = await connection.stream(_sorted(kind), {"tenant": tenant.id}, execution_options=_STREAMED)
                try:
                    while batch := await rows.fetchmany(_ROWS):
                        _write(file, seal, kind, batch)
                        progress("rows", sum(seal.counts.values()), total)
                finally:
                    await rows.close()
        _ = file.write(end_line(seal.end()))
    return seal.counts


def _write(file: IO[bytes], seal: Seal, kind: Kind, rows: Iterable[Iterable[object]]) -> None:
    for row in rows:
        line = row_line(kind.name, dict(zip(kind.values, row, strict=True)))
        seal.add(line, kind.name)
        _ = file.write(line)


@contextmanager
def _replaced(path: Path) -> Generator[IO[bytes]]:
    """A file that takes the place of `path` when all is written."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as zipped:
                    yield cast("IO[bytes]", zipped)
            else:
                yield raw
        _ = part.replace(path)
    finally:
        part.unlink(missing_ok=True)


async def _facts(connection: AsyncConnection, tenant: UUID) -> TenantFacts:
    columns = [col(getattr(TenantRow, name)) for name in TenantFacts.model_fields]
    row = (await connection.execute(select(*columns).where(col(TenantRow.id) == tenant))).one()
    return TenantFacts.model_validate(row, from_attributes=True)


async def _count(connection: AsyncConnection, tenant: UUID, kind: Kind) -> int:
    statement = select(func.count()).select_from(kind.table).where(col(kind.table.tenant_id) == _TENANT)
    return (await connection.execute(statement, {"tenant": tenant})).scalar_one()


def _sorted(kind: Kind) -> Select[*tuple[Any, ...]]:
    columns = SQLModel.metadata.tables[str(kind.table.__tablename__)].columns
    wanted = select(*(columns[name] for name in kind.values)).where(col(kind.table.tenant_id) == _TENANT)
    return wanted.order_by(*(_by_bytes(columns[name]) for name in kind.key))


def _by_bytes(column: Column[Any]) -> ColumnElement[Any]:
    """A column sorted the same on both databases."""
    return sql_cast(column, Bytewise()) if isinstance(column.type, String) else column

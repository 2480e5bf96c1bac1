"""A bundle brought into a database: in one transaction, all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pages_graphql.core import tags
from pages_graphql.core.view import ContentStage
from pages_graphql.importers.bundle.check import check_bundle
from pages_graphql.importers.bundle.derived import Derived, of_menu, of_page, taken_over
from pages_graphql.importers.bundle.read import Bundle, Row
from pages_graphql.importers.bundle.scratch import Scratch
from pages_graphql.importers.bundle.target import Destination, prepare
from pages_graphql.pages.model import Page
from pages_graphql.routes.model import SlugClaim
from pages_graphql.storage.bulk import insert_rows
from pages_graphql.storage.columns import TenantTable, col
from pages_graphql.storage.database import Database
from pages_graphql.storage.stale import mark
from pages_graphql.storage.statistics import analyze

BundleProgress = Callable[[str, int, int], None]
"""Told what is being done (`checking`, `writing`), how many bytes are, and how many there are."""

T = TypeVar("T")

BATCH_ROWS: Final = 500
BATCH_BYTES: Final = 8 * 1024 * 1024
"""How much is written at once, whichever comes first."""


@dataclass(frozen=True)
class Imported:
    """What came in: the slug of its tenant, and how many rows of each kind."""

    slug: str
    counts: Mapping[str, int]


async def import_bundle(database: Database, path: Path, destination: Destination, progress: BundleProgress) -> Imported:
    """Bring a tenant in whole; what is made from its revisions is made again.

    The file is read through first: a damaged one changes nothing. Then all is written in one transaction, so one that
    is cut off changes nothing either.
    """
    with Scratch() as scratch:
        checked = check_bundle(path, scratch, partial(progress, "checking"))
        hosts = checked.hosts if destination.with_hosts else ()
        async with database.session() as session:
            tenant = await prepare(session, checked.head.tenant, destination, hosts)
            mark(session, tenant, [tags.of_tenant(tenant)])
            writer = _Writer(await session.connection(), tenant, scratch)
            bundle = Bundle(path, partial(progress, "writing"))
            for rows in _batches(bundle.rows()):
                if destination.with_hosts or rows[0].kind.name != "host":
                    await writer.rows(rows)
            if bundle.end != checked.end:
                bundle.fail("the file has changed since it was checked")
            await writer.finish()
    return Imported(destination.slug or checked.head.tenant.slug, checked.end.counts)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of one kind, so many that they are quickly written and so few that they fit into memory."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        if batch and (row.kind is not batch[0].kind or len(batch) >= BATCH_ROWS or size >= BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += row.size
    if batch:
        yield batch


class _Writer:
    def __init__(self, connection: AsyncConnection, tenant: UUID, scratch: Scratch) -> None:
        self._connection, self._tenant, self._scratch = connection, tenant, scratch
        self._ways: Mapping[str, Callable[[dict[str, Any]], Derived]] = {
            "page": self._page,
            "page_revision": self._page_revision,
            "menu_revision": self._menu_revision,
        }

    async def rows(self, rows: list[Row]) -> None:
        """Write rows of one kind, and what is made from them."""
        kind = rows[0].kind
        derived: Derived = {}
        for row in rows if kind.name in self._ways else ():
            for table, made in self._ways[kind.name](row.values).items():
                derived.setdefault(table, []).extend(made)
        await self._insert(kind.table, [row.values for row in rows])
        for table, made in derived.items():
            await self._insert(table, made)

    async def finish(self) -> None:
        """Write what could only be when all was there."""
        claims = (claim._asdict() for claim in self._scratch.claims())
        for batch in _many(claims):
            await self._insert(SlugClaim, batch)
        await analyze(self._connection)
        await self._find_parents()

    async def _insert(self, table: type[TenantTable], rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["tenant_id"] = self._tenant
        await insert_rows(self._connection, table, rows)

    async def _find_parents(self) -> None:
        """Put the pages under others that came before these."""
        own = (col(Page.tenant_id) == self._tenant, col(Page.id) == bindparam("page"))
        statement = update(Page).where(*own).values(parent_id=bindparam("parent"))
        for batch in _many({"page": page, "parent": parent} for page, parent in self._scratch.later_parents()):
            _ = await self._connection.execute(statement, batch)

    def _page(self, row: dict[str, Any]) -> Derived:
        if row["parent_id"] and row["parent_id"] > row["id"]:
            row["parent_id"] = None  # it is not there yet: see `finish`
        return {}

    def _page_revision(self, row: dict[str, Any]) -> Derived:
        taken_over(row)
        return of_page(row, self._stages("page", row["page_id"], row["number"]))

    def _menu_revision(self, row: dict[str, Any]) -> Derived:
        return of_menu(row, self._stages("menu", row["menu_id"], row["number"]))

    def _stages(self, kind: str, id: UUID, number: int) -> list[ContentStage]:
        document = self._scratch.pointers(kind, id)
        return document.stages(number) if document else []


def _many(items: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH_ROWS)):
        yield batch

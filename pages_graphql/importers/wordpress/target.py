"""Where an export goes to: a tenant, a locale, and the report of what becomes of it there."""

from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.limits import Limits
from pages_graphql.core.tenancy import Tenant
from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.storage.database import Database
from pages_graphql.storage.work import Work

ImportProgress = Callable[[str, int, int], None]
"""Told what is being done (`reading`, `pages`, `redirects`, `menus`), how much of it is, and how much there is."""

IMPORTER = Actor("wordpress-import", ROLES[Role.ADMIN])
"""Who writes what comes in."""


@dataclass
class Target:
    """Where an export goes to, and what has become of it so far."""

    database: Database
    tenant: Tenant
    locale: str
    source: str
    report: Report
    progress: ImportProgress
    under: UUID | int | None = None
    """The page that posts come under: one that is here, or one of the file by the id that WordPress has for it."""
    dry_run: bool = False
    taken: Counter[str] = field(default_factory=Counter[str])
    updated: Counter[str] = field(default_factory=Counter[str])
    unchanged: Counter[str] = field(default_factory=Counter[str])

    @property
    def limits(self) -> Limits:
        """How large things may be."""
        return self.database.limits

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Work]:
        """A Work of the importer in the tenant; in a dry run nothing of it stays."""
        async with self.database.begin(self.tenant, IMPORTER) as work:
            yield work
            if self.dry_run:
                await work.session.rollback()

    def sum_up(self) -> None:
        """Report the numbers."""
        numbers = {
            EntryKind.TAKEN: self.taken,
            EntryKind.UPDATED: self.updated,
            EntryKind.UNCHANGED: self.unchanged,
        }
        for kind, counts in numbers.items():
            for what, count in (+counts).items():
                self.report.add(kind, what, count=count)

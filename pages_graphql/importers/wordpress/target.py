"""Where an export goes to: a tenant, a locale, and the report of what becomes of it there."""

from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.limits import Limits
from pages_graphql.core.tenancy import Tenant
from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.sources import Known
from pages_graphql.storage.database import Database
from pages_graphql.storage.work import Work

ImportProgress = Callable[[str, int, int], None]
"""Told what is being done (`reading`, `pages`, `menus`), how much of it is, and how much there is."""

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
    taken: Counter[str] = field(default_factory=Counter[str])
    unchanged: Counter[str] = field(default_factory=Counter[str])

    @property
    def limits(self) -> Limits:
        """How large things may be."""
        return self.database.limits

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Work]:
        """A Work of the importer in the tenant."""
        async with self.database.begin(self.tenant, IMPORTER) as work:
            yield work

    def count_known(self, kind: str, what: str, known: Known, digest: str) -> None:
        """Count what came in before, and say where it differs: it is never touched again."""
        if not known.is_here:
            self.report.add(EntryKind.LEFT_OUT, what, "it came in before, and was deleted here")
            return
        self.unchanged[kind] += 1
        if known.hash != digest:
            self.report.add(EntryKind.LEFT_OUT, f"changes to {what}", "it came in before, and is left as it is here")

    def sum_up(self) -> None:
        """Report the numbers."""
        for kind, counts in ((EntryKind.TAKEN, self.taken), (EntryKind.UNCHANGED, self.unchanged)):
            for what, count in (+counts).items():
                self.report.add(kind, what, count=count)

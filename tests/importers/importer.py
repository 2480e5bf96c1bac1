"""Brings exports into a world, and asks what has become of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pages_graphql.importers.report import EntryKind, ReportEntry
from pages_graphql.importers.wordpress.write import Order, import_wordpress
from tests.importers.exports import write_export
from tests.world import World

PAGES = "{ pages(first: 100, stage: DRAFT) { totalCount nodes { title slug path status parent { title } } } }"
PAGE = """query ($path: String!) { pageByPath(path: $path, stage: DRAFT) { id title slug path status template version metadata
    createdAt firstPublishedAt body { format content } seo { title description robots canonicalUrl image { src alt width height } }
    blocks { type data } revision { number note } parent { title } } }"""


class Importer:
    """Brings exports into a world, and answers what the report said."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.path = world, folder / "export.xml"
        self.steps: list[tuple[str, int, int]] = []

    async def bring(self, *parts: str, path: Path | None = None, locale: str = "en", **given: Any) -> list[ReportEntry]:
        file = path or write_export(self.path, *parts)
        tenant, database = self.world.tenant, self.world.database
        async with import_wordpress(database, tenant, Order([file], locale, **given), self._hear) as report:
            return list(report.entries())

    async def pages(self) -> list[dict[str, Any]]:
        return (await self.world.ask(PAGES))["pages"]["nodes"]

    async def page(self, path: str) -> dict[str, Any]:
        return (await self.world.ask(PAGE, path=path))["pageByPath"]

    def _hear(self, step: str, done: int, total: int) -> None:
        self.steps.append((step, done, total))


def said(entries: Sequence[ReportEntry], kind: EntryKind) -> dict[str, str]:
    return {entry.what: entry.why for entry in entries if entry.kind is kind}


def counted(entries: Sequence[ReportEntry], kind: EntryKind) -> dict[str, int]:
    return {entry.what: entry.count for entry in entries if entry.kind is kind}

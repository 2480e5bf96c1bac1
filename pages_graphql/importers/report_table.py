"""An import's report, as a terminal shows it."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pages_graphql.importers.report import EntryKind, Report, ReportEntry

_HEADINGS = {
    EntryKind.TAKEN: "Taken",
    EntryKind.UNCHANGED: "Here before, unchanged",
    EntryKind.CHANGED: "Otherwise here than in the file",
    EntryKind.LEFT_OUT: "Left out",
}


def report_table(report: Report) -> RenderableType:
    """All entries of a report, by what became of them."""
    entries = list(report.entries())
    parts = [_table(heading, [e for e in entries if e.kind is kind]) for kind, heading in _HEADINGS.items()]
    return Group(*filter(None, parts))


def _table(heading: str, entries: Iterable[ReportEntry]) -> Table | None:
    table = Table(title=heading, title_justify="left", box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for entry in entries:
        table.add_row(f"{entry.count:,}", Text(entry.what), Text(entry.why))
    return table if table.row_count else None

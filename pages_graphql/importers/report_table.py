"""An import's report, as a terminal shows it."""

from itertools import islice

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pages_graphql.importers.report import EntryKind, Report

_HEADINGS = {
    EntryKind.TAKEN: "Taken",
    EntryKind.UPDATED: "Changed there since, and now here",
    EntryKind.UNCHANGED: "Here before, unchanged",
    EntryKind.CHANGED: "Otherwise here than in the file",
    EntryKind.LEFT_OUT: "Left out",
}
MOST = 200
"""How many entries of a kind are shown; a file may give hundreds of thousands."""


def report_table(report: Report, most: int = MOST) -> RenderableType:
    """The entries of a report, by what became of them; the first of each kind where there are many."""
    return Group(*(_table(heading, report, kind, most) for kind, heading in _HEADINGS.items() if report.count(kind)))


def _table(heading: str, report: Report, kind: EntryKind, most: int) -> Table:
    table = Table(title=heading, title_justify="left", box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for entry in islice(report.entries(kind), most):
        table.add_row(f"{entry.count:,}", Text(entry.what), Text(entry.why))
    if (count := report.count(kind)) > most:
        table.add_row(f"{count - most:,}", "more: --report FILE writes all", "")
    return table

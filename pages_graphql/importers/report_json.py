"""An import's report as a JSON file."""

from pathlib import Path

import orjson

from pages_graphql.importers.report import Report


def write_report(report: Report, path: Path, *, dry_run: bool) -> None:
    """Write all entries of a report to a file, one after the other, so that no number of them fills the memory."""
    with path.open("wb") as file:
        _ = file.write(b'{"dryRun":%b,"entries":[' % orjson.dumps(dry_run))
        for n, entry in enumerate(report.entries()):
            line = {"kind": entry.kind.value, "what": entry.what, "why": entry.why, "count": entry.count}
            _ = file.write((b",\n" if n else b"\n") + orjson.dumps(line))
        _ = file.write(b"\n]}\n")

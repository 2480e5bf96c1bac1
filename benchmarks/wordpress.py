"""What bringing in a large WordPress export takes: `python -m benchmarks.wordpress [--pages 200000] [--folder FOLDER]`.

The export is made by a script, always the same for a number of pages, and brought into SQLite by the command that people use, in a process
of its own, twice: the second run finds all of it here. Memory is that process's peak (VmHWM), so this runs on Linux.
"""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.importers.large import write_large
from tests.measured import Measured, measured

PAGES = 200_000


def measure(folder: Path, pages: int) -> tuple[int, list[Measured]]:
    """The size of the export in bytes, and what it took to bring it in: a first time, and again."""
    url = f"sqlite+aiosqlite:///{folder / 'pages.db'}"
    _ = measured("db", "upgrade", database_url=url)
    _ = measured("tenant", "create", "bakery", "--locale", "en", database_url=url)
    export = write_large(folder / "export.xml", pages)
    place = ["--tenant", "bakery", "--locale", "en", "--posts", "--report", str(folder / "report.json")]
    return export.stat().st_size, [measured("import", "wordpress", str(export), *place, database_url=url) for _ in "12"]


def main() -> None:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(description="Measure what a large WordPress export takes.")
    _ = parser.add_argument(
        "--pages", type=int, default=[PAGES], nargs="+", help="how many pages; several are told apart"
    )
    _ = parser.add_argument("--folder", type=Path, help="where the files are made; they need about 12 kB a page")
    given = parser.parse_args()
    table = Table("pages", "MB", "run", "seconds", "pages a second", "peak in MiB")
    for pages in given.pages:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            size, runs = measure(Path(folder), pages)
            for name, run in zip(("first", "again"), runs, strict=True):
                told = (f"{run.seconds:,.0f}", f"{pages / run.seconds:,.0f}", f"{run.peak_mib:,.0f}")
                table.add_row(f"{pages:,}", f"{size / 1e6:,.0f}", name, *told)
    Console().print(table)


if __name__ == "__main__":
    main()

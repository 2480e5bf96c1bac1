"""What bringing in a large WordPress export takes: `python -m benchmarks.wordpress [--pages 200000] [--folder FOLDER]`.

The export is made by a script, always the same for a number of pages, and brought into SQLite by the command that people use, in a process
of its own, twice: the second run finds all of it here. Memory is that process's peak (VmHWM), so this runs on Linux.
"""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console

from tests.importers.large import write_large
from tests.measured import measured

PAGES = 200_000


def main() -> None:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(description="Measure what a large WordPress export takes.")
    _ = parser.add_argument("--pages", type=int, default=[PAGES], nargs="+", help="how many, one size after the other")
    _ = parser.add_argument("--folder", type=Path, help="where the files are made; they need about 12 kB a page")
    given = parser.parse_args()
    for pages in given.pages:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            measure(Path(folder), pages)


def measure(folder: Path, pages: int) -> None:
    """Bring in an export of so many pages, and again, and tell what each took."""
    url = f"sqlite+aiosqlite:///{folder / 'pages.db'}"
    _ = measured("db", "upgrade", database_url=url)
    _ = measured("tenant", "create", "bakery", "--locale", "en", database_url=url)
    export = write_large(folder / "export.xml", pages)
    out.print(f"{pages:,} pages and posts, {export.stat().st_size / 1e6:,.0f} MB of XML:", highlight=False)
    place = ["--tenant", "bakery", "--locale", "en", "--posts", "--report", str(folder / "report.json")]
    for name in ("brought in", "brought in again"):
        run = measured("import", "wordpress", str(export), *place, database_url=url)
        out.print(
            f"  {name}: {run.seconds:,.0f} s ({run.cpu_seconds:,.0f} s of CPU), {pages / run.seconds:,.0f} pages a second, "
            f"peak {run.peak_mib:,.0f} MiB",
            highlight=False,
        )


out = Console(soft_wrap=True)

if __name__ == "__main__":
    main()

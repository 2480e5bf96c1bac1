"""Cost against size: `python -m benchmarks.sizes [--help]`.

How the rate of an operation changes with the number of pages, the items of a menu, the fields selected and the writes beside it, and how
much memory a process holds, idle and after many different queries.
"""

import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.content import ITEMS, PAGES
from benchmarks.curves import Curve, Ground, of_menus, of_pages, of_selections, of_writes
from benchmarks.databases import Kind, addresses
from benchmarks.memory import Held, held
from benchmarks.options import conditions, effort, numbers, parser, several
from benchmarks.rounds import Rounds, times
from benchmarks.svg import Bar, bars

TITLE = "Cost against size: answers a second, of those at the first size"
CURVES = ("pages", "menus", "selections", "writes", "memory")


def curves(ground: Ground, given: Namespace) -> Iterator[Curve]:
    """The curves that were asked for, but memory."""
    if "pages" in given.curves:
        yield from of_pages(ground, given.pages)
    if "menus" in given.curves:
        yield from of_menus(ground, given.items)
    if "selections" in given.curves:
        yield from of_selections(ground, given.asked)
    if "writes" in given.curves:
        yield from of_writes(ground, given.writes, given.asked)


def rows(curve: Curve) -> Iterator[tuple[str, ...]]:
    """For each size its rates, and how they compare with the first size's."""
    first = next(iter(curve.sizes.values()))
    for size, mine in curve.sizes.items():
        writes = median(one.writes for one in mine.measured)
        yield (
            f"{size} (reached: {writes:.0f})" if writes else size,
            mine.rate,
            f"{times(mine.rates, first.rates):.1%}",
            mine.cpu_rate,
            f"{times(mine.cpu_rates, first.cpu_rates):.1%}",
            f"{median(one.p99_ms for one in mine.measured):,.1f}",
        )


def drawing(curve: Curve) -> Iterator[Bar]:
    """A bar for each size."""
    first = next(iter(curve.sizes.values()))
    for size, mine in curve.sizes.items():
        share = times(mine.rates, first.rates)
        yield Bar(size, share, f"{median(mine.rates):,.0f} · {share:.1%}")


def table(kind: Kind, engine: str) -> Table:
    """An empty table for what is measured on a database."""
    made = Table("operation", "size", title=f"{kind}, {engine}: medians of rounds (least–most)")
    for column in ("answers a second", "of the first", "a CPU second", "of the first", "p99 ms"):
        made.add_column(column, justify="right", no_wrap=True)
    return made


def memory(kind: Kind, engine: str, looks: Sequence[Held]) -> Table:
    """A table of the memory that a process holds."""
    made = Table("different queries", "resident MiB", title=f"{kind}, {engine}: memory of a process")
    for look in looks:
        made.add_row(f"{look.queries:,}", f"{look.mib:,.0f}")
    return made


def options(arguments: Sequence[str] | None) -> Namespace:
    """What was asked for on the command line."""
    made = parser("sizes", "Cost against size, and the memory of a process.")
    several(made, "--curves", CURVES)
    _ = made.add_argument("--engine", choices=["core", "compiled"], default="compiled", help="(default: compiled)")
    sizes = {
        "--pages": ([1_000, 10_000, 100_000], "how many pages there are; 1,000,000 takes some 10 GB"),
        "--items": ([ITEMS, 500], "how many items menus have"),
        "--writes": ([0, 1, 10, 100], "how many writes a second go on beside reads"),
    }
    for name, (default, help) in sizes.items():
        _ = made.add_argument(name, type=numbers, default=default, help=f"{help} (default: {default})", metavar="N,N")
    asked = "how many pages are read in the curves of selections and writes"
    _ = made.add_argument("--asked", type=int, default=PAGES, help=f"{asked} (default: {PAGES})")
    queries = "how many different queries a process is asked (default: 20,000)"
    _ = made.add_argument("--queries", type=int, default=20_000, help=queries)
    return made.parse_args(arguments)


def measure(kind: Kind, given: Namespace, console: Console) -> Iterator[Curve]:
    """The curves on a database, told as they come."""
    told = table(kind, given.engine)
    with addresses(kind) as create, tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        progress = stack.enter_context(Progress(console=console, transient=True))
        task = progress.add_task(kind, total=None)
        ground = Ground(create, Path(name), stack, given.engine, effort(given), lambda: progress.advance(task))
        try:
            for curve in curves(ground, given):
                for number, row in enumerate(rows(curve)):
                    told.add_row("" if number else curve.name, *row)
                told.add_section()
                yield curve
        finally:
            if told.row_count:
                console.print(told)
        if "memory" in given.curves:
            console.print(memory(kind, given.engine, list(held(ground, given.queries))))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and tell."""
    given = options(arguments)
    console = Console(width=170)
    drawn: dict[str, list[Bar]] = {}
    seen: list[Rounds] = []
    for kind in given.databases:
        for curve in measure(kind, given, console):
            drawn[f"{kind}: {curve.name}"] = list(drawing(curve))
            seen += curve.sizes.values()
    note = conditions(given, [1], seen)
    if seen:
        console.print(note)
    if given.svg:
        given.svg.write_text(bars(TITLE, drawn, note))


if __name__ == "__main__":
    main()

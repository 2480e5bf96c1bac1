"""Requests a second, of the service as it is served: `python -m benchmarks.requests [--help]`.

Each question is asked of all variants in turn, round after round. Their answers are the same bytes, or nothing is told.
"""

import asyncio
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from uuid import UUID

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.bench import Bench, Results, prepared, published
from benchmarks.content import PAGES
from benchmarks.databases import Kind, address
from benchmarks.options import conditions, effort, numbers, parser, several
from benchmarks.questions import questions
from benchmarks.rounds import Rounds, times
from benchmarks.services import Services, Variant, has_cache
from benchmarks.svg import Bar, bars

TITLE = "Answers a second, and their share of the bare answer's"
UNCHANGED = "304"
"""The question whose asker has the answer already."""


def variants(given: Namespace) -> list[Variant]:
    """The bare answers, then every combination that was asked for, for each number of workers."""
    caches = [cache == "on" for cache in given.cache if cache == "off" or has_cache()] or [False]
    return [
        variant
        for workers in given.workers
        for variant in (
            Variant(workers=workers),
            Variant(workers=workers, is_ours=True),
            *(Variant(engine, cache, workers) for engine in given.engines for cache in caches),
        )
    ]


def measured_on(kind: Kind, given: Namespace, progress: Progress) -> Iterator[tuple[str, Results]]:
    """What came of each question on a database; SystemExit where fewer were published than answered for."""
    with address(kind) as url, tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        ids = asyncio.run(prepared(url, given.pages))
        services = Services(url, Path(name))
        running = {variant: stack.enter_context(services.started(variant)) for variant in variants(given)}
        bench = Bench(running, Path(name), services.token, effort(given))
        total = len(running) * (1 + given.rounds)
        for key, question in questions(ids).items():
            if key in given.queries:
                task = progress.add_task(f"{kind}: {question.name}", total=total)
                before = asyncio.run(published(url))
                results = bench.measure(question, lambda task=task: progress.advance(task))
                if key == "q5" and asyncio.run(published(url)) - before < _answers(results):
                    raise SystemExit("Fewer pages were published than answered for.")
                progress.remove_task(task)
                yield question.name, results
            if key == "q1" and UNCHANGED in given.queries and (results := bench.unchanged(question, lambda: None)):
                yield f"304 for {question.name}", results


def _answers(results: Results) -> int:
    return sum(one.answers for variant, rounds in results.items() for one in rounds.measured if not variant.is_bare)


def rows(results: Results) -> Iterator[tuple[str, ...]]:
    """For each variant its name, its rates, its slowest of a hundred, and how its rates compare with others'."""
    for variant, mine in results.items():
        bare, core = results[Variant(workers=variant.workers)], results.get(Variant("core", workers=variant.workers))
        is_compared = core is not None and not variant.is_bare
        yield (
            variant.name,
            mine.rate,
            f"{times(mine.rates, bare.rates):.1%}",
            f"{times(mine.rates, core.rates):.1f}" if core and is_compared else "",
            mine.cpu_rate,
            f"{times(mine.cpu_rates, bare.cpu_rates):.1%}",
            f"{times(mine.cpu_rates, core.cpu_rates):.1f}" if core and is_compared else "",
            f"{median(one.p99_ms for one in mine.measured):,.1f}",
        )


def drawing(results: Results) -> Iterator[Bar]:
    """A bar for each variant."""
    for variant, mine in results.items():
        share = times(mine.rates, results[Variant(workers=variant.workers)].rates)
        yield Bar(variant.name, share, f"{median(mine.rates):,.0f} · {share:.1%}")


def table(kind: Kind) -> Table:
    """An empty table for what is measured on a database."""
    made = Table("question", "variant", title=f"{kind}: medians of rounds (least–most)")
    for column in ("answers a second", "of bare", "x core", "a CPU second", "of bare", "x core", "p99 ms"):
        made.add_column(column, justify="right", no_wrap=True)
    return made


def options(arguments: Sequence[str] | None) -> Namespace:
    """What was asked for on the command line."""
    made = parser("requests", "Requests a second, of the service as it is served.")
    several(made, "--engines", ["core", "compiled"])
    several(made, "--cache", ["off", "on"])
    several(made, "--queries", [*questions([UUID(int=0)]), UNCHANGED])
    workers = "how many processes share the load, each number by itself (default: 1)"
    _ = made.add_argument("--workers", type=numbers, default=[1], help=workers, metavar="NUMBER,NUMBER")
    _ = made.add_argument("--pages", type=int, default=PAGES, help=f"how many pages there are (default: {PAGES})")
    return made.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and tell."""
    given = options(arguments)
    console = Console(width=170)
    drawn: dict[str, list[Bar]] = {}
    seen: list[Rounds] = []
    for kind in given.databases:
        told = table(kind)
        try:
            with Progress(console=console, transient=True) as progress:
                for question, results in measured_on(kind, given, progress):
                    seen += results.values()
                    for number, row in enumerate(rows(results)):
                        told.add_row("" if number else question, *row)
                    told.add_section()
                    drawn[f"{kind}: {question}"] = list(drawing(results))
        finally:
            console.print(told)
    note = f"{given.pages:,} pages, {conditions(given, given.workers, seen)}"
    console.print(note)
    if given.svg:
        given.svg.write_text(bars(TITLE, drawn, note))


if __name__ == "__main__":
    main()

"""Requests a second, of the service as it is served: `python -m benchmarks.requests [--help]`.

The variants are asked in turn, round after round, each question by itself, so that what else the machine does falls on all of them.
Their answers are the same bytes, or nothing is told.
"""

import asyncio
import os
import platform
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeAlias
from uuid import UUID

import orjson
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import func, select

from benchmarks import asking, deck
from benchmarks.content import PAGES, fill
from benchmarks.cores import shares
from benchmarks.databases import KINDS, Kind, address
from benchmarks.pressure import CONNECTIONS, Generator, Measured, generators, press
from benchmarks.questions import Question, questions
from benchmarks.services import Service, Services, Variant, has_cache
from benchmarks.svg import Bar, bars
from pages_graphql.pages.model import PagePublication
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database

ANSWERS_EACH = 10
"""How many answers a connection gets at least in a round: what is under way when a round ends is not counted."""
SECONDS_AT_MOST = 30

UNCHANGED = "304"
"""The question whose asker has the answer already."""

Running: TypeAlias = Mapping[Variant, Sequence[Service]]


@dataclass
class Rounds:
    """What a variant did in each round."""

    measured: list[Measured] = field(default_factory=list[Measured])

    @property
    def rates(self) -> list[float]:
        """Answers a second."""
        return [one.rate for one in self.measured]

    @property
    def cpu_rates(self) -> list[float]:
        """Answers in each second that the services had a core."""
        return [one.cpu_rate for one in self.measured]


def times(mine: Sequence[float], theirs: Sequence[float]) -> float:
    """How often it happened to one while it happened to another once: the median of the pairs."""
    return median(one / other for one, other in zip(mine, theirs, strict=True))


Results: TypeAlias = dict[Variant, Rounds]


async def prepared(url: str, pages: int) -> list[UUID]:
    """The ids of the pages of a new tenant in a new database."""
    await migrations.upgrade(url)
    database = Database(url)
    try:
        return (await fill(database, pages))[1]
    finally:
        await database.close()


async def published(url: str) -> int:
    """How often anything was published."""
    database = Database(url)
    try:
        async with database.connect() as connection:
            return await connection.scalar(select(func.count()).select_from(PagePublication)) or 0
    finally:
        await database.close()


def variants(given: Namespace) -> list[Variant]:
    """The bare answer, then every combination that was asked for, for each number of workers."""
    caches = [cache == "on" for cache in given.cache if cache == "off" or has_cache()] or [False]
    return [
        variant
        for workers in given.workers
        for variant in (
            Variant(workers=workers),
            *(Variant(engine, cache, workers) for engine in given.engines for cache in caches),
        )
    ]


class Bench:
    """Asks questions of services on one database."""

    def __init__(self, running: Running, folder: Path, token: str, given: Namespace) -> None:
        """Measure as the options say; decks are kept in `folder`."""
        self._running = running
        self._folder = folder
        self._token = token
        self._generator: Generator = given.generator
        self._seconds: float = given.seconds
        self._rounds: int = given.rounds

    def measure(self, name: str, question: Question, progress: Progress) -> Results:
        """What each variant makes of a question, in rounds; SystemExit where the answers differ."""
        requests = [asking.post(operation, self._token) for operation in question.operations]
        self._compare(question, requests[0])
        file = self._folder / name
        deck.write(file, requests)
        return self._in_turn(dict.fromkeys(self._running, file), question.name, progress)

    def unchanged(self, question: Question, progress: Progress) -> Results:
        """What the variants that give a tag make of a question whose answer the asker has."""
        operation = question.operations[0]
        files: dict[Variant, Path] = {}
        for variant, services in self._running.items():
            etag = None if variant.is_bare else asking.ask(services[0].port, asking.get(operation)).etag
            if variant.is_bare or (etag and asking.ask(services[0].port, asking.get(operation, etag)).status == 304):
                files[variant] = self._folder / f"{UNCHANGED}-{len(files)}"
                deck.write(files[variant], [asking.get(operation, etag)])
        return self._in_turn(files, f"304: {question.name}", progress) if len(files) > 1 else {}

    def _in_turn(self, files: Mapping[Variant, Path], name: str, progress: Progress) -> Results:
        task = progress.add_task(name, total=len(files) * (1 + self._rounds))
        results: Results = {variant: Rounds() for variant in files}
        lasting: dict[Variant, float] = {}
        for number in range(1 + self._rounds):
            for variant, file in files.items():
                seconds = lasting.get(variant, self._seconds)
                measured = press(self._generator, self._running[variant], file, seconds)
                if number == 0:
                    enough = ANSWERS_EACH * CONNECTIONS / max(measured.rate, 1)
                    lasting[variant] = min(max(self._seconds, enough), max(self._seconds, SECONDS_AT_MOST))
                else:
                    results[variant].measured.append(measured)
                progress.advance(task)
        progress.remove_task(task)
        return results

    def _compare(self, question: Question, request: bytes) -> None:
        answers = {
            variant: asking.ask(service.port, request)
            for variant, services in self._running.items()
            for service in services
            if not variant.is_bare
        }
        for variant, answer in answers.items():
            if answer.status != 200 or not _is_well(orjson.loads(answer.body)):
                raise SystemExit(f"{question.name}: {variant.name} answers {answer.status}, {answer.body[:500]!r}")
        if not question.writes and len({answer.body for answer in answers.values()}) > 1:
            raise SystemExit(f"{question.name}: the answers differ")


def _is_well(body: Mapping[str, Mapping[str, object]]) -> bool:
    """Whether an answer has what was asked for, and no problem with it."""
    values = body.get("data", {}).values()
    return "errors" not in body and all(
        value and not (isinstance(value, dict) and value.get("problems")) for value in values
    )


def measured_on(kind: Kind, given: Namespace, progress: Progress) -> Iterator[tuple[str, Results]]:
    """What came of each question on a database; SystemExit where fewer were published than answered."""
    with address(kind) as url, tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        ids = asyncio.run(prepared(url, given.pages))
        services = Services(url, Path(name))
        running = {variant: stack.enter_context(services.started(variant)) for variant in variants(given)}
        bench = Bench(running, Path(name), services.token, given)
        for key, question in questions(ids).items():
            if key in given.queries:
                before = asyncio.run(published(url))
                results = bench.measure(key, question, progress)
                if key == "q5" and asyncio.run(published(url)) - before < _answers(results):
                    raise SystemExit("fewer pages were published than answered for")
                yield question.name, results
            if key == "q1" and UNCHANGED in given.queries and (results := bench.unchanged(question, progress)):
                yield f"304: {question.name}", results


def _answers(results: Results) -> int:
    return sum(one.answers for variant, rounds in results.items() for one in rounds.measured if not variant.is_bare)


def rows(results: Results) -> Iterator[tuple[str, ...]]:
    """For each variant its name, its rate with the least and the most, its slowest of a hundred, and what it is of others' rates."""
    for variant, mine in results.items():
        bare, core = results[Variant(workers=variant.workers)], results.get(Variant("core", workers=variant.workers))
        yield (
            variant.name,
            f"{median(mine.rates):,.0f} ({min(mine.rates):,.0f}–{max(mine.rates):,.0f})",
            f"{median(one.p99_ms for one in mine.measured):,.1f}",
            f"{times(mine.rates, bare.rates):.1%}",
            f"{times(mine.rates, core.rates):.1f}" if core and not variant.is_bare else "",
            f"{median(mine.cpu_rates):,.0f}",
            f"{times(mine.cpu_rates, bare.cpu_rates):.1%}",
            f"{times(mine.cpu_rates, core.cpu_rates):.1f}" if core and not variant.is_bare else "",
        )


def table(kind: Kind) -> Table:
    """An empty table for what was measured on a database."""
    made = Table("question", "variant", title=f"{kind}: answers a second, medians of rounds (least–most)")
    for column in ("answers a second", "p99 ms", "of bare", "x core", "a CPU second", "of bare", "x core"):
        made.add_column(column, justify="right")
    return made


def conditions(given: Namespace, busiest: float) -> str:
    """Under which conditions was measured, and whether the load generator was the limit."""
    apart = all(shares(workers).are_apart for workers in given.workers)
    cores = "the services on cores of their own" if apart else "services and load generator on the same cores"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    generator = "wrk" if given.generator == "wrk" else "benchmarks.load"
    return (
        f"{given.pages:,} pages, {CONNECTIONS} connections, {given.rounds} rounds of {given.seconds:g} s or more; {python}, "
        f"{os.cpu_count()} cores, {cores}. Load by {generator}, which took {busiest:.0%} of a core at most: "
        f"{'it was NOT fast enough' if busiest > 0.9 else 'it was not the limit'}."
    )


def options(arguments: Sequence[str] | None) -> Namespace:
    """What was asked for on the command line."""
    every = [*questions([UUID(int=0)]), UNCHANGED]
    parser = ArgumentParser(
        prog="python -m benchmarks.requests", description="Requests a second, of the service as it is served."
    )

    def several(name: str, among: Sequence[str], default: Sequence[str] | None = None) -> None:
        default = default or among
        help = f"some of {','.join(among)}, separated by commas (default: {','.join(default)})"
        _ = parser.add_argument(name, type=lambda text: _chosen(text, among), default=list(default), help=help)

    several("--databases", KINDS)
    several("--engines", ["core", "compiled"])
    several("--cache", ["off", "on"])
    several("--queries", every)
    workers = "how many processes share the load (default: 1), several numbers separated by commas"
    _ = parser.add_argument(
        "--workers", type=lambda text: [int(part) for part in text.split(",")], default=[1], help=workers
    )
    _ = parser.add_argument("--seconds", type=float, default=2, help="how long a round lasts at least")
    _ = parser.add_argument("--rounds", type=int, default=5, help="how many rounds are counted; one more goes before")
    _ = parser.add_argument("--pages", type=int, default=PAGES, help="how many pages there are")
    _ = parser.add_argument("--generator", choices=generators(), default=generators()[0], help="what makes the load")
    _ = parser.add_argument("--svg", type=Path, help="a file to draw what was measured into")
    return parser.parse_args(arguments)


def _chosen(text: str, among: Sequence[str]) -> list[str]:
    named = [part.strip().lower() for part in text.split(",")]
    chosen = [name for name in among if name.lower() in named]
    if len(chosen) < len(named):
        raise ValueError(text)
    return chosen


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and tell."""
    given = options(arguments)
    console = Console(width=170)
    drawn: dict[str, list[Bar]] = {}
    busiest = 0.0
    for kind in given.databases:
        told = table(kind)
        with Progress(console=console, transient=True) as progress:
            for question, results in measured_on(kind, given, progress):
                busiest = max(busiest, *(one.generator for rounds in results.values() for one in rounds.measured))
                for number, row in enumerate(rows(results)):
                    told.add_row("" if number else question, *row)
                told.add_section()
                drawn[f"{kind}: {question}"] = [
                    Bar(
                        variant.name,
                        times(rounds.rates, results[Variant(workers=variant.workers)].rates),
                        f"{median(rounds.rates):,.0f}",
                    )
                    for variant, rounds in results.items()
                ]
        console.print(told)
    console.print(conditions(given, busiest))
    if given.svg:
        given.svg.write_text(
            bars("Answers a second, and the share of the bare answer", drawn, conditions(given, busiest))
        )


if __name__ == "__main__":
    main()

"""Load on services: wrk where it is on the PATH, else the generator that comes along."""

import math
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Literal, NamedTuple

import orjson

from benchmarks.cores import pinned, shares
from benchmarks.services import ROOT, Service

WRITERS = 8
"""On how many connections writes go on beside reads."""
BEFORE_S = 0.5
"""How long before the reads the writes begin, and how long after them they end at most."""
SCRIPT = Path(__file__).with_name("wrk.lua")

Generator = Literal["wrk", "own"]

_SALTS = count()
"""No two generators of a run write the same: what is written again is no change, and its publication nothing new."""


@dataclass(frozen=True)
class Measured:
    """What came of a load.

    Answers a second, and in each second that the services had a core; the slowest of a hundred in milliseconds; the part of a core that the
    generator took; and the writes a second that went on beside it.
    """

    rate: float
    cpu_rate: float
    answers: int
    p99_ms: float
    generator: float
    writes: float = 0


def generators() -> list[Generator]:
    """Those that are here, the best first."""
    return ["wrk", "own"] if shutil.which("wrk") else ["own"]


class Effort(NamedTuple):
    """How is measured: by which generator, on how many connections, in how many rounds, of how many seconds at least."""

    generator: Generator
    connections: int
    rounds: int
    seconds: float


def press(effort: Effort, services: Sequence[Service], deck: Path, seconds: float) -> Measured:
    """Ask all services at once, each on its share of the connections; SystemExit where an answer is none."""
    each = max(effort.connections // len(services), 1)
    before, started = _children_s(), perf_counter()
    worked = sum(service.busy_s() for service in services)
    with pinned(shares(len(services)).others):
        asking = [
            subprocess.Popen(  # noqa: S603 -- wrk, or our own module
                _command(effort.generator, service, deck, each, seconds, at / len(services)),
                cwd=ROOT,
                stdout=subprocess.PIPE,
            )
            for at, service in enumerate(services)
        ]
    told = [orjson.loads(process.communicate()[0].strip().rpartition(b"\n")[2]) for process in asking]
    busy = (_children_s() - before) / (perf_counter() - started) / len(services)
    for service in services:
        service.settle()
    if failures := sum(one["failures"] for one in told):
        raise SystemExit(f"{failures} requests of {deck.stem} failed")
    worked = max(sum(service.busy_s() for service in services) - worked, 0.01)
    rate, answers = sum(one["answers"] / one["seconds"] for one in told), sum(one["answers"] for one in told)
    return Measured(rate, answers / worked, answers, max(one["p99"] for one in told), busy)


@dataclass(frozen=True)
class Beside:
    """Writes that go on at a rate while others read, on a service that they do not ask."""

    service: Service
    deck: Path
    rate: int

    def during(self, seconds: float, act: Callable[[], Measured]) -> Measured:
        """What comes of it while there are writes, with the rate of writes that was reached."""
        if not self.rate:
            return act()
        rate = ["--rate", str(self.rate)]
        with pinned(shares(1).others):
            command = [*_own(self.service, self.deck, WRITERS, seconds + BEFORE_S, 0), *rate]
            writing = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603 -- our own module
        time.sleep(BEFORE_S)
        measured = act()
        told = orjson.loads(writing.communicate()[0])
        self.service.settle()
        return replace(measured, writes=told["answers"] / told["seconds"])


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _command(
    generator: Generator, service: Service, deck: Path, connections: int, seconds: float, start: float
) -> list[str]:
    if generator == "own":
        return _own(service, deck, connections, seconds, start)
    load = ["-t1", f"-c{connections}", f"-d{math.ceil(seconds)}s", "--timeout", "60s", "-s", str(SCRIPT)]
    return ["wrk", *load, f"http://127.0.0.1:{service.port}/graphql", "--", str(deck), _salt(), str(start)]


def _own(service: Service, deck: Path, connections: int, seconds: float, start: float) -> list[str]:
    load = ["--connections", str(connections), "--seconds", str(seconds), "--salt", _salt(), "--start", str(start)]
    return [sys.executable, "-m", "benchmarks.load", str(service.port), str(deck), *load]


def _salt() -> str:
    return f"{next(_SALTS) % 10_000:04}"

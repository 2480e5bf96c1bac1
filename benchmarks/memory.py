"""The memory of a process, idle and after many different queries."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks import asking
from benchmarks.bench import check, prepared
from benchmarks.curves import Ground
from benchmarks.questions import different

PAGES = 100


class Held(NamedTuple):
    """How many MiB a process held after so many different queries."""

    queries: int
    mib: float


def held(ground: Ground, queries: int) -> Iterator[Held]:
    """The memory of a process when it has started, and on the way to so many different queries."""
    url = ground.create("memory")
    _ = asyncio.run(prepared(url, PAGES))
    service = ground.service(ground.services(url), with_cache=True)
    service.settle()
    yield Held(0, service.resident_mib())
    looks = {1, *(queries // part for part in (20, 4, 2, 1))}
    for number in range(1, queries + 1):
        _ = check("The service", asking.ask(service.port, asking.post(different(number), "")))
        if number in looks:
            yield Held(number, service.resident_mib())

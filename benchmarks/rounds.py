"""Loads that are compared: each in turn, round after round, so that what else the machine does falls on all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from benchmarks.pressure import Beside, Effort, Measured, press
from benchmarks.services import Service

ANSWERS_EACH = 10
"""How many answers a connection gets at least in a round: what is under way when a round ends is not counted."""
SECONDS_AT_MOST = 30

K = TypeVar("K")


class Load(NamedTuple):
    """Who is asked, and what: the file of a deck; and what is written meanwhile."""

    services: Sequence[Service]
    deck: Path
    beside: Beside | None = None


@dataclass
class Rounds:
    """What came of a load in each round."""

    measured: list[Measured] = field(default_factory=list[Measured])

    @property
    def rates(self) -> list[float]:
        """Answers a second."""
        return [one.rate for one in self.measured]

    @property
    def cpu_rates(self) -> list[float]:
        """Answers in each second that the services had a core."""
        return [one.cpu_rate for one in self.measured]

    @property
    def rate(self) -> str:
        """The median of the rates, with the least and the most."""
        return f"{median(self.rates):,.0f} ({min(self.rates):,.0f}–{max(self.rates):,.0f})"

    @property
    def cpu_rate(self) -> str:
        """The median of the answers in each second that the services had a core."""
        return f"{median(self.cpu_rates):,.0f}"


def times(mine: Sequence[float], theirs: Sequence[float]) -> float:
    """How often it happened to one while it happened to another once: the median of the pairs."""
    return median(one / other for one, other in zip(mine, theirs, strict=True))


def in_turn(loads: Mapping[K, Load], effort: Effort, advance: Callable[[], object]) -> dict[K, Rounds]:
    """What came of each load; a round that is not counted goes first, and says how long the others must be."""
    results = {key: Rounds() for key in loads}
    seconds: dict[K, float] = {}
    for key, load in loads.items():
        rate = _answered(effort, load, effort.seconds).rate
        enough = min(ANSWERS_EACH * effort.connections / rate, SECONDS_AT_MOST)
        seconds[key] = max(effort.seconds, enough)
        _ = advance()
    for _ in range(effort.rounds):
        for key, load in loads.items():
            results[key].measured.append(_answered(effort, load, seconds[key]))
            _ = advance()
    return results


def _answered(effort: Effort, load: Load, seconds: float) -> Measured:
    """What came of a load in a round; it lasts longer where nothing is answered sooner."""

    def act() -> Measured:
        return press(effort, load.services, load.deck, seconds)

    measured = load.beside.during(seconds, act) if load.beside else act()
    return measured if measured.answers else _answered(effort, load, seconds * 4)

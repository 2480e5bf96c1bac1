"""What both commands can be told, and what they say of how they measured."""

import os
import platform
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.cores import shares
from benchmarks.databases import KINDS
from benchmarks.pressure import Effort, generators
from benchmarks.rounds import Rounds

TOO_BUSY = 0.9
"""The share of a core from which on the load generator may be what limits."""


def parser(name: str, description: str) -> ArgumentParser:
    """The options that both have."""
    made = ArgumentParser(prog=f"python -m benchmarks.{name}", description=description)
    several(made, "--databases", KINDS)
    _ = made.add_argument("--seconds", type=float, default=2, help="how long a round lasts at least (default: 2)")
    _ = made.add_argument("--rounds", type=int, default=5, help="how many are counted; one goes before (default: 5)")
    _ = made.add_argument("--connections", type=int, default=32, help="how many are open at once (default: 32)")
    _ = made.add_argument("--generator", choices=generators(), default=generators()[0], help="what makes the load")
    _ = made.add_argument("--svg", type=Path, help="a file to draw what was measured into")
    return made


def several(made: ArgumentParser, name: str, among: Sequence[str]) -> None:
    """An option that takes some of these names, and means all where it is left out."""
    help = f"some of {','.join(among)} (default: all)"
    _ = made.add_argument(name, type=_some(among), default=list(among), help=help, metavar="NAME,NAME")


def numbers(text: str) -> list[int]:
    """Whole numbers with commas between them."""
    return [int(part) for part in text.replace("_", "").split(",")]


def effort(given: Namespace) -> Effort:
    """How the options want it measured."""
    return Effort(given.generator, given.connections, given.rounds, given.seconds)


def conditions(given: Namespace, workers: Iterable[int], rounds: Iterable[Rounds]) -> str:
    """Under which conditions was measured, and whether the load generator was the limit."""
    apart = all(shares(number).are_apart for number in workers)
    cores = "services on cores of their own" if apart else "services and load generator on the same cores"
    python = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    generator = "wrk" if given.generator == "wrk" else "benchmarks.load"
    busiest = max((one.generator for each in rounds for one in each.measured), default=0)
    limit = "it may have been the limit" if busiest > TOO_BUSY else "it was not the limit"
    return (
        f"{given.connections} connections, {given.rounds} rounds of {given.seconds:g} s or more; {python}, {os.cpu_count()} cores, "
        f"{cores}. The load came from {generator}, which took {busiest:.0%} of a core at most: {limit}."
    )


def _some(among: Sequence[str]) -> Callable[[str], list[str]]:
    def chosen(text: str) -> list[str]:
        named = {part.strip().lower() for part in text.split(",")}
        if unknown := named - {name.lower() for name in among}:
            raise ArgumentTypeError(f"{', '.join(sorted(unknown))}: it takes {', '.join(among)}")
        return [name for name in among if name.lower() in named]

    return chosen

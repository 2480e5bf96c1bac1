"""A load generator for machines without wrk: `python -m benchmarks.load PORT DECK --connections 32 --seconds 2`.

It sends the requests of a deck in turn, on connections that are kept, as fast as they are answered or at a rate, and prints as JSON how
many were.
"""

import asyncio
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from types import ModuleType
from typing import cast

import orjson

from benchmarks import deck

_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_WELL = {b"200", b"304"}


@dataclass
class Tally:
    """What came back."""

    latencies: list[float] = field(default_factory=list[float])
    failures: int = 0
    is_over: bool = False


class Connection(asyncio.Protocol):
    """One connection: sends a request, waits for the whole answer, sends the next."""

    def __init__(self, requests: Iterator[bytes], tally: Tally, pause: float, wait: float) -> None:
        """Take requests where the others take them; begin after `wait` seconds, and one every `pause` at most."""
        self._requests = requests
        self._tally = tally
        self._pause = pause
        self._wait = wait
        self._head = b""
        self._rest = 0
        self._sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        _ = asyncio.get_running_loop().call_later(self._wait, self._send)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count a connection that the service has closed."""
        if not self._tally.is_over:
            self._tally.failures += 1

    def data_received(self, data: bytes) -> None:
        """Count an answer that is there with all its bytes."""
        if self._rest:
            self._rest -= len(data)
        else:
            self._head += data
            end = self._head.find(_END)
            if end < 0:
                return
            length = _LENGTH.search(self._head, 0, end)
            self._rest = end + len(_END) + (int(length[1]) if length else 0) - len(self._head)
            if self._head[9:12] not in _WELL:
                self._tally.failures += 1
            self._head = b""
        if self._rest == 0 and not self._tally.is_over:
            took = perf_counter() - self._sent
            self._tally.latencies.append(took)
            if took < self._pause:
                _ = asyncio.get_running_loop().call_later(self._pause - took, self._send)
            else:
                self._send()

    def _send(self) -> None:
        if self._transport.is_closing():
            return
        self._sent = perf_counter()
        self._transport.write(next(self._requests))


def in_turn(requests: list[bytes], salt: str, start: float) -> Iterator[bytes]:
    """The requests from a part of the deck on, without end; stamps are written anew."""
    stamp, numbers = deck.STAMP.encode(), count(1)
    cut = [request.split(stamp) for request in requests]
    at = int(len(cut) * start)
    while True:
        for head, *tail in cut[at:]:
            yield head if not tail else b"%s%s%08d%s" % (head, salt.encode(), next(numbers), tail[0])
        at = 0


async def press(given: Namespace) -> dict[str, float]:
    """Ask for some seconds on so many connections; what came of it."""
    requests = in_turn(deck.read(given.deck), given.salt, given.start)
    pause = given.connections / given.rate if given.rate else 0
    fractions = [at / given.connections for at in range(given.connections)]
    tally = Tally()
    loop = asyncio.get_running_loop()
    started = perf_counter()
    made = [
        (
            await loop.create_connection(
                partial(Connection, requests, tally, pause, pause * at), "127.0.0.1", given.port
            )
        )[0]
        for at in fractions
    ]
    await asyncio.sleep(given.seconds)
    tally.is_over = True
    took = perf_counter() - started
    for transport in made:
        transport.close()
    slow = quantiles(tally.latencies, n=100)[-1] if len(tally.latencies) > 1 else 0.0
    return {"answers": len(tally.latencies), "failures": tally.failures, "seconds": took, "p99": slow * 1_000}


def main() -> None:
    """Press, and tell."""
    parser = ArgumentParser(prog="python -m benchmarks.load")
    _ = parser.add_argument("port", type=int)
    _ = parser.add_argument("deck", type=Path)
    _ = parser.add_argument("--connections", type=int, default=32)
    _ = parser.add_argument("--seconds", type=float, default=2)
    _ = parser.add_argument("--salt", default="0000", help="four characters that no other load generator has")
    _ = parser.add_argument("--start", type=float, default=0, help="the part of the deck that is left out at first")
    _ = parser.add_argument("--rate", type=float, default=0, help="requests a second at most; 0: as many as can be")
    given = parser.parse_args()
    uvloop: ModuleType | None = import_module("uvloop") if find_spec("uvloop") else None
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if uvloop else None) as runner:
        told = runner.run(press(given))
    _ = sys.stdout.write(orjson.dumps(told).decode())


if __name__ == "__main__":
    main()

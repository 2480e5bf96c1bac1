"""The lines in the log of requests that were answered from the cache: written together, for each costs less so."""

import asyncio
import secrets
from datetime import datetime
from time import monotonic

from pages_graphql.api.answers.kept import Kept
from pages_graphql.api.logs import is_logged, write_lines
from pages_graphql.api.traces import trace_id
from pages_graphql.storage.clock import now

LATER_S = 0.05
"""Seconds after which a line is written at the latest."""

_Hit = tuple[datetime, Kept, str, int, float, bytes | None]


class HitLog:
    """Remembers hits for a moment, then writes their lines."""

    def __init__(self, path: str) -> None:
        """Have nothing to write yet; all hits are of one path."""
        self._path = path
        self._waiting: list[_Hit] = []

    def note(self, kept: Kept, method: str, status: int, started: float, traceparent: bytes | None) -> None:
        """Write a line, soon, of a request that came at a moment of the monotonic clock; none where nobody wants any."""
        if not is_logged():
            return
        if not self._waiting:
            _ = asyncio.get_running_loop().call_later(LATER_S, self._write)
        self._waiting.append((now(), kept, method, status, monotonic() - started, traceparent))

    def _write(self) -> None:
        hits, self._waiting = self._waiting, []
        fresh = secrets.token_hex(16 * len(hits))
        ids = [fresh[32 * n : 32 * n + 32] for n in range(len(hits))]
        write_lines([self._line(hit, id) for hit, id in zip(hits, ids, strict=True)])

    def _line(self, hit: _Hit, fresh_id: str) -> dict[str, object]:
        moment, kept, method, status, seconds, traceparent = hit
        return {
            "method": method,
            "path": self._path,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "trace_id": (traceparent and trace_id(traceparent.decode("latin-1"))) or fresh_id,
            "tenant": kept.tenant,
            "operation": kept.operation,
            "kind": "query",
            "cache": "hit",
            "event": "request",
            "timestamp": moment,
        }

"""The lines in the log of requests that were answered from the cache: written together, for each costs less so."""

import asyncio
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from time import monotonic

from pages_graphql.api.answers.kept import Kept
from pages_graphql.api.logs import LATER_S, is_logged, json_lines, log_request
from pages_graphql.api.traces import trace_id
from pages_graphql.storage.clock import now

_Hit = tuple[Kept, str, int, float, float, bytes | None]


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
        self._waiting.append((kept, method, status, started, monotonic(), traceparent))

    def _write(self) -> None:
        hits, self._waiting = self._waiting, []
        fresh = secrets.token_hex(16 * len(hits))
        given = [trace_id(hit[5].decode("latin-1")) if hit[5] else None for hit in hits]
        ids = [id or fresh[32 * n : 32 * n + 32] for n, id in enumerate(given)]
        if lines := json_lines():
            since = now().timestamp() - monotonic()
            lines.write("".join(self._text(hit, id, since) for hit, id in zip(hits, ids, strict=True)))
            return
        for (kept, method, status, started, ended, _), id in zip(hits, ids, strict=True):
            timed = {"status": status, "ms": round((ended - started) * 1000, 2), "trace_id": id}
            log_request(method=method, path=self._path, **timed, **kept.facts)

    def _text(self, hit: _Hit, id: str, since: float) -> str:
        """The line as JSON; `since` is when the monotonic clock began."""
        kept, method, status, started, ended, _ = hit
        moment = started + since
        return (
            f'{{"method":"{method}","path":"{self._path}","status":{status},"ms":{(ended - started) * 1000:.2f},'
            f'"trace_id":"{id}","timestamp":"{_second(int(moment))}.{int(moment % 1 * 1e6):06}Z",{kept.line}\n'
        )


@lru_cache(maxsize=8)
def _second(moment: int) -> str:
    """The time to the second, as ISO 8601 writes it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")

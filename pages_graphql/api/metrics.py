"""Numbers for Prometheus."""

import hmac
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from pages_graphql.api.answers.cache import AnswerCache
from pages_graphql.core.errors import ProblemKind, RequestError

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class _OfAnswers(Collector):
    """What a cache of answers counted, read off when somebody looks: a hit has no time for more."""

    def __init__(self, cache: AnswerCache) -> None:
        self._cache = cache

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        cache = self._cache
        counts = {
            "hit": cache.hits,
            "unmodified": cache.unmodified,
            "miss": cache.misses,
            "stored": cache.stored,
            "dropped": cache.dropped,
            "evicted": cache.evicted,
        }
        events = CounterMetricFamily("pages_answers", "What became of answers that may be kept.", labels=["event"])
        for event, count in counts.items():
            events.add_metric([event], count)
        yield events
        yield GaugeMetricFamily("pages_answers_kept", "Answers that are kept.", len(cache))
        yield GaugeMetricFamily("pages_answers_kept_bytes", "Bytes that kept answers take.", cache.bytes)


@dataclass
class _Durations:
    """How long some requests took: how many fell into each bucket, and the sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(_BUCKETS) + 1))
    seconds: float = 0.0

    @property
    def buckets(self) -> list[tuple[str, float]]:
        """How many took at most so long, as Prometheus counts them."""
        bounds = [*map(str, _BUCKETS), "+Inf"]
        return list(zip(bounds, accumulate(map(float, self.counts)), strict=True))


class Metrics(Collector):
    """What one process counts, in plain numbers that are told when somebody looks: a request has no time for more."""

    def __init__(self) -> None:
        """Begin at nought, in a registry of our own."""
        self.registry = CollectorRegistry()
        self._backlog = Gauge("pages_outbox_backlog", "Events that wait in the outbox.", registry=self.registry)
        self._requests: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._executions: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._errors: defaultdict[tuple[str], int] = defaultdict(int)
        self._durations: defaultdict[str, _Durations] = defaultdict(_Durations)
        self.registry.register(self)

    def watch(self, cache: AnswerCache) -> None:
        """Tell what a cache of answers counts."""
        self.registry.register(_OfAnswers(cache))

    def observe(self, operation: str, status: int, seconds: float, codes: Iterable[str]) -> None:
        """Count one request and its errors."""
        self._requests[operation, str(status)] += 1
        taken = self._durations[operation]
        taken.counts[bisect_left(_BUCKETS, seconds)] += 1
        taken.seconds += seconds
        for code in codes:
            self._errors[(code,)] += 1

    def executed(self, reason: str) -> None:
        """Count one execution: as compiled where there is no reason, else on graphql-core."""
        self._executions["core" if reason else "compiled", reason] += 1

    def collect(self) -> Iterator[CounterMetricFamily | HistogramMetricFamily]:
        """All that was counted."""
        reason = "Operations by what executed them; the reason says why graphql-core did."
        yield _family(
            "pages_requests", "GraphQL requests by operation and HTTP status.", self._requests, "operation", "status"
        )
        yield _family("pages_executions", reason, self._executions, "executor", "reason")
        yield _family("pages_errors", "Errors by code.", self._errors, "code")
        took = "How long GraphQL requests took that were not answered from the cache."
        histogram = HistogramMetricFamily("pages_request_duration_seconds", took, labels=["operation"])
        for operation, taken in self._durations.items():
            histogram.add_metric([operation], taken.buckets, taken.seconds)
        yield histogram

    def exposition(self, backlog: int) -> bytes:
        """All numbers in Prometheus' text format."""
        self._backlog.set(backlog)
        return generate_latest(self.registry)


def _family(name: str, says: str, counts: Mapping[tuple[str, ...], int], *labels: str) -> CounterMetricFamily:
    family = CounterMetricFamily(name, says, labels=labels)
    for values, count in counts.items():
        family.add_metric(values, count)
    return family


def metrics_endpoint(
    metrics: Metrics, backlog: Callable[[], Awaitable[int]], *, is_open: bool, token: str | None
) -> Callable[[Request], Awaitable[Response]]:
    """GET /metrics: for everyone where it is open, else for who has the token."""

    async def endpoint(request: Request) -> Response:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        knows = token is not None and hmac.compare_digest(given.strip().encode(), token.encode())
        if not is_open and not (scheme.lower() == "bearer" and knows):
            raise RequestError("UNAUTHENTICATED", "The metrics need their bearer token.", ProblemKind.FORBIDDEN, 401)
        return Response(metrics.exposition(await backlog()), media_type=CONTENT_TYPE_LATEST)

    return endpoint

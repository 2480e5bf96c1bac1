"""Numbers for Prometheus."""

import hmac
from collections.abc import Awaitable, Callable, Iterable, Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
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


class Metrics:
    """What one process counts."""

    def __init__(self) -> None:
        """Begin at nought, in a registry of our own."""
        self.registry = CollectorRegistry()
        self._executed: dict[str, Counter] = {}
        self._found: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self._requests = Counter(
            "pages_requests",
            "GraphQL requests by operation and HTTP status.",
            ["operation", "status"],
            registry=self.registry,
        )
        self._executions = Counter(
            "pages_executions",
            "Operations by what executed them; the reason says why graphql-core did.",
            ["executor", "reason"],
            registry=self.registry,
        )
        self._errors = Counter("pages_errors", "Errors by code.", ["code"], registry=self.registry)
        self._seconds = Histogram(
            "pages_request_duration_seconds",
            "How long GraphQL requests took that were not answered from the cache.",
            ["operation"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._backlog = Gauge("pages_outbox_backlog", "Events that wait in the outbox.", registry=self.registry)

    def watch(self, cache: AnswerCache) -> None:
        """Tell what a cache of answers counts."""
        self.registry.register(_OfAnswers(cache))

    def observe(self, operation: str, status: int, seconds: float, codes: Iterable[str]) -> None:
        """Count one request and its errors."""
        requests, taken = self._counted(operation, status)
        requests.inc()
        taken.observe(seconds)
        for code in codes:
            self._errors.labels(code).inc()

    def _counted(self, operation: str, status: int) -> tuple[Counter, Histogram]:
        """The numbers of an operation and a status: looking them up by their labels takes longer than counting."""
        found = self._found.get((operation, status))
        if found is None:
            found = self._requests.labels(operation, str(status)), self._seconds.labels(operation)
            self._found[operation, status] = found
        return found

    def executed(self, reason: str) -> None:
        """Count one execution: as compiled where there is no reason, else on graphql-core."""
        counter = self._executed.get(reason)
        if counter is None:
            counter = self._executed[reason] = self._executions.labels("core" if reason else "compiled", reason)
        counter.inc()

    def exposition(self, backlog: int) -> bytes:
        """All numbers in Prometheus' text format."""
        self._backlog.set(backlog)
        return generate_latest(self.registry)


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

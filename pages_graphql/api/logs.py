"""Structured logs: one line for each request, with its trace; never content, tokens, variables or documents."""

import asyncio
import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from contextvars import ContextVar
from time import perf_counter
from typing import TextIO

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, Processor, WrappedLogger

from pages_graphql.api.errors import internal
from pages_graphql.api.json import dumps
from pages_graphql.api.requests import header, request_headers
from pages_graphql.api.traces import TRACE, trace_of
from pages_graphql.storage.clock import now

_QUIET = ("/health", "/metrics")
_LONGEST = 200  # characters of an exception's message

LOGGER = __name__
"""Who writes the lines of requests."""

LATER_S = 0.05
"""Seconds after which the line of a request is written at the latest: a line by itself costs a system call."""

FACTS: ContextVar[dict[str, object] | None] = ContextVar("facts", default=None)
"""What is known of the request being answered: all its lines say it."""

_log = structlog.stdlib.get_logger(LOGGER)
_plain = logging.getLogger(LOGGER)


def is_logged() -> bool:
    """Whether requests get their line."""
    return _plain.isEnabledFor(logging.INFO)


def note(**facts: object) -> None:
    """Let all further lines of the request being answered say so."""
    if (known := FACTS.get()) is not None:
        known.update(facts)


def _with_facts(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {**(FACTS.get() or {}), **event}


class JsonHandler(logging.StreamHandler[TextIO]):
    """Writes lines of JSON, which others may have made: in the order in which they came, the many of requests together."""

    def __init__(self) -> None:
        """Have nothing to write yet."""
        super().__init__()
        self._waiting: list[str] = []

    def write_soon(self, line: str) -> None:
        """Let a whole line wait for others, for a moment of the event loop that runs."""
        with self.lock or nullcontext():
            if not self._waiting:
                _ = asyncio.get_running_loop().call_later(LATER_S, self.flush)
            self._waiting.append(line)

    def write(self, lines: str) -> None:
        """Write whole lines now."""
        with self.lock or nullcontext():
            self._waiting.append(lines)
            self.flush()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, after what waits."""
        self.flush()
        super().emit(record)

    def flush(self) -> None:
        """Write what waits."""
        with self.lock or nullcontext():
            waiting, self._waiting = self._waiting, []
            if waiting:
                _ = self.stream.write("".join(waiting))
            super().flush()


def json_lines() -> JsonHandler | None:
    """Where lines of JSON go, past structlog, which takes a tenth of a millisecond for each; None where none do."""
    handlers = logging.getLogger().handlers
    return handlers[0] if len(handlers) == 1 and isinstance(handlers[0], JsonHandler) else None


def log_request(**facts: object) -> None:
    """Write the line of a request."""
    _log.info("request", **facts)


def configure_logs(level: str, *, as_json: bool) -> None:
    """Send our logs, and those of the libraries, to standard error in one form."""
    shared: list[Processor] = [
        _with_facts,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        explain,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    handler = JsonHandler() if as_json else logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it says hello at each look at a database


def explain(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Write an exception out whole, but of each message the first line: the next ones quote what was being written."""
    match event.pop("exc_info", None):
        case BaseException() as error:
            pass
        case (_, BaseException() as error, _):
            pass
        case given:
            error = sys.exception() if given else None
    if error is not None:
        event["exception"] = "\n".join(_lines(error))
    return event


def _lines(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _lines(cause)
        yield "which led to:"
    for line in traceback.format_tb(error.__traceback__):
        yield line.rstrip()
    message = str(error).partition("\n")[0][:_LONGEST]
    yield f"{type(error).__qualname__}: {message}"


class RequestLog:
    """Gives each request its trace, writes its line, and answers for what went wrong beneath."""

    def __init__(self, app: ASGIApp) -> None:
        """Watch an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and say so."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace = trace_of(header(request_headers(scope), b"traceparent"))
        _ = TRACE.set(trace)
        _ = FACTS.set({"trace_id": trace.id})
        exchange = _Exchange(send)
        try:
            await self._app(scope, receive, exchange.send)
        except ClientDisconnect:
            _log.debug("the caller went away")
        except Exception:  # noqa: BLE001 -- the last one who can say what happened
            _log.exception("request failed")
            await exchange.fail()
        facts = {
            "method": scope["method"],
            "path": scope["path"],
            "status": exchange.status,
            "ms": exchange.milliseconds,
        }
        if scope["path"].startswith(_QUIET):
            _log.debug("request", **facts)
        elif is_logged():
            _write(facts)


def _write(facts: Mapping[str, object]) -> None:
    """Write the line of a request with what was bound to it."""
    lines = json_lines()
    if lines is None:
        log_request(**facts)
        return
    moment = now().isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
    said = {**facts, "event": "request", **(FACTS.get() or {})}
    named = {"level": "info", "logger": LOGGER, "timestamp": moment}
    lines.write_soon(dumps({**said, **named}).decode() + "\n")


class _Exchange:
    """One answer on its way out."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = perf_counter()
        self.status = 0

    @property
    def milliseconds(self) -> float:
        return round((perf_counter() - self._started) * 1000, 2)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)

    async def fail(self) -> None:
        """Answer in JSON where nothing was answered yet."""
        if self.status:
            return
        headers = [(b"content-type", b"application/json")]
        await self.send({"type": "http.response.start", "status": 500, "headers": headers})
        await self.send({"type": "http.response.body", "body": dumps({"errors": [internal()]})})

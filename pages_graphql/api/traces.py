"""Which request something belongs to: W3C Trace Context."""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?P<id>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?:-.*)?"
)


@dataclass(frozen=True)
class Trace:
    """A trace's id, and the traceparent that what we cause shall carry."""

    id: str
    parent: str


NO_TRACE = Trace("", "")

TRACE: ContextVar[Trace] = ContextVar("trace", default=NO_TRACE)
"""The trace of the request being answered."""


def trace_id(traceparent: str) -> str | None:
    """The id of the trace that a request's header names; None where it names none."""
    found = _TRACEPARENT.fullmatch(traceparent.strip())
    return found["id"] if found and int(found["id"], 16) and int(found["span"], 16) else None


def trace_of(traceparent: str) -> Trace:
    """The trace that a request's header names, else a new one; the span is new in any case."""
    fresh = secrets.token_hex(24)
    trace, span = fresh[:32], fresh[32:]
    found = _TRACEPARENT.fullmatch(traceparent.strip()) if traceparent else None
    if found is None or not int(found["id"], 16) or not int(found["span"], 16):
        return Trace(trace, f"00-{trace}-{span}-00")
    return Trace(found["id"], f"00-{found['id']}-{span}-{found['flags']}")

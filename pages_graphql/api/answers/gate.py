"""The way in: who asks what was asked before is answered here; all others go on, one for all who ask the same."""

from collections.abc import Mapping
from time import monotonic
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages_graphql.api.answers.cache import Key, Making
from pages_graphql.api.answers.doors import said_by
from pages_graphql.api.answers.kept import NO_BODY, Kept
from pages_graphql.api.answers.lookup import MOST_QUESTION_BYTES, Lookup, asked

MAKING: Final = "pages_graphql.making"
"""Where a request's scope says that its answer may be kept."""

KEPT: Final = "pages_graphql.kept"
"""Where a request's scope holds the answer that was kept."""


class AnswerGate:
    """Answers what is kept; what is not is made by the application beneath."""

    def __init__(self, app: ASGIApp, lookup: Lookup) -> None:
        """Stand before an application."""
        self._app, self._lookup = app, lookup
        self._cache, self._doors = lookup.cache, lookup.doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http" or scope["path"] != self._lookup.path:
            await self._app(scope, receive, send)
            return
        now = monotonic()
        headers = scope["headers"]
        given: dict[bytes, bytes] = dict(headers)
        space = None
        if len(given) == len(headers):  # of a header that is given twice, who knows which one counts
            space = await self._doors.of(said_by(scope["method"], given), scope["method"], given, now)
        if space is None:
            await self._app(scope, receive, send)
            return
        heard: list[Message] = []
        question = await _question(scope, receive, heard)
        if question is None:
            await self._app(scope, _again(heard, receive), send)
            return
        key = space, question
        kept = self._cache.find(key, now) or await self._awaited(key)
        if kept is None:
            await self._make(key, scope, _again(heard, receive), send)
        elif self._lookup.is_open_to(given):
            is_whole = self._lookup.answered(kept, scope, given, now)
            await send(kept.start if is_whole else kept.unmodified)
            await send(kept.end if is_whole else NO_BODY)
        else:
            await self._app({**scope, KEPT: kept}, _again(heard, receive), send)

    async def _awaited(self, key: Key) -> Kept | None:
        """The answer that another request is making; None where there is none, or it is fit for that one only."""
        making = self._cache.flight(key)
        if making is None:
            return None
        _ = await making.done.wait()
        return self._cache.find(key, monotonic())

    async def _make(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        making = self._cache.begin(key)
        try:
            await self._app({**scope, MAKING: making}, receive, send)
        finally:
            self._cache.end(making)


def making_of(scope: Mapping[str, object]) -> Making | None:
    """The answer that a request makes for others too."""
    found = scope.get(MAKING)
    return found if isinstance(found, Making) else None


def kept_of(scope: Mapping[str, object]) -> Kept | None:
    """The answer that is kept for a request."""
    found = scope.get(KEPT)
    return found if isinstance(found, Kept) else None


async def _question(scope: Scope, receive: Receive, heard: list[Message]) -> bytes | None:
    """What is asked, as it came; None where it is too long. What was received is added to `heard`."""
    body = b""
    is_whole = scope["method"] == "GET"
    while not is_whole:
        message = await receive()
        heard.append(message)
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > MOST_QUESTION_BYTES:
            return None
        is_whole = not message.get("more_body", False)
    return asked(scope, body)


def _again(heard: list[Message], receive: Receive) -> Receive:
    """What was received, once more; then what comes."""
    waiting = iter(heard)

    async def again() -> Message:
        for message in waiting:
            return message
        return await receive()

    return again

"""The way in: who asks what was asked before is answered here; all others go on, one for all who ask the same."""

from collections.abc import Mapping
from time import monotonic
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages_graphql.api.answers.cache import AnswerCache, Key, Making
from pages_graphql.api.answers.doors import Doors, said_by
from pages_graphql.api.answers.hits import HitLog
from pages_graphql.api.answers.kept import NO_BODY, Kept

MAKING: Final = "pages_graphql.making"
"""Where a request's scope says that its answer may be kept."""

KEPT: Final = "pages_graphql.kept"
"""Where a request's scope holds the answer that was kept."""

MOST_QUESTION_BYTES = 32 * 1024
"""How long a question is at most whose answer is kept."""


class AnswerGate:
    """Answers from the cache; `beyond` are headers of requests whose answers must go through what lies beneath."""

    def __init__(
        self, app: ASGIApp, *, cache: AnswerCache, doors: Doors, path: str, beyond: frozenset[bytes] = frozenset()
    ) -> None:
        """Stand before an application."""
        self._app, self._cache, self._doors = app, cache, doors
        self._path, self._beyond = path, beyond
        self._log = HitLog(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] != "http" or scope["path"] != self._path:
            await self._app(scope, receive, send)
            return
        now = monotonic()
        headers = scope["headers"]
        given: dict[bytes, bytes] = dict(headers)
        space = None
        if len(given) == len(headers):  # of a header that is given twice, who knows which one counts
            said = said_by(scope["method"], given)
            space = self._doors.known(said, now) or await self._doors.of(said, scope["method"], given, now)
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
        elif self._beyond.isdisjoint(given):
            status = await self._answer(kept, given, send)
            self._log.note(kept, scope["method"], status, now, given.get(b"traceparent"))
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

    async def _answer(self, kept: Kept, given: Mapping[bytes, bytes], send: Send) -> int:
        """Send an answer, whole or not; its status."""
        known = given.get(b"if-none-match")
        if known is not None and kept.is_known(known):
            self._cache.unmodified += 1
            await send(kept.unmodified)
            await send(NO_BODY)
            return 304
        self._cache.hits += 1
        await send(kept.start)
        await send(kept.end)
        return 200


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
    if scope["method"] == "GET":
        question: bytes = b"?" + scope["query_string"]
        return question if len(question) <= MOST_QUESTION_BYTES else None
    body = b""
    while True:
        message = await receive()
        heard.append(message)
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > MOST_QUESTION_BYTES:
            return None
        if not message.get("more_body", False):
            return body


def _again(heard: list[Message], receive: Receive) -> Receive:
    """What was received, once more; then what comes."""
    waiting = iter(heard)

    async def again() -> Message:
        for message in waiting:
            return message
        return await receive()

    return again

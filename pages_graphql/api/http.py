"""The endpoint /graphql: GraphQL over HTTP."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter
from typing import Any, TypeAlias

from graphql import ExecutionResult
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from pages_graphql.api.answers.cache import Making
from pages_graphql.api.answers.gate import kept_of, making_of
from pages_graphql.api.answers.kept import NO_BODY, Header, Kept
from pages_graphql.api.context import Context
from pages_graphql.api.errors import DocumentRefused, Shown, of_field, refusal
from pages_graphql.api.execution import Executor, Operation
from pages_graphql.api.ftv1 import Trace, asked_trace
from pages_graphql.api.headers import VIEW_HEADERS, Views
from pages_graphql.api.json import dumps
from pages_graphql.api.logs import note
from pages_graphql.api.metrics import Metrics
from pages_graphql.api.requests import (
    JSON,
    GraphQLRequest,
    RequestHeaders,
    accepts_html,
    header,
    media_type,
    names_json,
    read_request,
    request_headers,
)
from pages_graphql.api.traces import TRACE
from pages_graphql.core.errors import ProblemKind, RequestError
from pages_graphql.core.view import View

GRAPHQL_PATH = "/graphql"

VARY = ", ".join(("Accept", *VIEW_HEADERS))
_HEADERS_OF: dict[int, Sequence[Header]] = {
    401: [(b"www-authenticate", b"Bearer")],
    405: [(b"allow", b"POST")],
    503: [(b"retry-after", b"1")],
}
_CODES = {404: ("NOT_FOUND", ProblemKind.NOT_FOUND), 405: ("METHOD_NOT_ALLOWED", ProblemKind.VALIDATION)}

Reply: TypeAlias = tuple[Message, Message]
"""The head and the body of an answer, as they are sent."""


@dataclass(frozen=True)
class Answer:
    """What goes back: the body's parts, and the HTTP status that they mean."""

    status: int
    errors: list[Shown] = field(default_factory=list[Shown])
    data: dict[str, Any] | None = None
    trace: str | None = None
    was_executed: bool = False
    is_document: bool = False

    @property
    def codes(self) -> list[str]:
        """The codes of the errors."""
        return [error["extensions"]["code"] for error in self.errors]

    @property
    def body(self) -> bytes:
        """The answer as JSON."""
        body: dict[str, Any] = {"errors": self.errors} if self.errors else {}
        if self.was_executed:
            body["data"] = self.data
        if self.trace:
            body["extensions"] = {"ftv1": self.trace}
        return dumps(body)

    @property
    def is_for_all(self) -> bool:
        """Whether it is the answer to whoever else asks the same: it says nothing of this one request."""
        return self.was_executed and not self.errors and self.trace is None

    def reply(self, accept: str) -> Reply:
        """The answer to a caller: one that asks for plain JSON takes what is wrong with a document for no HTTP error."""
        media = media_type(accept)
        status = 200 if self.is_document and media == JSON and names_json(accept) else self.status
        body = self.body
        headers = [(b"content-length", b"%d" % len(body)), *_headers(status, media)]
        return (
            {"type": "http.response.start", "status": status, "headers": headers},
            {"type": "http.response.body", "body": body},
        )


@lru_cache
def _headers(status: int, media: str) -> Sequence[Header]:
    """The headers of an answer that nobody keeps, but for its length."""
    every = [(b"vary", VARY.encode()), (b"cache-control", b"no-store"), *_HEADERS_OF.get(status, ())]
    return [*every, (b"content-type", f"{media}; charset=utf-8".encode())]


@dataclass(frozen=True)
class GraphQLEndpoint:
    """Answers GET and POST; whatever is wrong with a request, the answer is JSON with a code."""

    executor: Executor
    views: Views
    make_context: Callable[[View, str], Context]
    metrics: Metrics
    graphiql: Callable[[], Awaitable[Response]]
    max_request_bytes: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        headers = request_headers(scope)
        if scope["method"] != "POST" and accepts_html(header(headers, b"accept")):
            page = await self.graphiql()
            await page(scope, receive, send)
            return
        start, body = await self.answer(scope, receive, headers)
        await send(start)
        await send(body)

    async def answer(self, scope: Scope, receive: Receive, headers: RequestHeaders) -> Reply:
        """Answer a request."""
        if kept := kept_of(scope):
            return _shared(headers, kept)
        started = perf_counter()
        operation: Operation | None = None
        kept: Kept | None = None
        try:
            view = await self.views.view(headers)
            note(tenant=view.tenant.slug)
            asked = await read_request(scope, receive, headers, self.max_request_bytes)
            operation = self._prepare(scope["method"], asked)
            note(operation=operation.name, kind=operation.kind)
            context = self.make_context(view, TRACE.get().parent)
            making = making_of(scope)
            context.is_kept = making is not None
            trace = asked_trace(headers)
            answer = _executed(await self.executor.execute(operation, asked.variables, context, trace), trace)
            kept = _keep(making, operation, answer, context) if making else None
        except RequestError as error:
            answer = Answer(error.status, [refusal(error)])
        except DocumentRefused as refused:
            answer = Answer(400, refused.shown(), is_document=True)
        self._note(operation, answer, perf_counter() - started)
        return _shared(headers, kept) if kept else answer.reply(header(headers, b"accept"))

    def _prepare(self, method: str, asked: GraphQLRequest) -> Operation:
        operation = self.executor.prepare(asked.query, asked.operation_name)
        if method != "POST" and operation.kind != "query":
            raise RequestError("METHOD_NOT_ALLOWED", "Only queries are taken by GET: send it by POST.", status=405)
        return operation

    def _note(self, operation: Operation | None, answer: Answer, seconds: float) -> None:
        codes = answer.codes
        if codes:
            note(codes=sorted(set(codes)))
        self.metrics.observe(operation.kind if operation else "none", answer.status, seconds, codes)


def _executed(result: ExecutionResult, trace: Trace | None) -> Answer:
    errors = result.errors or []
    if result.data is None and errors and not any(error.path for error in errors):
        return Answer(400, DocumentRefused("BAD_USER_INPUT", errors).shown(), is_document=True)
    shown = [of_field(error) for error in errors]
    status = 503 if _gave_nothing(result.data) and _is_unavailable(shown) else 200
    return Answer(status, shown, result.data, trace.encoded(shown) if trace else None, was_executed=True)


def _keep(making: Making, operation: Operation, answer: Answer, context: Context) -> Kept | None:
    """The answer as others get it too, where they may."""
    if operation.kind != "query" or not answer.is_for_all:
        return None
    if making.tenant is not context.view.tenant:
        return None  # the tenant's facts changed meanwhile: it is an answer of before
    return making.keep(answer.body, context.tags, operation.name)


def _shared(headers: RequestHeaders, kept: Kept) -> Reply:
    """The answer that others get too; no body for who has it already."""
    is_known = kept.is_known(headers.get(b"if-none-match", b""))
    head, body = (kept.unmodified, NO_BODY) if is_known else (kept.start, kept.end)
    return {**head, "headers": [*head["headers"]]}, body


def _gave_nothing(data: Mapping[str, object] | None) -> bool:
    return data is None or all(value is None for value in data.values())


def _is_unavailable(errors: Iterable[Shown]) -> bool:
    return any(error["extensions"]["status"] == 503 for error in errors)


async def answer_elsewhere(_: Request, error: Exception) -> Response:
    """Say in JSON what is wrong with a request elsewhere: no such path, no such method, no right to it."""
    headers: Mapping[str, str] = {}
    if isinstance(error, HTTPException):
        code, kind = _CODES.get(error.status_code, ("BAD_REQUEST", ProblemKind.VALIDATION))
        headers = error.headers or {}
        error = RequestError(code, f"{error.detail}.", kind, error.status_code)
    if not isinstance(error, RequestError):
        raise error
    start, body = Answer(error.status, [refusal(error)]).reply(JSON)
    response = Response(body["body"], error.status)
    response.raw_headers = [*start["headers"]]
    response.headers.update(headers)
    return response

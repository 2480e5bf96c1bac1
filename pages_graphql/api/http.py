"""The endpoint /graphql: GraphQL over HTTP."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import structlog
from graphql import ExecutionResult
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pages_graphql.api.answers.gate import kept_of, making_of
from pages_graphql.api.answers.kept import Kept
from pages_graphql.api.context import Context
from pages_graphql.api.errors import DocumentRefused, Shown, of_field, refusal
from pages_graphql.api.execution import Executor, Operation
from pages_graphql.api.ftv1 import Trace, asked_trace
from pages_graphql.api.headers import VIEW_HEADERS, Views
from pages_graphql.api.json import dumps
from pages_graphql.api.metrics import Metrics
from pages_graphql.api.requests import JSON, GraphQLRequest, accepts_html, media_type, names_json, read_request
from pages_graphql.api.traces import TRACE
from pages_graphql.core.errors import ProblemKind, RequestError
from pages_graphql.core.view import View

GRAPHQL_PATH = "/graphql"

VARY = ", ".join(("Accept", *VIEW_HEADERS))
_HEADERS_OF: dict[int, dict[str, str]] = {
    401: {"WWW-Authenticate": "Bearer"},
    405: {"Allow": "POST"},
    503: {"Retry-After": "1"},
}
_CODES = {404: ("NOT_FOUND", ProblemKind.NOT_FOUND), 405: ("METHOD_NOT_ALLOWED", ProblemKind.VALIDATION)}


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

    def response(self, accept: str) -> Response:
        """The answer to a caller: one that asks for plain JSON takes what is wrong with a document for no HTTP error."""
        media = media_type(accept)
        status = 200 if self.is_document and media == JSON and names_json(accept) else self.status
        headers = {"Vary": VARY, "Cache-Control": "no-store", **_HEADERS_OF.get(status, {})}
        return Response(self.body, status, headers, f"{media}; charset=utf-8")


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
        response = await self.answer(Request(scope, receive, send))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        accept = request.headers.get("accept", "")
        if request.method in {"GET", "HEAD"} and accepts_html(accept):
            return await self.graphiql()
        if kept := kept_of(request.scope):
            return _shared(request, kept)
        started = perf_counter()
        operation: Operation | None = None
        kept: Kept | None = None
        try:
            view = await self.views.view(request.headers)
            _ = structlog.contextvars.bind_contextvars(tenant=view.tenant.slug)
            asked = await read_request(request, self.max_request_bytes)
            operation = self._prepare(request, asked)
            _ = structlog.contextvars.bind_contextvars(operation=operation.name, kind=operation.kind)
            context = self.make_context(view, TRACE.get().parent)
            context.is_kept = making_of(request.scope) is not None
            trace = asked_trace(request.headers)
            answer = _executed(await self.executor.execute(operation, asked.variables, context, trace), trace)
            kept = _keep(request, operation, answer, context)
        except RequestError as error:
            answer = Answer(error.status, [refusal(error)])
        except DocumentRefused as refused:
            answer = Answer(400, refused.shown(), is_document=True)
        self._note(operation, answer, perf_counter() - started)
        return _shared(request, kept) if kept else answer.response(accept)

    def _prepare(self, request: Request, asked: GraphQLRequest) -> Operation:
        operation = self.executor.prepare(asked.query, asked.operation_name)
        if request.method != "POST" and operation.kind != "query":
            raise RequestError("METHOD_NOT_ALLOWED", "Only queries are taken by GET: send it by POST.", status=405)
        return operation

    def _note(self, operation: Operation | None, answer: Answer, seconds: float) -> None:
        codes = answer.codes
        if codes:
            _ = structlog.contextvars.bind_contextvars(codes=sorted(set(codes)))
        self.metrics.observe(operation.kind if operation else "none", answer.status, seconds, codes)


def _executed(result: ExecutionResult, trace: Trace | None) -> Answer:
    errors = result.errors or []
    if result.data is None and errors and not any(error.path for error in errors):
        return Answer(400, DocumentRefused("BAD_USER_INPUT", errors).shown(), is_document=True)
    shown = [of_field(error) for error in errors]
    status = 503 if _gave_nothing(result.data) and _is_unavailable(shown) else 200
    return Answer(status, shown, result.data, trace.encoded(shown) if trace else None, was_executed=True)


def _keep(request: Request, operation: Operation, answer: Answer, context: Context) -> Kept | None:
    """The answer as others get it too, where they may."""
    making = making_of(request.scope)
    if making is None or operation.kind != "query" or not answer.is_for_all:
        return None
    if making.tenant is not context.view.tenant:
        return None  # the tenant's facts changed meanwhile: it is an answer of before
    return making.keep(answer.body, context.tags, operation.name)


def _shared(request: Request, kept: Kept) -> Response:
    """The answer that others get too; no body for who has it already."""
    known = request.headers.get("if-none-match", "").encode("latin-1")
    head = kept.unmodified if kept.is_known(known) else kept.start
    response = Response(kept.body if head is kept.start else b"", head["status"])
    response.raw_headers = list(head["headers"])
    return response


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
    response = Answer(error.status, [refusal(error)]).response(JSON)
    response.headers.update(headers)
    return response

"""Errors as a client sees them: a message, and extensions {code, kind, status, traceId}."""

from collections.abc import Iterable
from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.exceptions import StrawberryInputCoercionError

from pages_graphql.api.traces import TRACE
from pages_graphql.core.errors import ProblemKind, RequestError

INTERNAL_ERROR = "INTERNAL_ERROR"

Shown = dict[str, Any]

_log = structlog.stdlib.get_logger(__name__)


class DocumentRefused(Exception):
    """A document that cannot be executed, with all the reasons; `code` is one of Apollo's."""

    def __init__(self, code: str, errors: Iterable[GraphQLError]) -> None:
        """Keep the reasons; there is at least one."""
        super().__init__(code)
        self.code = code
        self.errors = list(errors)

    def shown(self) -> list[Shown]:
        """The reasons, with their places in the document."""
        extensions = _extensions(self.code, ProblemKind.VALIDATION.value, 400)
        return [_placed(error, error.message, extensions) for error in self.errors]


def refusal(error: RequestError) -> Shown:
    """The error that ended a request before anything was executed."""
    return {"message": error.message, "extensions": _extensions(error.code, error.kind.value, error.status)}


def internal() -> Shown:
    """An error that says nothing of what happened: the log does."""
    message = "Something went wrong here; the log knows more under this trace id."
    return {"message": message, "extensions": _extensions(INTERNAL_ERROR, "INTERNAL", 500)}


def of_field(error: GraphQLError) -> Shown:
    """The error of a field; an unexpected one is logged whole and shows no inner text."""
    cause = _root(error)
    match cause:
        case RequestError():
            return _placed(error, cause.message, refusal(cause)["extensions"])
        case StrawberryInputCoercionError():
            return _placed(error, cause.message, _bad_input())
        case GraphQLError() if cause.nodes and not cause.original_error:  # graphql-core's word on an argument
            return _placed(error, cause.message, _bad_input())
        case _:
            _log.error("a field failed", path=_names(error), exc_info=cause)
            shown = internal()
            return _placed(error, shown["message"], shown["extensions"])


def _root(error: GraphQLError) -> BaseException:
    """What was raised first: graphql-core wraps it once or more."""
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _placed(error: GraphQLError, message: str, extensions: Shown) -> Shown:
    shown: Shown = {"message": message}
    if error.locations:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        shown["path"] = error.path
    return {**shown, "extensions": extensions}


def _names(error: GraphQLError) -> str:
    """The fields on the way to an error; indices are left out."""
    return ".".join(str(step) for step in error.path or () if isinstance(step, str))


def _bad_input() -> Shown:
    return _extensions("BAD_USER_INPUT", ProblemKind.VALIDATION.value, 400)


def _extensions(code: str, kind: str, status: int) -> Shown:
    return {"code": code, "kind": kind, "status": status, "traceId": TRACE.get().id}

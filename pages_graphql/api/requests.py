"""GraphQL over HTTP: what a request asks, and in which form it takes the answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, cast

from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

from pages_graphql.api.json import loads
from pages_graphql.core.errors import RequestError

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"

MOST_REMEMBERED = 256
"""How many different headers of a kind are remembered with what they mean."""

RequestHeaders: TypeAlias = Mapping[bytes, bytes]
"""A request's headers by their names in lower case; of one that is given twice, the first."""

_BOM = b"\xef\xbb\xbf"
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)")


@dataclass(frozen=True)
class GraphQLRequest:
    """A document, the operation meant, and its variables."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] | None = None


def request_headers(scope: Scope) -> RequestHeaders:
    """The headers of a request."""
    return dict(reversed(scope["headers"]))


def header(headers: RequestHeaders, name: bytes) -> str:
    """What a header says; one that is not there says nothing."""
    return headers.get(name, b"").decode("latin-1").strip()


async def read_request(scope: Scope, receive: Receive, headers: RequestHeaders, max_bytes: int) -> GraphQLRequest:
    """What a request asks; RequestError where it is not in the form of GraphQL over HTTP."""
    if scope["method"] == "POST":
        check_content_type(header(headers, b"content-type"))
        return _asked(_parsed(await _body(receive, headers, max_bytes), "body"))
    parameters: dict[str, Any] = dict(QueryParams(scope["query_string"]))
    for name in ("variables", "extensions"):
        if parameters.get(name):
            parameters[name] = _parsed(parameters[name].encode(errors="surrogatepass"), name)
        else:
            _ = parameters.pop(name, None)
    return _asked(parameters)


@lru_cache(MOST_REMEMBERED)
def accepts_html(accept: str) -> bool:
    """Whether a browser asks: HTML is liked at least as much as any JSON."""
    likes = _likes(accept)
    return likes.get("text/html", 0) > max(likes.get(JSON, 0), likes.get(GRAPHQL_RESPONSE, 0))


@lru_cache(MOST_REMEMBERED)
def media_type(accept: str) -> str:
    """The media type to answer in: plain JSON, unless the newer one is named and liked no less."""
    likes = _likes(accept)
    liked = likes.get(GRAPHQL_RESPONSE, 0)
    return GRAPHQL_RESPONSE if liked and liked >= likes.get(JSON, 0) else JSON


@lru_cache(MOST_REMEMBERED)
def names_json(accept: str) -> bool:
    """Whether the caller asks for plain JSON by name: then it reads errors of a document off a 200."""
    return JSON in _likes(accept)


def _likes(accept: str) -> dict[str, float]:
    likes: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        found = next(filter(None, map(_QUALITY.fullmatch, parameters)), None)
        likes[name] = float(found[1]) if found else 1.0
    return likes


@lru_cache(MOST_REMEMBERED)
def check_content_type(content_type: str) -> None:
    """RequestError where a body is not announced as JSON in UTF-8."""
    name, *parameters = (piece.strip().lower() for piece in content_type.split(";"))
    charsets = {value.strip('"') for key, _, value in (p.partition("=") for p in parameters) if key == "charset"}
    if name != JSON or not charsets <= {"utf-8", "utf8"}:
        message = "Send application/json in UTF-8."
        raise RequestError("UNSUPPORTED_MEDIA_TYPE", message, status=415)


async def _body(receive: Receive, headers: RequestHeaders, max_bytes: int) -> bytes:
    announced = headers.get(b"content-length", b"")
    length = int(announced[:20]) if announced.isdigit() else 0
    body, is_whole = bytearray(), False
    while length <= max_bytes and not is_whole:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        length, is_whole = len(body), not message.get("more_body", False)
    if length > max_bytes:
        raise RequestError("PAYLOAD_TOO_LARGE", f"The body has more than {max_bytes} bytes.", status=413)
    return bytes(body)


def _parsed(text: bytes, what: str) -> object:
    try:
        return loads(text.removeprefix(_BOM))
    except ValueError:
        raise _bad(f"The {what} is not JSON in UTF-8.") from None


def _asked(given: object) -> GraphQLRequest:
    if isinstance(given, list):
        raise _bad("Several operations in one request are not taken: send one request for each.")
    if not isinstance(given, dict):
        raise _bad("The body is no JSON object.")
    members = cast("Mapping[str, object]", given)
    query, name = members.get("query"), members.get("operationName")
    if not isinstance(query, str) or not query:
        raise _bad("The parameter query is missing, or no string.")
    if not isinstance(name, str | None):
        raise _bad("The parameter operationName is no string.")
    for parameter in ("variables", "extensions"):
        if not isinstance(members.get(parameter), dict | None):
            raise _bad(f"The parameter {parameter} is no object.")
    return GraphQLRequest(query, name or None, cast("dict[str, Any] | None", members.get("variables")))


def _bad(message: str) -> RequestError:
    return RequestError("BAD_REQUEST", message)

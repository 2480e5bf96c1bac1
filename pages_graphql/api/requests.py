"""GraphQL over HTTP: what a request asks, and in which form it takes the answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from starlette.requests import Request

from pages_graphql.api.json import loads
from pages_graphql.core.errors import RequestError

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"

MOST_REMEMBERED = 256
"""How many different headers of a kind are remembered with what they mean."""

_BOM = b"\xef\xbb\xbf"
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)")


@dataclass(frozen=True)
class GraphQLRequest:
    """A document, the operation meant, and its variables."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] | None = None


async def read_request(request: Request, max_bytes: int) -> GraphQLRequest:
    """What a request asks; RequestError where it is not in the form of GraphQL over HTTP."""
    if request.method == "POST":
        check_content_type(request.headers.get("content-type", ""))
        return _asked(_parsed(await _body(request, max_bytes), "body"))
    parameters: dict[str, Any] = dict(request.query_params)
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


async def _body(request: Request, max_bytes: int) -> bytes:
    body = bytearray()
    announced = request.headers.get("content-length", "")
    too_long = announced.isdecimal() and int(announced[:20]) > max_bytes
    if not too_long:
        async for chunk in request.stream():
            body += chunk
            if too_long := len(body) > max_bytes:
                break
    if too_long:
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

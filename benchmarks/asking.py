"""Requests as a gateway sends them, and one answer to look at."""

import secrets
import socket
from collections.abc import Mapping
from http.client import HTTPResponse
from typing import NamedTuple
from urllib.parse import urlencode

import orjson

from benchmarks.content import TENANT
from benchmarks.deck import STAMP
from benchmarks.questions import Operation

_PATH = "/graphql"
_PATIENCE_S = 30


class Answer(NamedTuple):
    """What came back."""

    status: int
    etag: str | None
    body: bytes


def post(operation: Operation, token: str) -> bytes:
    """A write with the token, or a read as anybody's."""
    body = orjson.dumps({"query": operation.query, "variables": operation.variables})
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    if operation.is_write:
        headers["Authorization"] = f"Bearer {token}"
    return _request("POST", _PATH, headers) + body


def get(operation: Operation, etag: str | None = None) -> bytes:
    """A read, also of somebody who has the answer with this tag already."""
    variables = orjson.dumps(operation.variables).decode()
    path = f"{_PATH}?{urlencode({'query': operation.query, 'variables': variables})}"
    return _request("GET", path, {"If-None-Match": etag} if etag else {})


def ask(port: int, request: bytes) -> Answer:
    """The answer to one request, on a connection of its own."""
    with socket.create_connection(("127.0.0.1", port), _PATIENCE_S) as connection:
        connection.sendall(request.replace(STAMP.encode(), secrets.token_hex(len(STAMP) // 2).encode()))
        response = HTTPResponse(connection)
        response.begin()
        return Answer(response.status, response.headers["ETag"], response.read())


def _request(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    every = {"Host": "localhost", "Accept": "application/json", "X-Tenant-Slug": TENANT, **headers}
    lines = (f"{name}: {value}\r\n" for name, value in every.items())
    return f"{method} {path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode()

"""JSON that comes in and goes out: fast, and whole where text has lone surrogates."""

import json
from typing import Any, NoReturn

import orjson


def loads(body: bytes) -> Any:
    """The value that a body holds; ValueError where it is no JSON, or nests too deeply.

    Lone surrogates are JSON (RFC 8259, section 8.2): they come in, so that what reads them can say where they are.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        if b"\\u" not in body:
            raise
    try:
        return json.loads(body.decode(), parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("it nests too deeply") from None


def dumps(value: object) -> bytes:
    """The JSON text of a value."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value, separators=(",", ":"), default=_plain).encode()


def _plain(value: object) -> object:
    """What only orjson writes by itself."""
    if isinstance(value, orjson.Fragment):
        return orjson.loads(orjson.dumps(value))
    return str(value)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")

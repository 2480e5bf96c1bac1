"""Apollo's inline traces: what each field cost, in the answer to a gateway that asks for it.

The message is `Trace` of Apollo's reports.proto, written here in protobuf's wire format: its five kinds of node need
no library, and so a trace is never missing because one is not installed.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from inspect import isawaitable
from time import perf_counter_ns
from typing import Any, cast

from graphql import GraphQLResolveInfo

from pages_graphql.api.requests import RequestHeaders, header
from pages_graphql.storage.clock import now

HEADER = "Apollo-Federation-Include-Trace"
_NAME = HEADER.lower().encode()

Place = tuple[str | int, ...]
"""Names and indices on the way to a value of the answer."""


@dataclass
class _Node:
    """A field of the answer, or an item of a list."""

    key: str | int | None = None
    field_name: str = ""
    type_: str = ""
    parent_type: str = ""
    started: int = 0
    ended: int = 0
    errors: list[bytes] = field(default_factory=list[bytes])
    children: list["_Node"] = field(default_factory=list["_Node"])

    def encoded(self) -> bytes:
        parts = [
            _number(2, self.key, always=True) if isinstance(self.key, int) else _text(1, self.key or ""),
            _text(3, self.type_),
            _number(8, self.started),
            _number(9, self.ended),
            *(_bytes(11, error) for error in self.errors),
            *(_bytes(12, child.encoded()) for child in self.children),
            _text(13, self.parent_type),
            _text(14, "" if self.field_name == self.key else self.field_name),
        ]
        return b"".join(parts)


class Trace:
    """Measures the fields of one operation: a middleware of graphql-core."""

    def __init__(self) -> None:
        """Begin to measure."""
        self._began = now()
        self._zero = perf_counter_ns()
        self._nodes: dict[Place, _Node] = {(): _Node()}

    def resolve(
        self, following: Callable[..., object], source: object, info: GraphQLResolveInfo[Any], **arguments: object
    ) -> object:
        """What the field's own resolver gives, measured."""
        node = self._at(tuple(info.path.as_list()))
        node.field_name, node.parent_type = info.field_name, info.parent_type.name
        node.type_ = str(cast(object, info.return_type))  # pyright: ignore[reportUnknownMemberType]
        node.started = perf_counter_ns() - self._zero
        try:
            result = following(source, info, **arguments)
        finally:
            node.ended = perf_counter_ns() - self._zero
        return self._awaited(node, result) if isawaitable(result) else result

    async def _awaited(self, node: _Node, result: Any) -> object:
        try:
            return await result
        finally:
            node.ended = perf_counter_ns() - self._zero

    def encoded(self, errors: Iterable[Mapping[str, Any]]) -> str:
        """The trace of the operation, which is over, with the errors that its answer shows."""
        duration = perf_counter_ns() - self._zero
        for error in errors:
            self._at(_known(error.get("path", ()), self._nodes)).errors.append(_error(error))
        parts = [
            _bytes(3, _moment(now())),
            _bytes(4, _moment(self._began)),
            _number(11, duration),
            _bytes(14, self._nodes[()].encoded()),
        ]
        return b64encode(b"".join(parts)).decode()

    def _at(self, place: Place) -> _Node:
        if place not in self._nodes:
            self._nodes[place] = _Node(place[-1])
            self._at(place[:-1]).children.append(self._nodes[place])
        return self._nodes[place]


def asked_trace(headers: RequestHeaders) -> Trace | None:
    """A new trace, where a gateway asks for one."""
    return Trace() if _NAME in headers and header(headers, _NAME).lower() == "ftv1" else None


def _known(path: Iterable[str | int], nodes: Mapping[Place, _Node]) -> Place:
    """The nearest place that was measured: an item of a list may have nothing below it."""
    place = tuple(path)
    return place if place in nodes or not place else _known(place[:-1], nodes)


def _error(error: Mapping[str, Any]) -> bytes:
    places = (_number(1, one["line"]) + _number(2, one["column"]) for one in error.get("locations", ()))
    whole = json.dumps(error, default=str)
    return b"".join([_text(1, error["message"]), *(_bytes(2, place) for place in places), _text(4, whole)])


def _moment(at: datetime) -> bytes:
    return _number(1, int(at.timestamp())) + _number(2, at.microsecond * 1_000)


def _text(number: int, value: str) -> bytes:
    return _bytes(number, value.encode(errors="replace")) if value else b""


def _bytes(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _number(number: int, value: int, *, always: bool = False) -> bytes:
    return _varint(number << 3) + _varint(value) if value or always else b""


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])

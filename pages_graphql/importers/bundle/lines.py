"""The lines of a bundle: the first says what it is, the last counts and seals those before it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from pages_graphql.core.text import canonical_json

FORMAT = "pages-graphql bundle"
VERSION = 1
"""What is written, and the newest that is read."""

END = "end"


class TenantFacts(BaseModel):
    """What the first line says of the tenant."""

    id: UUID
    slug: str
    name: str
    is_enabled: bool
    created_at: datetime


class Head(BaseModel):
    """The first line."""

    format: str
    version: int
    tenant: TenantFacts


class End(BaseModel):
    """The last line: how many rows of each kind there are, and the SHA-256 of all lines before it."""

    counts: dict[str, int]
    sha256: str


class Seal:
    """What the last line says of those before it, kept up with each line."""

    def __init__(self) -> None:
        """Begin with no line."""
        self.counts: dict[str, int] = {}
        self._hash = hashlib.sha256()

    def add(self, line: bytes, kind: str | None = None) -> None:
        """Take a line in; without a kind it is the first."""
        self._hash.update(line)
        if kind is not None:
            self.counts[kind] = self.counts.get(kind, 0) + 1

    def end(self) -> End:
        """The last line, after what was taken in so far."""
        return End(counts=self.counts, sha256=self._hash.hexdigest())


def head_line(tenant: TenantFacts) -> bytes:
    """The first line of a tenant's bundle."""
    facts = tenant.model_dump()
    return _line({"format": FORMAT, "version": VERSION, "tenant": facts})


def row_line(kind: str, row: Mapping[str, Any]) -> bytes:
    """The line of a row."""
    return _line({"type": kind, "row": row})


def end_line(end: End) -> bytes:
    """The last line."""
    return _line({"type": END, **end.model_dump()})


def _line(value: object) -> bytes:
    return canonical_json(value).encode() + b"\n"

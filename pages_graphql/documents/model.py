"""What every document has: a row with pointers, and a chain of revisions that never change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlmodel import Field, SQLModel

from pages_graphql.core.text import canonical_json, content_hash
from pages_graphql.core.view import ContentStatus
from pages_graphql.storage.columns import Moment

SCHEMA_VERSION = 1
"""The shape of content written now; older shapes are upcast when they are read."""


def status_of(live_revision: int | None, archived_at: datetime | None = None) -> ContentStatus:
    """The status that pointers and dates make."""
    if archived_at is not None:
        return ContentStatus.ARCHIVED
    return ContentStatus.DRAFT if live_revision is None else ContentStatus.PUBLISHED


class DocumentColumns(SQLModel):
    """The row of a document: pointers to its revisions, its dates, its counters."""

    id: UUID = Field(primary_key=True)
    author_id: str | None = None
    version: int = 1
    sequence: int = 0
    last_revision: int = 0
    draft_revision: int = 0
    draft_hash: str = ""
    live_revision: int | None = None
    live_hash: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    live_updated_at: datetime | None = Field(default=None, sa_type=Moment)
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    first_published_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def is_live(self) -> bool:
        """Whether readers see it."""
        return self.live_revision is not None

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether the draft says something else than what readers see."""
        return self.draft_hash != self.live_hash

    @property
    def was_seen_changing(self) -> bool:
        """Whether the last write was one that readers see."""
        return self.live_updated_at == self.updated_at


class RevisionColumns(SQLModel):
    """What a document said at one time; only what is made from the content is ever made again."""

    number: int = Field(primary_key=True)
    schema_version: int = SCHEMA_VERSION
    content_hash: str
    renderer: int
    author_id: str | None = None
    note: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    stamps: str
    content: str
    rendered: str


class PublicationColumns(SQLModel):
    """From when until when which revision was live, and who made it so."""

    number: int = Field(primary_key=True)
    revision: int
    from_at: datetime = Field(sa_type=Moment)
    until_at: datetime | None = Field(default=None, sa_type=Moment)
    published_by: str | None = None
    note: str | None = None


def stamped(content: Mapping[str, Any], before: Mapping[str, Any], stamps: str, now: datetime) -> str:
    """When each translation last changed, as JSON: now where it says something else than `before`."""
    known: dict[str, str] = orjson.loads(stamps or "{}")
    old: Mapping[str, Any] = before.get("translations", {})
    moments = {
        locale: known.get(locale, now.isoformat()) if old.get(locale) == text else now.isoformat()
        for locale, text in content["translations"].items()
    }
    return orjson.dumps(moments).decode()


def sealed(content: Mapping[str, Any]) -> tuple[str, str]:
    """The content as it is kept, and its hash."""
    text = canonical_json(content)
    return text, content_hash(text)

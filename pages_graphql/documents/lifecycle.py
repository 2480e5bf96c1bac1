"""The life of a document: saving, publishing, unpublishing; the same for pages and menus."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson

from pages_graphql.core.errors import Refused, VersionConflict
from pages_graphql.documents.model import (
    SCHEMA_VERSION,
    DocumentColumns,
    PublicationColumns,
    RevisionColumns,
    sealed,
    stamped,
)
from pages_graphql.documents.render import RENDERER_VERSION
from pages_graphql.storage.work import Work

R = TypeVar("R", bound=RevisionColumns)


@dataclass(frozen=True)
class Saved:
    """A document's content as a revision has it, parsed, with the moments its translations changed."""

    number: int
    content: Mapping[str, Any]
    stamps: str = "{}"

    @classmethod
    def of(cls, revision: RevisionColumns) -> "Saved":
        """The content of a revision."""
        return cls(revision.number, orjson.loads(revision.content), revision.stamps)


def expect(row: DocumentColumns, version: int | None, what: str) -> None:
    """Stop a caller who read another version; None expects nothing."""
    if version is not None and version != row.version:
        raise Refused(VersionConflict(what, version, row.version))


def touch(work: Work, row: DocumentColumns, *, shown: bool = False) -> None:
    """Count a write; `shown` says that readers see it."""
    row.version += 1
    row.updated_at = work.now
    if shown:
        row.live_updated_at = work.now


def differs(row: DocumentColumns, content: Mapping[str, Any]) -> bool:
    """Whether the content is another than the draft's."""
    return sealed(content)[1] != row.draft_hash


def append(
    work: Work, row: DocumentColumns, content: Mapping[str, Any], rendered: str, before: Saved | None, note: str | None
) -> dict[str, Any]:
    """Make content the draft; returns the columns of its revision, to be added in the same transaction."""
    text, digest = sealed(content)
    row.last_revision += 1
    row.draft_revision, row.draft_hash = row.last_revision, digest
    known = before or Saved(0, {})
    return {
        "tenant_id": work.tenant.id,
        "number": row.draft_revision,
        "schema_version": SCHEMA_VERSION,
        "content": text,
        "content_hash": digest,
        "stamps": stamped(content, known.content, known.stamps, work.now),
        "rendered": rendered,
        "renderer": RENDERER_VERSION,
        "author_id": work.actor.id,
        "note": note,
        "created_at": work.now,
    }


def go_live(
    work: Work, row: DocumentColumns, last: PublicationColumns | None, note: str | None = None
) -> dict[str, Any]:
    """Show readers the draft; returns the columns of the publication, and ends the last one."""
    row.published_at = work.now
    row.first_published_at = row.first_published_at or work.now
    touch(work, row, shown=True)
    return replace_live(work, row, last, note)


def replace_live(work: Work, row: DocumentColumns, last: PublicationColumns | None, note: str | None) -> dict[str, Any]:
    """Let readers see the draft, without calling it published; returns the columns of the publication."""
    _ = end(work, last)
    row.live_revision, row.live_hash = row.draft_revision, row.draft_hash
    return {
        "tenant_id": work.tenant.id,
        "number": last.number + 1 if last else 1,
        "revision": row.draft_revision,
        "from_at": work.now,
        "published_by": work.actor.id,
        "note": note,
    }


def leave_live(work: Work, row: DocumentColumns, last: PublicationColumns | None) -> None:
    """Take it from readers."""
    _ = end(work, last)
    row.live_revision = row.live_hash = None
    touch(work, row, shown=True)


def end(work: Work, publication: PublicationColumns | None) -> bool:
    """End a publication that has not ended; whether there was one."""
    if publication is None or publication.until_at is not None:
        return False
    publication.until_at = work.now
    return True

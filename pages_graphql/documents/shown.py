"""What is worked out alike of every document when it is shown: pure functions of its source."""

import base64
from datetime import datetime
from typing import Any

from pages_graphql.core.view import ContentStage, Part, Source, reads
from pages_graphql.documents.revisions import RevisionRow


@reads(Part.FACTS)
def view_key(source: Source[Any]) -> str:
    """The id with the View; with the revision too where it is another than the View shows."""
    view, row = source.view, source.row
    parts = [row.id.hex, view.locale, view.channel or "", view.stage.value]
    if row.content_hash != (row.draft_hash if row.is_draft else row.live_hash):
        parts.append(str(row.number))
    return base64.urlsafe_b64encode(":".join(parts).encode()).decode().rstrip("=")


@reads()
def stage(source: Source[Any]) -> ContentStage:
    """The stage that is shown."""
    return ContentStage.DRAFT if source.row.is_draft else ContentStage.LIVE


@reads()
def requested_locale(source: Source[Any]) -> str:
    """The locale that was asked for."""
    return source.view.locale


@reads(Part.DOCUMENT)
def locale(source: Source[Any]) -> str:
    """The locale that is shown."""
    return source.locale


@reads(Part.DOCUMENT)
def is_fallback(source: Source[Any]) -> bool:
    """Whether another locale is shown than was asked for."""
    return source.locale != source.view.locale


@reads(Part.DOCUMENT)
def in_order(source: Source[Any]) -> list[str]:
    """The locales of the document, in the tenant's order."""
    there = source.document["translations"]
    known = source.view.tenant.by_locale
    return [*(locale for locale in known if locale in there), *(locale for locale in there if locale not in known)]


@reads(Part.FACTS)
def updated_at(source: Source[Any]) -> datetime:
    """When what is shown changed last."""
    live = None if source.row.is_draft else source.row.live_updated_at
    return live or source.row.updated_at


def revision(source: Source[Any], *, known: bool) -> RevisionRow:
    """The revision that is shown; who wrote it and what he said of it only where they may be known."""
    row = source.row
    return RevisionRow(
        number=row.number,
        created_at=row.revised_at,
        is_live=row.number == row.live_revision,
        content_hash=row.content_hash,
        author_id=row.revised_by if known else None,
        note=row.note if known else None,
    )

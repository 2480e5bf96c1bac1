"""What makes pages findable, kept in step with their revisions: names, and who points at whom."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from pages_graphql.core.view import ContentStage
from pages_graphql.documents.references import SourceKind, copy_drafts, point
from pages_graphql.pages.document import references
from pages_graphql.pages.repository import texts
from pages_graphql.storage.work import Work


async def project(work: Work, stage: ContentStage, contents: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Let pages be found, in a stage, by what these documents say."""
    await texts.call(work, stage, contents)
    await point(work, SourceKind.PAGE, stage, {id: references(content) for id, content in contents.items()})


async def project_change(
    work: Work, stage: ContentStage, id: UUID, content: Mapping[str, Any], before: Mapping[str, Any]
) -> None:
    """Let a page that is found, in a stage, by what `before` says be found by what its document says now."""
    if texts.names(content) != texts.names(before):
        await texts.call(work, stage, {id: content})
    pointers = references(content)
    if pointers != references(before):
        await point(work, SourceKind.PAGE, stage, {id: pointers})


async def publish(work: Work, ids: Collection[UUID]) -> None:
    """Let what is live of pages be found as their drafts are."""
    await texts.publish(work, ids)
    await copy_drafts(work, SourceKind.PAGE, ids)


async def forget(work: Work, stage: ContentStage, ids: Collection[UUID]) -> None:
    """Let nothing be found, in a stage, of these pages."""
    await texts.forget(work, stage, ids)
    await point(work, SourceKind.PAGE, stage, {id: [] for id in ids})

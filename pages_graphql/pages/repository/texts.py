"""What pages are called, kept where it can be found and sorted by."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Delete, Insert, String, Uuid, delete, insert, literal, select

from pages_graphql.core.text import sort_title
from pages_graphql.core.view import ContentStage
from pages_graphql.pages.model import PageText
from pages_graphql.pages.repository.rows import TENANT
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.sql import ids_of, rows, singles, table_of
from pages_graphql.storage.work import Work

Name = tuple[str, str, str, str]
"""A locale, the title in it, what it is sorted by, and the slug."""

_OWN = col(PageText.tenant_id) == TENANT
COLUMNS = ("page_id", "locale", "title", "sort_title", "slug")


@kept
def _forget(stage: ContentStage) -> Delete:
    return delete(PageText).where(_OWN, among(col(PageText.page_id), ids_of("ids")), col(PageText.stage) == stage.value)


@kept
def _remember(stage: ContentStage) -> Insert:
    types = {name: Uuid() if name == "page_id" else String() for name in COLUMNS}
    given = table_of("texts", **types).subquery()
    values = select(TENANT, literal(stage.value), *(given.c[name] for name in COLUMNS))
    return insert(PageText).from_select(["tenant_id", "stage", *COLUMNS], values)


def names(content: Mapping[str, Any]) -> set[Name]:
    """What a document calls its page, in each locale."""
    texts = content["translations"].items()
    return {(locale, text["title"], sort_title(text["title"]), text["slug"]) for locale, text in texts}


async def called(work: Work, stage: ContentStage, ids: Collection[UUID]) -> dict[UUID, set[Name]]:
    """What some pages are called in a stage."""
    columns = (PageText.page_id, PageText.locale, PageText.title, PageText.sort_title, PageText.slug)
    statement = select(*(col(column) for column in columns)).where(
        _OWN, among(col(PageText.page_id), ids_of("ids")), col(PageText.stage) == stage.value
    )
    found: dict[UUID, set[Name]] = {}
    for id, *name in await work.rows(statement, ids=singles(ids)):
        found.setdefault(id, set()).add((name[0], name[1], name[2], name[3]))
    return found


async def call(work: Work, stage: ContentStage, contents: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Let some pages be called, in a stage, as these documents say."""
    await work.run(_forget(stage), ids=singles(contents))
    texts = [(id, *name) for id, content in contents.items() for name in sorted(names(content))]
    if texts:
        await work.run(_remember(stage), texts=rows(texts))


@kept
def _publish() -> Insert:
    drafts = select(TENANT, literal(ContentStage.LIVE.value), *(col(getattr(PageText, name)) for name in COLUMNS))
    drafts = drafts.where(_OWN, among(col(PageText.page_id), ids_of("ids")), col(PageText.stage) == "DRAFT")
    return insert(PageText).from_select(["tenant_id", "stage", *COLUMNS], drafts)


async def publish(work: Work, ids: Collection[UUID]) -> None:
    """Let what is live of some pages be called as their drafts are."""
    await work.run(_forget(ContentStage.LIVE), ids=singles(ids))
    await work.run(_publish(), ids=singles(ids))


async def forget(work: Work, stage: ContentStage, ids: Collection[UUID]) -> None:
    """Let some pages be called nothing in a stage."""
    await work.run(_forget(stage), ids=singles(ids))

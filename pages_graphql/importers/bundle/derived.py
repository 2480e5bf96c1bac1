"""What is made from revisions when they come in: how pages are found, and who points at whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

import orjson

from pages_graphql.core.view import ContentStage
from pages_graphql.documents import references
from pages_graphql.documents.references import Pointer, Reference, SourceKind, pointer_rows
from pages_graphql.documents.render import RENDERER_VERSION
from pages_graphql.menus import document as menus
from pages_graphql.pages import document as pages
from pages_graphql.pages.model import PageText
from pages_graphql.pages.repository import texts
from pages_graphql.storage.columns import TenantTable

Derived: TypeAlias = dict[type[TenantTable], list[dict[str, Any]]]
"""Rows of further tables."""


def taken_over(row: dict[str, Any]) -> None:
    """Keep what was rendered of a page's revision where we would serve it so; render it again where not."""
    content = orjson.loads(row["content"])
    if row["renderer"] != RENDERER_VERSION or not pages.can_be_served(content, row["rendered"]):
        row["rendered"], row["renderer"] = pages.rendered(content), RENDERER_VERSION


def of_page(row: Mapping[str, Any], stages: Collection[ContentStage]) -> Derived:
    """What a revision of a page makes in the stages in which it is seen."""
    if not stages:
        return {}
    id, content = row["page_id"], orjson.loads(row["content"])
    called = [(id, *name) for name in texts.names(content)]
    named = [{"stage": stage.value, **_named(texts.COLUMNS, text)} for stage in stages for text in called]
    return {PageText: named, **_pointing(SourceKind.PAGE, id, stages, pages.references(content))}


def of_menu(row: Mapping[str, Any], stages: Collection[ContentStage]) -> Derived:
    """What a revision of a menu makes in the stages in which it is seen."""
    if not stages:
        return {}
    content = orjson.loads(row["content"])
    return _pointing(SourceKind.MENU, row["menu_id"], stages, menus.references(content))


def _pointing(kind: SourceKind, id: UUID, stages: Iterable[ContentStage], pointers: Sequence[Pointer]) -> Derived:
    rows = [row for stage in stages for row in pointer_rows(kind, stage, id, pointers)]
    return {Reference: [_named(references.COLUMNS, row) for row in rows]}


def _named(names: Sequence[str], values: Sequence[object]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))

"""A page that came in before, and says something else in WordPress now."""

import re
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from pages_graphql.core.errors import Refused
from pages_graphql.core.inputs import parse
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.wordpress.draft import PageDraft
from pages_graphql.importers.wordpress.make_page import TRIES, mended
from pages_graphql.importers.wordpress.target import IMPORTER, Target
from pages_graphql.pages.commands import PublishPage, UnpublishPage, UpdatePage
from pages_graphql.pages.content import Image, OpenGraph, Seo
from pages_graphql.pages.model import DEFAULT_TEMPLATE, Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service.publish import publish_page, unpublish_page
from pages_graphql.pages.service.update import update_page
from pages_graphql.storage.work import Work

_INSIDE: dict[str, type[BaseModel]] = {"image": Image, "openGraph": OpenGraph}


async def edited_here(work: Work, id: UUID) -> str | None:
    """Why a page that came in is no longer the import's to change; None where nobody edited it here."""
    page = (await writing.locked(work, [id]))[id]
    if page.archived_at is not None:
        return "it is archived here"
    if await writing.draft_author(work, page) != IMPORTER.id:
        return "it was edited here since, and is left as it is"
    return None


async def renew_page(target: Target, work: Work, id: UUID, draft: PageDraft, *, is_withdrawn: bool) -> bool:
    """Let a page that nobody edited here say what WordPress says now; False where it cannot, which is reported.

    Where it stands, and its template, are left to this service. One that an import withdrew is shown again.
    """
    page = (await writing.locked(work, [id]))[id]
    _tell_what_stays(target, page, draft)
    is_unseen = not page.is_live and page.published_at is not None
    if draft.publish and is_unseen and not is_withdrawn:
        target.report.add(EntryKind.CHANGED, draft.what, "it was unpublished here, and stays so: its draft is renewed")
    text = draft.given["translations"][0]
    saved = (await writing.draft(work, page)).content["translations"].get(target.locale, {})
    if _is_same_slug(saved.get("slug", ""), text.get("slug")):
        _ = text.pop("slug", None)
    for _ in range(TRIES):
        try:
            async with work.savepoint():
                await _renew(work, page, draft, is_withdrawn=is_withdrawn)
                return True
        except Refused as refused:
            if not mended(target, draft, refused):
                target.report.add(EntryKind.LEFT_OUT, f"changes to {draft.what}", str(refused))
                return False
    return False


async def _renew(work: Work, page: Page, draft: PageDraft, *, is_withdrawn: bool) -> None:
    was_shown = page.is_live and not page.has_unpublished_changes
    may_come = page.published_at is None or (is_withdrawn and not page.is_live)
    page = await update_page(work, parse(UpdatePage, {"id": str(page.id), **_whole(draft.given)}))
    if draft.publish and (was_shown or may_come):
        _ = await publish_page(work, PublishPage(id=str(page.id)))
    elif not draft.publish and page.is_live:
        _ = await unpublish_page(work, UnpublishPage(id=str(page.id)))


def _tell_what_stays(target: Target, page: Page, draft: PageDraft) -> None:
    parent, template = draft.given["parentId"], draft.given["template"] or DEFAULT_TEMPLATE
    if (parent and UUID(parent)) != page.parent_id:
        target.report.add(EntryKind.CHANGED, draft.what, "it stands elsewhere in WordPress: it stays where it is here")
    if template != page.template:
        target.report.add(
            EntryKind.CHANGED, draft.what, f"its template stays “{page.template}”; there it is “{template}”"
        )


def _is_same_slug(here: str, there: str | None) -> bool:
    """Whether a page has the slug that it asks for, perhaps with the number that it got because that was taken."""
    return there is None or re.fullmatch(re.escape(there) + "(-[0-9]+)?", here) is not None


def _whole(given: dict[str, Any]) -> dict[str, Any]:
    """The input of a page with all of its text: what WordPress no longer says is cleared."""
    (text,) = given["translations"]
    text = {"body": None, **text, "seo": _cleared(Seo, text.get("seo") or {})}
    return {**{name: given[name] for name in ("metadata", "blocks", "note")}, "translations": [text]}


def _cleared(model: type[BaseModel], given: dict[str, Any]) -> dict[str, Any]:
    """A part of an input with null for what is not given."""
    whole: dict[str, Any] = {field.alias or name: None for name, field in model.model_fields.items()} | given
    return whole | {name: _cleared(inner, given[name]) for name, inner in _INSIDE.items() if given.get(name)}

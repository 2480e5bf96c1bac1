"""What the use cases of menus share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pages_graphql.core.access import Drafts, Permission
from pages_graphql.core.errors import Invalid, NotFound, Problem, Refused, refuse_if
from pages_graphql.core.inputs import as_id
from pages_graphql.core.view import ContentStage
from pages_graphql.documents import lifecycle
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.documents.references import SourceKind, point
from pages_graphql.menus.document import is_handle, references
from pages_graphql.menus.editing import Edit
from pages_graphql.menus.events import menu_event
from pages_graphql.menus.model import Menu, MenuRevision
from pages_graphql.menus.repository import writing
from pages_graphql.pages.repository.writing import seen
from pages_graphql.storage.work import Work

_RENDERED = "{}"
"""A menu has no rich text: nothing is kept beside its revisions."""


async def permitted(work: Work, id: str, permission: Permission, version: int | None, *path: str) -> Menu:
    """The menu of an id, locked: seen, permitted, in the version expected."""
    uuid = as_id(id)
    menu = await writing.locked(work, uuid) if uuid else None
    if menu is None or not (menu.is_live or work.actor.drafts("menus") is Drafts.ALL):
        raise Refused(NotFound("menu", id, *path))
    work.require(permission)
    lifecycle.expect(menu, version, "menu")
    return menu


def edit(work: Work, content: Mapping[str, Any]) -> Edit:
    """A document ready to be edited."""
    return Edit(dict(content), work.tenant, work.limits, work.new_id)


async def wrong_handle(work: Work, handle: str) -> list[Problem]:
    """A problem where a handle has another form than handles have, or another menu has it."""
    if not is_handle(handle):
        return [Invalid("A handle has 1 to 63 of the characters a to z, 0 to 9, - and _.", "handle")]
    return [taken_handle(handle)] if await writing.is_taken(work, handle) else []


def taken_handle(handle: str) -> Problem:
    """The problem of a handle that another menu has."""
    return Invalid(f"Another menu has the handle “{handle}”.", "handle")


async def unknown_pages(work: Work, edit: Edit) -> list[Problem]:
    """A problem for each page that is newly linked to and that the actor does not see."""
    there = await seen(work, set(edit.links.values())) if edit.links else set[UUID]()
    return [NotFound("page", id, *place) for place, id in edit.links.items() if id not in there]


async def save(work: Work, menu: Menu, content: Mapping[str, Any], before: Saved | None, note: str | None) -> None:
    """Append a revision with this content, make it the menu's draft, and let the draft point at what it names."""
    columns = lifecycle.append(work, menu, content, _RENDERED, before, note)
    work.session.add(MenuRevision(menu_id=menu.id, **columns))
    await work.session.flush()
    await point(work, SourceKind.MENU, ContentStage.DRAFT, {menu.id: references(content)})


async def revise(work: Work, menu: Menu, edit: Edit, before: Saved, note: str | None) -> Menu:
    """Make what came of an edit the draft; refused with all that is wrong with it."""
    refuse_if([*edit.problems, *await unknown_pages(work, edit)])
    return await make_draft(work, menu, edit.content, before, note)


async def make_draft(work: Work, menu: Menu, content: Mapping[str, Any], before: Saved, note: str | None) -> Menu:
    """Make content the draft, and tell the world; nothing happens where it says the same already."""
    if lifecycle.differs(menu, content):
        await save(work, menu, content, before, note)
        lifecycle.touch(work, menu)
        work.record(menu, menu_event("updated", menu, content))
    return menu

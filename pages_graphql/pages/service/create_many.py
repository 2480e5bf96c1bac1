"""Making many pages at once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Invalid, Problem, refuse_if
from pages_graphql.core.inputs import as_id
from pages_graphql.core.text import canonical_json
from pages_graphql.core.view import ContentStage
from pages_graphql.documents import lifecycle
from pages_graphql.pages.commands import CreatePage
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import DEFAULT_TEMPLATE, Page, PagePublication
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common, projections
from pages_graphql.pages.service.create import parent_of, said
from pages_graphql.pages.service.places import GAP
from pages_graphql.pages.service.publish import came, tell_moves
from pages_graphql.routes import repository as routes
from pages_graphql.routes.service import Claims, claim, clashes, reroute
from pages_graphql.storage.work import Work

Contents = Mapping[UUID, Mapping[str, Any]]


async def create_pages(work: Work, commands: Sequence[CreatePage]) -> list[Page]:
    """New pages, each behind all under a parent that is there: what `create_page` writes of each, in few statements.

    Refused whole. The problems do not say which page they are of: asked for by itself, each tells.
    """
    for command in commands:
        work.require(command.needs, *([Permission.PAGES_PUBLISH] if command.publish else []))
    await routes.lock(work)
    edits = [said(work, command) for command in commands]
    problems = [problem for edit in edits for problem in edit.problems]
    for command, edit in zip(commands, edits, strict=True):
        problems += [*common.unknown_channels(work, command.channels), *await common.unknown_pages(work, edit)]
    refuse_if([*problems, *await _misplaced(work, commands)])
    pages = await _rows(work, commands)
    contents = {page.id: edit.content for page, edit in zip(pages, edits, strict=True)}
    shown = [page for page, command in zip(pages, commands, strict=True) if command.publish]
    claims = _claims(pages, contents, {page.id for page in shown})
    refuse_if([*_twice(claims), *await clashes(work, claims)])
    await _save(work, pages, contents, [command.note for command in commands])
    await claim(work, claims)
    for page in pages:
        work.record(page, page_event("created", page, contents[page.id]))
    if shown:
        await _show(work, shown, contents)
    return pages


async def _misplaced(work: Work, commands: Sequence[CreatePage]) -> list[Problem]:
    """A problem for each place where pages may not stand; places are asked for once."""
    problems: list[Problem] = [
        Invalid("Pages made at once stand behind all others.", "beforeId")
        for command in commands
        if command.before_id is not None or command.after_id is not None
    ]
    for command in {(command.parent_id, command.publish): command for command in commands}.values():
        _ = await parent_of(work, command, problems)
    return problems


async def _rows(work: Work, commands: Sequence[CreatePage]) -> list[Page]:
    parents = [as_id(command.parent_id) if command.parent_id else None for command in commands]
    last = {parent: await writing.last_position(work, parent) for parent in dict.fromkeys(parents)}
    pages: list[Page] = []
    for command, parent in zip(commands, parents, strict=True):
        last[parent] += GAP
        channels = canonical_json(sorted(set(command.channels or ())))
        template = command.template or DEFAULT_TEMPLATE
        pages.append(common.new_page(work, parent, last[parent], template=template, channels=channels))
    return pages


def _claims(pages: Sequence[Page], contents: Contents, live: set[UUID]) -> dict[UUID, Claims]:
    found: dict[UUID, Claims] = {}
    for page in pages:
        draft = slugs(contents[page.id])
        found[page.id] = Claims(page.parent_key, draft, draft if page.id in live else {})
    return found


def _twice(claims: Mapping[UUID, Claims]) -> list[Problem]:
    """A problem for each slug that two of the pages want."""
    rows = [row for id, page in claims.items() for row in page.of(id)]
    first = {row.place: row.page_id for row in reversed(rows)}
    return [
        Invalid(f"Two of the pages have the slug “{row.slug}”.", row.locale, "slug", code="DUPLICATE_SLUG")
        for row in rows
        if first[row.place] != row.page_id
    ]


async def _save(work: Work, pages: Sequence[Page], contents: Contents, notes: Sequence[str | None]) -> None:
    for page in pages:
        work.pending.add(page)
    for page, note in zip(pages, notes, strict=True):
        await common.append(work, page, contents[page.id], None, note)
    await projections.project(work, ContentStage.DRAFT, contents)


async def _show(work: Work, pages: Sequence[Page], contents: Contents) -> None:
    """Show readers pages that nobody saw before, and tell the world."""
    ids = [page.id for page in pages]
    for page in pages:
        publication = lifecycle.go_live(work, page, None)
        work.pending.insert(PagePublication, {"page_id": page.id, **publication})
    for page in pages:
        work.record(page, page_event("published", page, contents[page.id]))
    await projections.publish(work, ids)
    _ = await reroute(work, ids, home=await writing.home(work))
    changes = await came(work, ids)
    for page in pages:
        await tell_moves(work, page, [change for change in changes if change.id == page.id])

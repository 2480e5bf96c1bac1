"""Making a page."""

from uuid import UUID

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Invalid, Problem, Refused, refuse_if
from pages_graphql.core.text import canonical_json
from pages_graphql.pages.commands import CreatePage
from pages_graphql.pages.document import EMPTY
from pages_graphql.pages.editing import Edit, slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import DEFAULT_TEMPLATE, Page
from pages_graphql.pages.service import common
from pages_graphql.pages.service.locating import located, locating
from pages_graphql.pages.service.places import place
from pages_graphql.pages.service.publish import go_live, under_draft
from pages_graphql.routes import repository as routes
from pages_graphql.routes.service import Claims, claim, clashes
from pages_graphql.storage.work import Work


async def create_page(work: Work, command: CreatePage) -> Page:
    """A new page with its first revision, a draft unless it is to be published."""
    work.require(command.needs, *([Permission.PAGES_PUBLISH] if command.publish else []))
    await routes.lock(work)
    problems: list[Problem] = []
    parent = await parent_of(work, command, problems)
    stands = parent is not None or command.parent_id is None  # else no slug is taken, and nobody is a neighbour
    edit = said(work, command)
    problems += [*common.unknown_channels(work, command.channels), *edit.problems]
    position = await place(work, parent, command.before_id, command.after_id, problems) if stands else 0
    channels = canonical_json(sorted(set(command.channels or ())))
    page = common.new_page(work, parent, position, template=command.template or DEFAULT_TEMPLATE, channels=channels)
    claims = {page.id: Claims(page.parent_key, slugs(edit.content))}
    problems += await common.unknown_pages(work, edit)
    locales = [text.locale for text in command.translations]
    if stands:
        problems += located(await clashes(work, claims), locales)
    refuse_if(problems)
    work.pending.add(page)
    await common.save(work, page, edit.content, None, command.note)
    with locating(locales=locales):
        await claim(work, claims)
        work.record(page, page_event("created", page, edit.content))
        if command.publish:
            await go_live(work, page, [page])
    return page


def said(work: Work, command: CreatePage) -> Edit:
    """What the page shall say."""
    edit = common.edit(work, EMPTY)
    edit.translate(command.translations, title_needed=True)
    edit.describe(command.metadata)
    edit.replace_blocks(command.blocks or [])
    return edit


async def parent_of(work: Work, command: CreatePage, problems: list[Problem]) -> UUID | None:
    """The page to stand under, if there is to be one; faults are added to `problems`."""
    if command.parent_id is None:
        return None
    try:
        parent = await common.find(work, command.parent_id, "parentId")
    except Refused as refused:
        problems += refused.problems
        return None
    if command.publish:
        problems += await under_draft(work, parent.id, "parentId")
    if await common.depth_of(work, parent.id) >= work.limits.max_tree_depth:
        problems.append(Invalid(f"Pages stand at most {work.limits.max_tree_depth} deep.", "parentId"))
    return parent.id

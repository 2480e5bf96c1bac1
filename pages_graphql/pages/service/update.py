"""Changing what a page says."""

from dataclasses import replace

from pages_graphql.core import tags
from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Conflict, refuse_if
from pages_graphql.core.text import canonical_json
from pages_graphql.documents import lifecycle
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.pages.commands import UpdatePage
from pages_graphql.pages.editing import Edit, slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import DEFAULT_TEMPLATE, Page
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
from pages_graphql.pages.service.locating import located, locating
from pages_graphql.routes.service import claim, claimed, clashes
from pages_graphql.storage.work import Work


async def update_page(work: Work, command: UpdatePage) -> Page:
    """Write what is given into the draft; what belongs to the row acts at once."""
    page = await common.find(work, command.id, "id")
    structure = _structure(page, command)
    structured = structure != (page.template, page.channels)
    common.allow(work, page, command, *([Permission.PAGES_PUBLISH] if structured and page.is_live else []))
    common.refuse_archived(page)
    before = await writing.draft(work, page)
    edit = _said(work, command, before)
    if page.is_home and structure[1] != page.channels:
        message = "The home page is in every channel."
        edit.problems.append(Conflict("HOME_PAGE", message, "channels", status=page.status))
    edit.problems += await common.unknown_pages(work, edit, before)
    claims = await claimed(work, [page.id])
    wanted = {page.id: replace(claims[page.id], draft=slugs(edit.content))}
    locales = [text.locale for text in command.translations or ()]
    refuse_if([*edit.problems, *located(await clashes(work, wanted, claims), locales)])
    _restructure(work, page, *structure)
    revised = lifecycle.differs(page, edit.content)
    if not (structured or revised):
        return page
    if revised:
        await common.save(work, page, edit.content, before, command.note)
        with locating(locales=locales):
            await claim(work, wanted, claims)
    lifecycle.touch(work, page, shown=structured and page.is_live)
    work.record(page, page_event("updated", page, edit.content))
    return page


def _said(work: Work, command: UpdatePage, before: Saved) -> Edit:
    """What the page shall say."""
    edit = common.edit(work, before.content)
    edit.remove(command.remove_locales or (), others_come=bool(command.translations))
    edit.translate(command.translations or ())
    if command.given("metadata"):
        edit.describe(command.metadata)
    if command.given("blocks"):
        edit.replace_blocks(command.blocks or [])
    edit.problems += common.unknown_channels(work, command.channels)
    return edit


def _restructure(work: Work, page: Page, template: str, channels: str) -> None:
    """Change what belongs to the row."""
    if channels != page.channels and page.is_live:
        work.stale(tags.SHAPE)
    page.template, page.channels = template, channels


def _structure(page: Page, command: UpdatePage) -> tuple[str, str]:
    """The template and the channels that the page shall have."""
    template = (command.template or DEFAULT_TEMPLATE) if command.given("template") else page.template
    channels = canonical_json(sorted(set(command.channels or ()))) if command.given("channels") else page.channels
    return template, channels

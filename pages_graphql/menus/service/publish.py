"""Showing menus to readers, and taking them away."""

from pages_graphql.core import tags
from pages_graphql.core.view import ContentStage
from pages_graphql.documents import lifecycle
from pages_graphql.documents.references import SourceKind, copy_drafts, point
from pages_graphql.menus.commands import PublishMenu, UnpublishMenu
from pages_graphql.menus.events import menu_event
from pages_graphql.menus.model import Menu, MenuPublication
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import common
from pages_graphql.storage.work import Work


async def publish_menu(work: Work, command: PublishMenu) -> Menu:
    """Show readers the draft, and tell the world; nothing happens where they see it already."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    if menu.has_unpublished_changes:
        await go_live(work, menu, command.note)
    return menu


async def go_live(work: Work, menu: Menu, note: str | None) -> None:
    """Show readers the draft of a menu."""
    if not menu.is_live:
        work.stale(tags.PLACES)
    draft = await writing.draft(work, menu)
    columns = lifecycle.go_live(work, menu, await writing.publication(work, menu), note)
    work.session.add(MenuPublication(menu_id=menu.id, **columns))
    work.record(menu, menu_event("published", menu, draft.content))
    await copy_drafts(work, SourceKind.MENU, [menu.id])


async def unpublish_menu(work: Work, command: UnpublishMenu) -> Menu:
    """Take the menu from readers; it keeps its places."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    if live := await writing.live(work, menu):
        lifecycle.leave_live(work, menu, await writing.publication(work, menu))
        work.record(menu, menu_event("unpublished", menu, live.content))
        await point(work, SourceKind.MENU, ContentStage.LIVE, {menu.id: []})
    return menu

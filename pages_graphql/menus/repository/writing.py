"""Menus on their way to be changed: locked, and read whole."""

from typing import cast
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from pages_graphql.core import tags
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.menus.model import Menu, MenuBinding, MenuPublication, MenuRevision
from pages_graphql.storage.constraints import violated_table
from pages_graphql.storage.work import Work


async def locked(work: Work, id: UUID) -> Menu | None:
    """The menu of an id, kept from others until the work ends."""
    key = (work.tenant.id, id)
    return await work.session.get(Menu, key, with_for_update={"key_share": True}, populate_existing=True)


async def is_live(work: Work, id: UUID) -> bool:
    """Whether readers see a menu."""
    own = (col(Menu.tenant_id) == work.tenant.id, col(Menu.id) == id, col(Menu.live_revision).is_not(None))
    return (await work.session.exec(select(Menu.id).where(*own))).first() is not None


async def is_taken(work: Work, handle: str) -> bool:
    """Whether a menu has this handle."""
    own = (col(Menu.tenant_id) == work.tenant.id, col(Menu.handle) == handle)
    return (await work.session.exec(select(Menu.id).where(*own))).first() is not None


async def keep_handle(work: Work, menu: Menu, handle: str) -> bool:
    """Keep a menu, new or not, under a handle; False, with nothing kept, where another work was faster."""
    try:
        async with work.savepoint():
            menu.handle = handle
            work.session.add(menu)
    except IntegrityError as error:
        if violated_table(error) != "menu":
            raise
        return False
    return True


async def revision(work: Work, menu: Menu, number: int) -> MenuRevision | None:
    """A revision of a menu."""
    return await work.session.get(MenuRevision, (work.tenant.id, menu.id, number))


async def draft(work: Work, menu: Menu) -> Saved:
    """What the menu's draft says."""
    return Saved.of(cast(MenuRevision, await revision(work, menu, menu.draft_revision)))


async def live(work: Work, menu: Menu) -> Saved | None:
    """What readers see of the menu."""
    if menu.live_revision is None:
        return None
    return Saved.of(cast(MenuRevision, await revision(work, menu, menu.live_revision)))


async def publication(work: Work, menu: Menu) -> MenuPublication | None:
    """The last publication of a menu that was ever live."""
    own = (col(MenuPublication.tenant_id) == work.tenant.id, col(MenuPublication.menu_id) == menu.id)
    last = select(MenuPublication).where(*own).order_by(col(MenuPublication.number).desc()).limit(1)
    return (await work.session.exec(last)).first()


async def binding(work: Work, channel: str, location: str) -> MenuBinding | None:
    """Who holds a place, kept from others until the work ends."""
    key = (work.tenant.id, channel, location)
    return await work.session.get(MenuBinding, key, with_for_update=True, populate_existing=True)


async def take_place(work: Work, menu: Menu, channel: str, location: str) -> bool:
    """Give a menu a place that is free; False, with nothing done, where another work was faster."""
    try:
        async with work.savepoint():
            place = MenuBinding(tenant_id=work.tenant.id, channel=channel, location=location, menu_id=menu.id)
            work.session.add(place)
    except IntegrityError as error:
        if violated_table(error) != "menu_binding":
            raise
        return False
    work.stale(tags.PLACES)
    return True


async def give_place(work: Work, place: MenuBinding, menu: Menu) -> None:
    """Give a place that a menu holds to another."""
    work.stale(tags.PLACES, tags.of_menu(place.menu_id))
    place.menu_id = menu.id
    await work.session.flush()


async def leave_place(work: Work, place: MenuBinding) -> None:
    """Let nobody hold a place."""
    work.stale(tags.PLACES)
    await work.session.delete(place)
    await work.session.flush()


async def erase(work: Work, menu: Menu) -> None:
    """Take a menu and all that is its own away."""
    owned = ((MenuBinding, MenuBinding.menu_id), (MenuPublication, MenuPublication.menu_id))
    for table, key in (*owned, (MenuRevision, MenuRevision.menu_id), (Menu, Menu.id)):
        gone = delete(table).where(col(table.tenant_id) == work.tenant.id, col(key) == menu.id)
        await work.run(gone.execution_options(synchronize_session=False))
    work.session.expunge_all()

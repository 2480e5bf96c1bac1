"""Menus on their way to be changed: locked, and read whole."""

from typing import cast
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from pages_graphql.documents.lifecycle import Saved
from pages_graphql.menus.model import Menu, MenuBinding, MenuPublication, MenuRevision
from pages_graphql.storage.constraints import violated_table
from pages_graphql.storage.work import Work


async def locked(work: Work, id: UUID) -> Menu | None:
    """The menu of an id, kept from others until the work ends."""
    key = (work.tenant.id, id)
    return await work.session.get(Menu, key, with_for_update={"key_share": True}, populate_existing=True)


async def has_handle(work: Work, handle: str) -> Menu | None:
    """The menu that has this handle."""
    own = (col(Menu.tenant_id) == work.tenant.id, col(Menu.handle) == handle)
    return (await work.session.exec(select(Menu).where(*own))).first()


async def keep_handle(work: Work, menu: Menu) -> bool:
    """Keep the menu's row as it is now; False, with nothing kept, where another has its handle."""
    try:
        async with work.session.begin_nested():
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
        async with work.session.begin_nested():
            place = MenuBinding(tenant_id=work.tenant.id, channel=channel, location=location, menu_id=menu.id)
            work.session.add(place)
    except IntegrityError as error:
        if violated_table(error) != "menu_binding":
            raise
        return False
    return True

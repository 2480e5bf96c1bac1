"""Changing a tenant's locales, and with them the paths of its live pages."""

from collections.abc import Callable, Sequence

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.errors import Conflict, Refused
from pages_graphql.core.events import PathChange
from pages_graphql.core.locale import normalise
from pages_graphql.core.tenancy import Tenant
from pages_graphql.menus.repository import locales as menus
from pages_graphql.pages.repository import locales as pages
from pages_graphql.pages.service.rebuild import reroute_all
from pages_graphql.storage.database import Database
from pages_graphql.tenants.locales import LocaleChange, NewLocale, with_change, with_locale, with_order, without_locale
from pages_graphql.tenants.service import changed_locales

_ACTOR = Actor("tenant", ROLES[Role.SUPER_ADMIN])


async def add_locale(database: Database, slug: str, new: NewLocale) -> tuple[Tenant, list[PathChange]]:
    """Let a tenant write in one more locale, which comes last."""
    return await _change(database, slug, lambda tenant: with_locale(tenant, new))


async def change_locale(database: Database, slug: str, change: LocaleChange) -> tuple[Tenant, list[PathChange]]:
    """Let a locale have other fallbacks or another prefix, or be the default."""
    return await _change(database, slug, lambda tenant: with_change(tenant, change))


async def order_locales(database: Database, slug: str, order: Sequence[str]) -> tuple[Tenant, list[PathChange]]:
    """Put a tenant's locales in another order."""
    return await _change(database, slug, lambda tenant: with_order(tenant, order))


async def remove_locale(database: Database, slug: str, locale: str) -> tuple[Tenant, list[PathChange]]:
    """Take a locale from a tenant; refused while a page or a menu says something in it."""
    async with changed_locales(database, slug, lambda tenant: without_locale(tenant, locale), _ACTOR) as work:
        tag = normalise(locale)
        written = {"pages": await pages.written_in(work, tag), "menus": await menus.written_in(work, tag)}
        if any(written.values()):
            counts = ", ".join(f"{kind}: {count:,}" for kind, count in written.items() if count)
            raise Refused(Conflict("VALIDATION_ERROR", f"Something is written in {tag} ({counts}).", "locale"))
        return work.tenant, await reroute_all(work)


async def _change(database: Database, slug: str, change: Callable[[Tenant], Tenant]) -> tuple[Tenant, list[PathChange]]:
    """The tenant as it is then, and the live paths that moved with it: kept together, or not at all."""
    async with changed_locales(database, slug, change, _ACTOR) as work:
        return work.tenant, await reroute_all(work)

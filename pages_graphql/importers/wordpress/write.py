"""A WordPress export brought into a tenant."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from pages_graphql.core import locale as bcp47
from pages_graphql.core.errors import Invalid, Refused
from pages_graphql.core.tenancy import Tenant
from pages_graphql.importers.report import Report
from pages_graphql.importers.wordpress.plan import plan_export
from pages_graphql.importers.wordpress.target import ImportProgress, Target
from pages_graphql.importers.wordpress.write_menus import write_menus
from pages_graphql.importers.wordpress.write_pages import write_pages
from pages_graphql.importers.wordpress.wxr import Site
from pages_graphql.storage.database import Database


@asynccontextmanager
async def import_wordpress(
    database: Database, tenant: Tenant, path: Path, locale: str, progress: ImportProgress
) -> AsyncGenerator[Report]:
    """Bring the pages and menus of an export into a locale of a tenant; the report lasts as long as the context.

    The file is read through before anything is written. What came in before is left as it is, so a second run changes
    nothing, and one that was cut off is finished by running it again.
    """
    tag = _locale_of(tenant, locale)
    with plan_export(path, partial(progress, "reading")) as plan:
        target = Target(database, tenant, tag, _source(plan.site), plan.report, progress)
        await write_pages(target, plan)
        await write_menus(target, plan)
        target.sum_up()
        yield plan.report


def _locale_of(tenant: Tenant, locale: str) -> str:
    try:
        tag = bcp47.normalise(locale)
    except bcp47.InvalidLocale as error:
        raise Refused(Invalid(str(error), "locale")) from None
    if tag not in tenant.by_locale:
        there = ", ".join(tenant.by_locale)
        raise Refused(Invalid(f"The tenant {tenant.slug} has no locale “{tag}”; it has {there}.", "locale"))
    return tag


def _source(site: Site) -> str:
    """What ids of the site are remembered under: its address, whether it is reached by http or https."""
    return f"wordpress:{site.url.partition('://')[2] or site.url}"

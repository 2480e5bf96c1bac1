"""A WordPress export brought into a tenant."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from pages_graphql.core import locale as bcp47
from pages_graphql.core.errors import Invalid, Refused
from pages_graphql.core.paths import join, segments
from pages_graphql.core.tenancy import Tenant
from pages_graphql.importers.report import Report
from pages_graphql.importers.wordpress.plan import Wanted, WordPressPlan, plan_export
from pages_graphql.importers.wordpress.target import ImportProgress, Target
from pages_graphql.importers.wordpress.withdraw import withdraw_pages
from pages_graphql.importers.wordpress.write_menus import write_menus
from pages_graphql.importers.wordpress.write_pages import link_pages, write_pages
from pages_graphql.importers.wordpress.write_redirects import write_redirects
from pages_graphql.importers.wordpress.wxr import Site
from pages_graphql.routes import repository as routes
from pages_graphql.storage.columns import NIL
from pages_graphql.storage.database import Database


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be brought in: the files of one site, the locale it is written in, and how."""

    files: Sequence[Path]
    locale: str
    posts: bool = False
    under: str = "/"
    """The path of the page that posts come under."""
    dry_run: bool = False


@asynccontextmanager
async def import_wordpress(
    database: Database, tenant: Tenant, order: Order, progress: ImportProgress
) -> AsyncGenerator[Report]:
    """Bring the pages and menus of an export into a locale of a tenant; the report lasts as long as the context.

    The files are read through before anything is written. What came in before and did not change in WordPress, or was
    edited here since, is left as it is: a second run changes nothing, and one that was cut off is finished by running
    it again. A dry run writes nothing.
    """
    tag, under = _locale_of(tenant, order.locale), _path_of(order)
    prefix = tenant.by_locale[tag].url_prefix
    wanted = Wanted(order.posts, under if under != "/" else "", prefix)
    with plan_export(*order.files, progress=partial(progress, "reading"), wanted=wanted) as plan:
        target = Target(database, tenant, tag, _source(plan.site), plan.report, progress, dry_run=order.dry_run)
        target.under = await _under(target, plan, under)
        await withdraw_pages(target, plan)
        await write_pages(target, plan)
        await link_pages(target, plan)
        await write_redirects(target, plan)
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


def _path_of(order: Order) -> str:
    found = segments(order.under)
    if found is None:
        raise Refused(Invalid(f"“{order.under}” is no path.", "under"))
    if found and not order.posts:
        raise Refused(Invalid("Only posts come under a page: take them with --posts.", "under"))
    return join(found)


async def _under(target: Target, plan: WordPressPlan, path: str) -> UUID | int | None:
    """The page that posts come under: one that is here, else one of the file; None at the top level."""
    if path == "/":
        return None
    at: UUID | None = NIL
    async with target.begin() as work:
        for slug in segments(path) or ():
            claims = await routes.claims(work, [], [(at, target.locale, slug)])
            at = claims[0].page_id if claims else None
            if at is None:
                break
    found = at or plan.scratch.page_at(path)
    if found is None:
        raise Refused(Invalid(f"There is no page at {path}, neither here nor in the file.", "under"))
    return found


def _source(site: Site) -> str:
    """What ids of the site are remembered under: its address, whether it is reached by http or https."""
    return f"wordpress:{site.url.partition('://')[2] or site.url}"

"""Pages that came in and that WordPress shows readers no longer: taken from them here too, those below first."""

from itertools import islice
from uuid import UUID

from pages_graphql.core.errors import Refused
from pages_graphql.importers import sources
from pages_graphql.importers.sources import SourceKind
from pages_graphql.importers.wordpress.plan import WordPressPlan
from pages_graphql.importers.wordpress.renew_page import edited_here
from pages_graphql.importers.wordpress.scratch import PagePlan
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.pages.commands import UnpublishPage
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service.publish import unpublish_page
from pages_graphql.routes import repository as routes
from pages_graphql.storage.work import Work

LOOKED_UP = 50
"""How many pages are looked up at once."""

WITHDRAWN = "withdrawn "
"""Begins the hash of a page that an import took from readers: where WordPress shows it again, so does the next one."""


async def withdraw_pages(target: Target, plan: WordPressPlan) -> None:
    """Unpublish what is a draft in WordPress now and was not edited here; what cannot be is left to its renewal."""
    if target.dry_run:
        return
    pages = plan.drafts()
    while batch := list(islice(pages, LOOKED_UP)):
        async with target.begin() as work:
            await routes.lock(work)
            known = await sources.known(work, target.source, SourceKind.PAGE, [page.id for page in batch])
            for page in batch:
                before = known.get(str(page.id))
                if before and before.is_here and before.hash.removeprefix(WITHDRAWN) != page.digest:
                    await _withdraw(target, work, page, before)


async def _withdraw(target: Target, work: Work, page: PagePlan, before: sources.Known) -> None:
    if await _is_live(work, before.target_id) and not await edited_here(work, before.target_id):
        try:
            async with work.savepoint():
                _ = await unpublish_page(work, UnpublishPage(id=str(before.target_id)))
        except Refused:
            return
        digest = WITHDRAWN + before.hash.removeprefix(WITHDRAWN)
        await sources.renew(work, target.source, SourceKind.PAGE, {str(page.id): digest})


async def _is_live(work: Work, id: UUID) -> bool:
    return (await writing.locked(work, [id]))[id].is_live

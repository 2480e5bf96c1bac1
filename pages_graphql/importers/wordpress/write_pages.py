"""The pages of a plan, written: parents first, many to a Work, each whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from time import perf_counter
from typing import NamedTuple
from uuid import UUID

from pages_graphql.importers import sources
from pages_graphql.importers.report import EntryKind, Quiet
from pages_graphql.importers.sources import Known, SourceKind
from pages_graphql.importers.wordpress.draft import PageDraft, draft_of
from pages_graphql.importers.wordpress.make_page import make_pages, would_make_page
from pages_graphql.importers.wordpress.pages import named
from pages_graphql.importers.wordpress.plan import WordPressPlan
from pages_graphql.importers.wordpress.renew_page import edited_here, renew_page
from pages_graphql.importers.wordpress.scratch import PagePlan
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.importers.wordpress.withdraw import WITHDRAWN
from pages_graphql.routes import repository as routes
from pages_graphql.storage.statistics import Growth
from pages_graphql.storage.work import Work

LOOKED_UP = 50
"""How many pages are looked up at once, to see which came in before."""

WORK_S = 0.5
"""After how many seconds a Work begins no further page: others who write wait for it."""

UNFINISHED = ""
"""The hash of a page that came in, while its links to pages that come later are not links to them yet."""


async def write_pages(target: Target, plan: WordPressPlan) -> None:
    """Write the pages that did not come in before, and those that changed in WordPress and not here."""
    pages, done, growth = plan.pages(), 0, Growth(target.database)
    while batch := list(islice(pages, LOOKED_UP)):
        while batch:
            async with target.begin() as work:
                written = await _Batch(target, plan, work).write(batch)
            del batch[:written]
            done += written
            await growth.reached(done)
            target.progress("pages", done, plan.page_count)


async def link_pages(target: Target, plan: WordPressPlan) -> None:
    """Let pages link to those that came in after them."""
    if target.dry_run:
        return
    for page in plan.waiting():
        async with target.begin() as work:
            await _Batch(replace(target, report=Quiet()), plan, work).finish(page)


class _New(NamedTuple):
    """A page that shall be made."""

    page: PagePlan
    digest: str
    draft: PageDraft


class _Batch:
    """Some pages, in one Work."""

    def __init__(self, target: Target, plan: WordPressPlan, work: Work) -> None:
        self._target, self._plan, self._work = target, plan, work
        self._fresh: dict[str, tuple[UUID, str]] = {}
        self._waiting: dict[int, _New] = {}

    async def write(self, pages: Sequence[PagePlan]) -> int:
        """Write the first of some pages, until the Work is long enough; answers how many."""
        until, done = perf_counter() + WORK_S, 0
        await routes.lock(self._work)
        known = await self._known([page.id for page in pages])
        for page in pages:
            if done and perf_counter() > until:
                break
            await self._write(page, known.get(str(page.id)))
            done += 1
        await self._make_waiting()
        if not self._target.dry_run:
            sources.remember(self._work, self._target.source, SourceKind.PAGE, self._fresh)
        return done

    async def finish(self, page: PagePlan) -> None:
        """Write a page again whose links lead to pages that are here by now."""
        await routes.lock(self._work)
        known = (await self._known([page.id])).get(str(page.id))
        if known is None or not known.is_here or await edited_here(self._work, known.target_id):
            return
        _ = await self._renew(page, known, named(page.id, page.title, page.type), page.digest)

    async def _known(self, ids: Sequence[int]) -> Mapping[str, Known]:
        return await sources.known(self._work, self._target.source, SourceKind.PAGE, ids)

    async def _write(self, page: PagePlan, before: Known | None) -> None:
        target, what, digest = self._target, named(page.id, page.title, page.type), page.digest
        if before is None:
            await self._make(page, what, digest)
        elif not before.is_here:
            target.report.add(EntryKind.LEFT_OUT, what, "it came in before, and was deleted here")
        elif before.hash.removeprefix(WITHDRAWN) == digest:
            self._plan.scratch.settle(page.id, before.target_id)
            target.unchanged[f"{page.type}s"] += 1
        else:
            self._plan.scratch.settle(page.id, before.target_id)
            if why := await edited_here(self._work, before.target_id):
                target.unchanged[f"{page.type}s"] += 1
                target.report.add(EntryKind.LEFT_OUT, f"changes to {what}", why)
            elif target.dry_run or await self._renew(page, before, what, digest):
                target.updated[f"{page.type}s"] += 1

    async def _make(self, page: PagePlan, what: str, digest: str) -> None:
        """Make a page together with those that come after it, but before one that stands under it."""
        if self._above(page) in self._waiting:
            await self._make_waiting()
        draft = draft_of(page, self._target, what, self._parent(page, what), self._plan.here())
        if not self._target.dry_run:
            self._waiting[page.id] = _New(page, digest, draft)
        elif made := await would_make_page(self._target, self._work, draft, self._plan.scratch):
            self._made(_New(page, digest, draft), made)

    async def _make_waiting(self) -> None:
        new = list(self._waiting.values())
        self._waiting.clear()
        made = await make_pages(self._target, self._work, [each.draft for each in new])
        for each, id in zip(new, made, strict=True):
            if id is not None:
                self._made(each, id)

    def _made(self, new: "_New", id: UUID) -> None:
        page, draft = new.page, new.draft
        self._fresh[str(page.id)] = id, UNFINISHED if draft.waits else new.digest
        self._plan.scratch.settle(page.id, id, waits=draft.waits)
        self._target.taken += {f"{page.type}s": 1, "links to pages of the site": draft.links}

    async def _renew(self, page: PagePlan, known: Known, what: str, digest: str) -> bool:
        draft = draft_of(page, self._target, what, self._parent(page, what), self._plan.here())
        is_withdrawn = known.hash.startswith(WITHDRAWN)
        if not await renew_page(self._target, self._work, known.target_id, draft, is_withdrawn=is_withdrawn):
            return False
        is_done = not draft.waits or isinstance(self._target.report, Quiet)
        kept = (WITHDRAWN if is_withdrawn and not draft.publish else "") + (digest if is_done else UNFINISHED)
        await sources.renew(self._work, self._target.source, SourceKind.PAGE, {str(page.id): kept})
        self._plan.scratch.settle(page.id, known.target_id, waits=not is_done)
        return True

    def _above(self, page: PagePlan) -> int | UUID | None:
        """What a page stands under: a page of the file, or for posts one that is here."""
        return self._target.under if page.type == "post" else page.parent_id

    def _parent(self, page: PagePlan, what: str) -> UUID | None:
        """What that became, where it is here."""
        above = self._above(page)
        parent = self._plan.scratch.became(above) if isinstance(above, int) else above
        if page.parent_id is not None and parent is None:
            self._target.report.add(EntryKind.CHANGED, what, "its parent is not taken: at the top level")
        return parent

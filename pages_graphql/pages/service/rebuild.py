"""Making again what is made from revisions: names, references, claims, rendered text, and the routes of live pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pages_graphql.core.events import PathChange
from pages_graphql.core.view import ContentStage
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.documents.references import SourceKind, pointers_of
from pages_graphql.pages.document import EMPTY, references, rendered
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import rebuilding, texts, writing
from pages_graphql.pages.service import projections
from pages_graphql.routes import repository as routes
from pages_graphql.routes.service import Claims, claim, claimed, drifted_routes, reroute
from pages_graphql.storage.columns import NIL
from pages_graphql.storage.work import Work

BATCH = 200
"""Pages that are looked at in one Work."""


@dataclass
class Drift:
    """What was not as the revisions say, by kind: how many pages or routes."""

    found: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, kind: str, count: int = 1) -> None:
        """Count some more."""
        if count:
            self.found[kind] = self.found.get(kind, 0) + count

    @property
    def total(self) -> int:
        """How much drifted at all."""
        return sum(self.found.values())


async def count_pages(work: Work) -> int:
    """How many pages there are to compare."""
    return await rebuilding.count(work)


async def rebuild_pages(work: Work, after: UUID | None, drift: Drift, *, mend: bool) -> UUID | None:
    """Compare a batch of pages behind `after` with their revisions, and mend them; the last of the batch, if any."""
    await routes.lock(work)
    pages = await rebuilding.batch(work, after, BATCH)
    drafts, live = await writing.drafts(work, pages), await writing.live_ones(work, pages)
    for stage, contents in ((ContentStage.DRAFT, drafts), (ContentStage.LIVE, live)):
        wrong = await _misplaced(work, stage, pages, contents)
        drift.add(f"{stage.value.lower()} projections", len(wrong))
        if mend and wrong:
            await projections.forget(work, stage, wrong)
            await projections.project(work, stage, {id: contents[id].content for id in wrong if id in contents})
    await _reclaim(work, pages, drafts, live, drift, mend=mend)
    await _rerender(work, pages, drift, mend=mend)
    if mend and drift.total:
        work.all_stale()
    return pages[-1].id if pages else None


async def _misplaced(
    work: Work, stage: ContentStage, pages: Sequence[Page], contents: Mapping[UUID, Saved]
) -> list[UUID]:
    """The pages whose names or references are not what their content says."""
    ids = [page.id for page in pages]
    called, pointing = await texts.called(work, stage, ids), await pointers_of(work, SourceKind.PAGE, stage, ids)
    wrong: list[UUID] = []
    for id in ids:
        content = contents[id].content if id in contents else EMPTY
        if called.get(id, set()) != texts.names(content) or pointing.get(id, set()) != set(references(content)):
            wrong.append(id)
    return wrong


async def _reclaim(
    work: Work,
    pages: Sequence[Page],
    drafts: Mapping[UUID, Saved],
    live: Mapping[UUID, Saved],
    drift: Drift,
    *,
    mend: bool,
) -> None:
    there = await claimed(work, [page.id for page in pages])
    wanted = {
        page.id: Claims(
            page.parent_id or NIL,
            slugs(drafts[page.id].content),
            slugs(live[page.id].content) if page.id in live else {},
        )
        for page in pages
    }
    wrong = {id: claims for id, claims in wanted.items() if there.get(id) != claims}
    drift.add("claims", len(wrong))
    if mend and wrong:
        await claim(work, wrong)


async def _rerender(work: Work, pages: Sequence[Page], drift: Drift, *, mend: bool) -> None:
    """Render again what another renderer made, or what is not what it would make."""
    for revision in await rebuilding.revisions(work, [page.id for page in pages]):
        made = rendered(Saved.of(revision).content)
        if revision.rendered != made or revision.renderer != rebuilding.RENDERER_VERSION:
            drift.add("rendered texts")
            if mend:
                revision.rendered, revision.renderer = made, rebuilding.RENDERER_VERSION


async def rebuild_routes(work: Work, drift: Drift, *, mend: bool) -> None:
    """Compare the routes of all live pages with where they are, and mend them."""
    await routes.lock(work)
    roots, home = await rebuilding.live_roots(work), await writing.home(work)
    drift.add("routes", await drifted_routes(work, roots, home=home, mend=mend))
    if mend:
        work.all_stale()
        _ = await reroute(work, roots, home=home)


async def reroute_all(work: Work) -> list[PathChange]:
    """Make routes say where all live pages are now that the tenant's locales are others, and tell the world."""
    await routes.lock(work)
    roots = await rebuilding.live_roots(work)
    changes = await reroute(work, roots, home=await writing.home(work))
    if changes:
        page = (await writing.locked(work, [changes[0].id]))[changes[0].id]
        work.record(page, page_event("moved", page, paths=changes))
    return changes

"""The pages of a plan, written: parents first, many to a Work, each whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from time import perf_counter
from uuid import UUID

from pages_graphql.core.errors import Refused, SlugTaken
from pages_graphql.core.inputs import parse
from pages_graphql.core.text import canonical_json, content_hash
from pages_graphql.importers import sources
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.sources import Known, SourceKind
from pages_graphql.importers.wordpress.draft import PageDraft, draft_of
from pages_graphql.importers.wordpress.pages import named
from pages_graphql.importers.wordpress.plan import WordPressPlan
from pages_graphql.importers.wordpress.scratch import PagePlan
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.pages.commands import CreatePage, PublishPage
from pages_graphql.pages.service.create import create_page
from pages_graphql.pages.service.publish import publish_page
from pages_graphql.routes import repository as routes
from pages_graphql.storage.work import Work

LOOKED_UP = 50
"""How many pages are looked up at once, to see which came in before."""

WORK_S = 0.5
"""After how many seconds a Work begins no further page: others who write wait for it."""

TRIES = 8
"""How often a page that is refused is mended and tried again."""


async def write_pages(target: Target, plan: WordPressPlan) -> None:
    """Write the pages that did not come in before."""
    pages, done = plan.pages(), 0
    while batch := list(islice(pages, LOOKED_UP)):
        while batch:
            async with target.begin() as work:
                written = await _write_some(target, work, batch)
            del batch[:written]
            done += written
            target.progress("pages", done, plan.page_count)


async def _write_some(target: Target, work: Work, pages: Sequence[PagePlan]) -> int:
    """Write the first of some pages, until the Work is long enough; answers how many."""
    until = perf_counter() + WORK_S
    await routes.lock(work)
    ids = {id for page in pages for id in (page.id, page.parent_id) if id is not None}
    known = await sources.known(work, target.source, SourceKind.PAGE, ids)
    fresh: dict[str, tuple[UUID, str]] = {}
    done = 0
    for page in pages:
        if done and perf_counter() > until:
            break
        await _write(target, work, page, known, fresh)
        done += 1
    sources.remember(work, target.source, SourceKind.PAGE, fresh)
    return done


async def _write(
    target: Target, work: Work, page: PagePlan, known: Mapping[str, Known], fresh: dict[str, tuple[UUID, str]]
) -> None:
    """Write a page that did not come in before, and add it to `fresh`."""
    what, digest = named(page.id, page.title), content_hash(canonical_json(asdict(page)))
    if before := known.get(str(page.id)):
        target.count_known("pages", what, before, digest)
        return
    parent = _parent(page, known, fresh)
    if page.parent_id is not None and parent is None:
        target.report.add(EntryKind.CHANGED, what, "its parent is not taken: at the top level")
    if (made := await _made(target, work, draft_of(page, target, what, parent))) is not None:
        fresh[str(page.id)] = made, digest
        target.taken["pages"] += 1


def _parent(page: PagePlan, known: Mapping[str, Known], fresh: Mapping[str, tuple[UUID, str]]) -> UUID | None:
    """What the parent became, where it is here."""
    id = str(page.parent_id)
    if id in fresh:
        return fresh[id][0]
    return known[id].target_id if id in known and known[id].is_here else None


async def _made(target: Target, work: Work, draft: PageDraft) -> UUID | None:
    """The page that a draft becomes; what stands in its way is mended and reported, or the page left out."""
    for _ in range(TRIES):
        try:
            async with work.session.begin_nested():
                page = await create_page(work, parse(CreatePage, draft.given))
                if draft.publish:
                    page = await publish_page(work, PublishPage(id=str(page.id)))
                return page.id
        except Refused as refused:
            mended = list(_mended(draft, refused))
            for why in mended:
                target.report.add(EntryKind.CHANGED, draft.what, why)
            if not mended:
                target.report.add(EntryKind.LEFT_OUT, draft.what, str(refused))
                return None
    target.report.add(EntryKind.LEFT_OUT, draft.what, "it was refused again and again")
    return None


def _mended(draft: PageDraft, refused: Refused) -> Iterator[str]:
    """Change the draft so that it meets the problems that can be met; says what was done about each."""
    for problem in refused.problems:
        if isinstance(problem, SlugTaken):
            draft.given["translations"][0]["slug"] = problem.suggestion
            yield f"its slug “{problem.slug}” is taken: it gets “{problem.suggestion}”"
        elif problem.code in {"PARENT_NOT_PUBLISHED", "PATH_TOO_LONG"} and draft.publish:
            draft.publish = False
            yield f"taken as a draft: {problem.message}"
        elif problem.path[:1] == ["parentId"]:
            draft.given["parentId"] = None
            yield f"at the top level: {problem.message}"

"""Pages made of planned ones; what stands in their way is mended and reported."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from pages_graphql.core.errors import Refused, SlugTaken
from pages_graphql.core.inputs import parse
from pages_graphql.core.text import numbered
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.wordpress.at_once import at_once
from pages_graphql.importers.wordpress.draft import PageDraft, slug_of
from pages_graphql.importers.wordpress.scratch import Scratch
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.pages.commands import CreatePage
from pages_graphql.pages.document import EMPTY
from pages_graphql.pages.model import Page
from pages_graphql.pages.service import common
from pages_graphql.pages.service.create import create_page
from pages_graphql.pages.service.create_many import create_pages
from pages_graphql.routes import repository as routes
from pages_graphql.storage.columns import NIL
from pages_graphql.storage.work import Work

TRIES = 8
"""How often a page that is refused is mended and tried again."""


async def make_pages(target: Target, work: Work, drafts: Sequence[PageDraft]) -> list[UUID | None]:
    """The pages that drafts become, none of which stands under another; None for one that must be left out."""

    async def write(drafts: Sequence[PageDraft]) -> list[UUID | None]:
        commands = [parse(CreatePage, {**draft.given, "publish": draft.publish}) for draft in drafts]
        pages = await create_pages(work, commands)
        for page, draft in zip(pages, drafts, strict=True):
            _backdate(work, page, draft)
        return [page.id for page in pages]

    return await at_once(work, drafts, write, lambda draft: make_page(target, work, draft))


async def make_page(target: Target, work: Work, draft: PageDraft) -> UUID | None:
    """The page that a draft becomes; None where it must be left out, which is reported."""
    for _ in range(TRIES):
        try:
            async with work.savepoint():
                page = await create_page(work, parse(CreatePage, {**draft.given, "publish": draft.publish}))
                _backdate(work, page, draft)
                return page.id
        except Refused as refused:
            if not mended(target, draft, refused):
                target.report.add(EntryKind.LEFT_OUT, draft.what, str(refused))
                return None
    target.report.add(EntryKind.LEFT_OUT, draft.what, "it was refused again and again")
    return None


async def would_make_page(target: Target, work: Work, draft: PageDraft, scratch: Scratch) -> UUID | None:
    """An id for the page that a draft would become, as far as that can be told without writing it."""
    command = parse(CreatePage, draft.given)
    edit = common.edit(work, EMPTY)
    edit.translate(command.translations, title_needed=True)
    edit.replace_blocks(command.blocks or [])
    if edit.problems:
        target.report.add(EntryKind.LEFT_OUT, draft.what, str(Refused(*edit.problems)))
        return None
    parent, slug = command.parent_id or "", slug_of(draft)
    wanted, n = slug, 1
    key = UUID(parent) if parent else NIL
    while await routes.claims(work, [], [(key, target.locale, wanted)]) or not scratch.claim(parent, wanted):
        n += 1
        wanted = numbered(slug, n)
    if wanted != slug:
        target.report.add(EntryKind.CHANGED, draft.what, f"its slug “{slug}” is taken: it gets “{wanted}”")
    return work.new_id()


def mended(target: Target, draft: PageDraft, refused: Refused) -> bool:
    """Change the draft so that it meets the problems that can be met, which is reported; False where none can."""
    changes = list(_mended(draft, refused))
    for why in changes:
        target.report.add(EntryKind.CHANGED, draft.what, why)
    return bool(changes)


def _mended(draft: PageDraft, refused: Refused) -> Iterator[str]:
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


def _backdate(work: Work, page: Page, draft: PageDraft) -> None:
    """Let a page be as old as it is in WordPress; what lies ahead there is made now."""
    at: datetime | None = draft.created_at
    if at is None or at > work.now:
        return
    page.created_at = at
    if draft.publish:
        page.first_published_at = at

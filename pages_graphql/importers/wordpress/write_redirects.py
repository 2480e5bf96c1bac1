"""Where pages lived in WordPress, and live no longer: redirects to where they are here."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pages_graphql.core.errors import Refused
from pages_graphql.core.inputs import parse
from pages_graphql.core.paths import segments
from pages_graphql.core.text import content_hash
from pages_graphql.importers import sources
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.sources import SourceKind
from pages_graphql.importers.wordpress.at_once import at_once
from pages_graphql.importers.wordpress.pages import named
from pages_graphql.importers.wordpress.plan import WordPressPlan
from pages_graphql.importers.wordpress.scratch import PagePlan
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.pages.commands import CreatePathRedirect
from pages_graphql.pages.service.redirects import create_page_redirects, create_path_redirect
from pages_graphql.routes import repository as routes
from pages_graphql.routes.model import PathRedirectOrigin, Redirect
from pages_graphql.storage.work import Work

LOOKED_UP = 50
"""How many pages are looked up at once."""


async def write_redirects(target: Target, plan: WordPressPlan) -> None:
    """Write a redirect from each former path of the published pages that has none yet."""
    pages, done = plan.pages(), 0
    while batch := list(islice(pages, LOOKED_UP)):
        wanted = [(page, path) for page in batch if page.is_published for path in former_paths(page)]
        if wanted:
            async with target.begin() as work:
                await routes.lock(work)
                await _write(target, plan, work, wanted)
        done += len(batch)
        target.progress("redirects", done, plan.page_count)


def former_paths(page: PagePlan) -> Iterator[str]:
    """The paths that a page had in WordPress, the last first; the front page's is not its own here."""
    if page.path in (None, "/"):
        return
    yield page.path
    above = page.path.rpartition("/")[0]
    yield from (f"{above}/{slug}" for slug in page.old_slugs)


class _New(NamedTuple):
    """A redirect that shall be made."""

    page: PagePlan
    path: str
    command: CreatePathRedirect

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return _key(self.page, self.path)


async def _write(target: Target, plan: WordPressPlan, work: Work, wanted: list[tuple[PagePlan, str]]) -> None:
    known = await sources.known(work, target.source, SourceKind.REDIRECT, [_key(page, path) for page, path in wanted])
    became = {page.id: id for page, _ in wanted if (id := plan.scratch.became(page.id))}
    current = {} if target.dry_run else await routes.current(work, became.values())
    new: list[_New] = []
    for page, path in wanted:
        id = became.get(page.id)
        if id is None or _key(page, path) in known:
            continue
        here = current.get(id, {}).get(target.locale) or plan.links.path(page.id)
        found = segments(path)
        if found is None or "/" + "/".join(found) == here:
            continue
        given = {"fromPath": path, "locale": target.locale, "pageId": str(id)}
        try:
            new.append(_New(page, path, parse(CreatePathRedirect, given)))
        except Refused as refused:
            _leave_out(target, page, path, refused)
    target.taken["redirects"] += len(new) if target.dry_run else await _make(target, work, new)


async def _make(target: Target, work: Work, new: Sequence[_New]) -> int:
    """Make redirects and remember them; answers how many."""

    async def write(some: Sequence[_New]) -> Sequence[Redirect | None]:
        return await create_page_redirects(work, [each.command for each in some], PathRedirectOrigin.IMPORTED)

    async def write_one(each: _New) -> Redirect | None:
        try:
            async with work.savepoint():
                return await create_path_redirect(work, each.command, PathRedirectOrigin.IMPORTED)
        except Refused as refused:
            _leave_out(target, each.page, each.path, refused)
            return None

    made = zip(new, await at_once(work, new, write, write_one), strict=True)
    fresh = {each.key: (redirect.id, content_hash(redirect.from_path)) for each, redirect in made if redirect}
    sources.remember(work, target.source, SourceKind.REDIRECT, fresh)
    return len(fresh)


def _leave_out(target: Target, page: PagePlan, path: str, refused: Refused) -> None:
    what = f"redirect from {path} to {named(page.id, page.title, page.type)}"
    target.report.add(EntryKind.LEFT_OUT, what, str(refused))


def _key(page: PagePlan, path: str) -> str:
    return f"{page.id} {path}"

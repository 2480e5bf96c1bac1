"""Finding what a path leads to: routes give the answer, pages show it."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.paths import PATH_BYTES, join, segments
from pages_graphql.core.urls import below
from pages_graphql.core.view import Source, View
from pages_graphql.pages.repository.addresses import living_at
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.rows import PageSource, drafts_of
from pages_graphql.pages.repository.tree import by_draft_path, last_ends
from pages_graphql.pages.routing import RouteRow
from pages_graphql.routes.lookup import Answer, AnswerKind, answer_without_prefixes, answers, lives
from pages_graphql.storage.read import Read

RouteSource = Source[RouteRow]
Segments = tuple[str, ...]

_FOUND, _GONE, _NOT_FOUND = 200, 410, 404


@tags.tagged
async def routes(read: Read, paths: Sequence[str]) -> Sequence[RouteSource]:
    """What each asked path leads to in the View."""
    asked = {path: found for path in paths if (found := segments(path)) is not None}
    pages = await _there(read, list(dict.fromkeys(asked.values())))
    rest = [found for found in dict.fromkeys(asked.values()) if found not in pages]
    answered = dict(zip(rest, await answers(read, rest) if rest else [], strict=True))
    shown = await _shown(read, (answer.page_id for answer in answered.values() if answer))
    found = {asked_: _at(read.view, asked_, page) for asked_, page in pages.items()}
    for asked_, answer in answered.items():
        found[asked_] = await _answered(read, asked_, answer, shown) if answer else _nothing(read.view, join(asked_))
    return [
        Source(found[asked[path]] if path in asked else _nothing(read.view, _cleaned(path)), None, read.view, "")
        for path in paths
    ]


@tags.tagged
async def by_paths(read: Read, paths: Sequence[str]) -> Sequence[PageSource | None]:
    """The page that lives at each asked path, in the View's locale, else along its chain; no redirect is followed."""
    return [route.row.page if route.row.status_code == _FOUND else None for route in await routes(read, paths)]


async def _there(read: Read, asked: Sequence[Segments]) -> Mapping[Segments, PageSource]:
    """The pages that are at the asked paths themselves: what most readers ask for, in one statement."""
    if not asked:
        return {}
    if drafts_of(read.view) is Drafts.NONE:
        return await living_at(read, asked)
    found = await by_draft_path(read, asked)
    return {asked_: page for asked_, page in zip(asked, found, strict=True) if page}


async def _shown(read: Read, ids: Iterable[UUID | None]) -> dict[UUID, PageSource]:
    wanted = [id for id in dict.fromkeys(ids) if id]
    found = await by_ids(read, wanted) if wanted else ()
    return {page.row.id: page for page in found if page}


def _at(view: View, asked: Segments, page: PageSource) -> RouteRow:
    """The route of a page that a path shows; where the page lives in the View is its canonical place."""
    path = page.row.paths.get(page.locale, join(asked))
    return RouteRow(_FOUND, join(asked), view.locale, page, path, page.locale)


async def _answered(read: Read, asked: Segments, answer: Answer, shown: Mapping[UUID, PageSource]) -> RouteRow:
    path, view = join(asked), read.view
    if answer.url is not None:
        location = below(answer.url, answer.rest) if answer.rest else answer.url
        return RouteRow(answer.status_code, path, view.locale, location=location)
    page = shown.get(answer.page_id) if answer.page_id else None
    if answer.kind is AnswerKind.GONE or (page is None and answer.page_id and not await _lives(read, answer.page_id)):
        return await _gone(read, path, answer)
    if page is None:
        return _nothing(view, path)
    if answer.kind is AnswerKind.PAGE:
        return _at(view, asked, page)
    return await _redirected(read, path, answer, page)


async def _redirected(read: Read, path: str, answer: Answer, page: PageSource) -> RouteRow:
    """To where the page is now; below a prefix to what the rest of the path leads to there, if it leads anywhere."""
    target, locale = _place(page, answer.locale)
    if answer.rest:
        further = await answer_without_prefixes(read, f"{target.rstrip('/')}/{answer.rest}", locale)
        if further and further.url is not None:
            return RouteRow(answer.status_code, path, read.view.locale, location=further.url)
        found = await _shown(read, [further.page_id]) if further and further.kind is not AnswerKind.GONE else {}
        for page in found.values():
            target, locale = _place(page, locale)
    location = read.view.tenant.address(target, locale)
    return RouteRow(answer.status_code, path, read.view.locale, page, target, locale, location)


def _place(page: PageSource, locale: str) -> tuple[str, str]:
    """Where a page lives: in this locale if it speaks that, else in the one that is shown."""
    locale = locale if locale in page.document["translations"] else page.locale
    return page.row.paths[locale], locale


async def _gone(read: Read, path: str, answer: Answer) -> RouteRow:
    """Gone since the page was deleted, else since readers last saw it; where they never did, since it is led to."""
    gone_at = answer.gone_at
    if gone_at is None and answer.page_id is not None:
        gone_at = (await last_ends(read, [answer.page_id]))[0]
    return RouteRow(_GONE, path, read.view.locale, gone_at=gone_at or answer.since)


async def _lives(read: Read, id: UUID) -> bool:
    """Whether a page that this View does not show is live: then it is of another channel, else it is gone."""
    return (await lives(read, [id]))[0]


def _nothing(view: View, path: str) -> RouteRow:
    return RouteRow(_NOT_FOUND, path, view.locale)


def _cleaned(path: str) -> str:
    """A path that cannot be one, fit to be shown."""
    asked = path.partition("#")[0].partition("?")[0]
    return "/" + asked.encode("utf-8", "replace")[:PATH_BYTES].decode("utf-8", "ignore").strip("/")

"""Finding what a path leads to: routes give the answer, pages show it."""

from collections.abc import Sequence

from pages_graphql.core.access import Drafts
from pages_graphql.core.paths import PATH_BYTES, join, segments
from pages_graphql.core.view import Source, View
from pages_graphql.pages.repository.rows import PageSource, by_ids, drafts_of
from pages_graphql.pages.repository.tree import by_draft_path, last_ends
from pages_graphql.pages.routing import RouteRow
from pages_graphql.routes.lookup import Answer, AnswerKind, answers
from pages_graphql.storage.read import Read

RouteSource = Source[RouteRow]
Segments = tuple[str, ...]

_FOUND, _MOVED, _GONE, _NOT_FOUND = 200, 301, 410, 404


async def routes(read: Read, paths: Sequence[str]) -> Sequence[RouteSource]:
    """What each asked path leads to in the View."""
    asked = {path: found for path in paths if (found := segments(path)) is not None}
    pages = await _drafts(read, list(dict.fromkeys(asked.values())))
    live = [found for found in dict.fromkeys(asked.values()) if found not in pages]
    answered = dict(zip(live, await answers(read, live) if live else [], strict=True))
    shown = await _shown(read, [answer for answer in answered.values() if answer])
    found = {segments: _at(read.view, segments, page) for segments, page in pages.items()}
    for segments_, answer in answered.items():
        found[segments_] = await _answered(read, segments_, answer, shown.get(answer.page_id) if answer else None)
    return [
        Source(found[asked[path]] if path in asked else _nothing(read.view, _cleaned(path)), None, read.view, "")
        for path in paths
    ]


async def by_paths(read: Read, paths: Sequence[str]) -> Sequence[PageSource | None]:
    """The page that lives at each asked path, in the View's locale, else along its chain; no redirect is followed."""
    return [route.row.page if route.row.status_code == _FOUND else None for route in await routes(read, paths)]


async def _drafts(read: Read, asked: Sequence[Segments]) -> dict[Segments, PageSource]:
    if drafts_of(read.view) is Drafts.NONE or not asked:
        return {}
    found = await by_draft_path(read, asked)
    return {segments: page for segments, page in zip(asked, found, strict=True) if page}


async def _shown(read: Read, answers: Sequence[Answer]) -> dict[object, PageSource]:
    ids = list({answer.page_id for answer in answers if answer.kind is not AnswerKind.GONE})
    return {page.row.id: page for page in (await by_ids(read, ids) if ids else []) if page}


def _at(view: View, asked: Segments, page: PageSource) -> RouteRow:
    """The route of a page that a path shows; where the page lives in the View is its canonical place."""
    path = page.row.paths.get(page.locale, join(asked))
    return RouteRow(_FOUND, join(asked), view.locale, page, path, page.locale)


async def _answered(read: Read, asked: Segments, answer: Answer | None, page: PageSource | None) -> RouteRow:
    path, view = join(asked), read.view
    if answer is None:
        return _nothing(view, path)
    if answer.kind is AnswerKind.GONE:
        gone_at = answer.gone_at or (await last_ends(read, [answer.page_id]))[0]
        return RouteRow(_GONE, path, view.locale, gone_at=gone_at)
    if page is None:
        return _nothing(view, path)
    if answer.kind is AnswerKind.PAGE:
        return _at(view, asked, page)
    locale = answer.locale if answer.locale in page.row.paths else page.locale
    target = page.row.paths[locale]
    location = view.tenant.address(target, locale)
    return RouteRow(_MOVED, path, view.locale, page, target, locale, location)


def _nothing(view: View, path: str) -> RouteRow:
    return RouteRow(_NOT_FOUND, path, view.locale)


def _cleaned(path: str) -> str:
    """A path that cannot be one, fit to be shown."""
    return "/" + path.encode("utf-8", "replace").decode()[:PATH_BYTES].strip("/")

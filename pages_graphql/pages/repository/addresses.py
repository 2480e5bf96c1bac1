"""Pages found by their exact address, a locale and a path: many at once, each through a View in its own locale."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Select, String, Uuid, literal, select

from pages_graphql.core import locale as bcp47
from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.paths import join, segments
from pages_graphql.core.view import Source
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository.rows import TENANT, PageSource, drafts_of, visible, visible_pages
from pages_graphql.routes.model import Route, SlugClaim
from pages_graphql.storage.by_index import each
from pages_graphql.storage.columns import NIL, col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import rows, table_of

Address = tuple[str, tuple[str, ...]]
"""A locale and the segments of a path, normalised."""


@tags.tagged
async def at_addresses(read: Read, asked: Sequence[tuple[str, str]]) -> Sequence[PageSource | None]:
    """The page whose shown locale and path are exactly these, for each; no fallback, no redirect."""
    wanted = {one: found for one in dict.fromkeys(asked) if (found := _normalised(*one))}
    read.made_of(tags.SHAPE, *(tags.of_path(join(slugs)) for _, slugs in wanted.values()))
    there = await _pages(read, set(wanted.values()))
    return [there.get(wanted[one]) if one in wanted else None for one in asked]


async def living_at(read: Read, asked: Sequence[tuple[str, ...]]) -> Mapping[tuple[str, ...], PageSource]:
    """The visible live pages whose own paths these are, given as segments, in the first locale of the View's chain."""
    locale, paths = read.view.chain[0], {join(slugs): slugs for slugs in asked}
    read.made_of_each(tags.of_path, paths)
    places = [(locale, path) for path in paths]
    found: dict[tuple[str, ...], PageSource] = {}
    for page, _ in await visible(read, _live(), read.guess(places), places=rows(places)):
        path = page.row.paths[locale]
        if path in paths:  # it is not where a page has drifted from its routes
            found[paths[path]] = page
            read.remember((locale, path), page.row.id)
    return found


def _normalised(locale: str, path: str) -> Address | None:
    """What an address names; None where no page can have it."""
    slugs = segments(path)
    try:
        return None if slugs is None else (bcp47.normalise(locale), slugs)
    except bcp47.InvalidLocale:
        return None


async def _pages(read: Read, wanted: Iterable[Address]) -> Mapping[Address, PageSource]:
    drafts = drafts_of(read.view)
    if drafts is Drafts.NONE:
        pages = await visible(read, _live(), places=rows((locale, join(slugs)) for locale, slugs in wanted))
    else:
        steps = [(n, step, slug) for n, (_, slugs) in enumerate(wanted) for step, slug in enumerate(slugs, start=1)]
        ends = ((n, len(slugs)) for n, (_, slugs) in enumerate(wanted))
        pages = await visible(read, _drafts(drafts), steps=rows(steps), ends=rows(ends))
    by_place = {
        (locale, path): page
        for page, _ in pages
        for locale, path in page.row.paths.items()
        if locale in page.document["translations"]
    }
    return {
        (locale, slugs): Source(page.row, page.document, read.view.but(locale=locale), locale)
        for locale, slugs in wanted
        if (page := by_place.get((locale, join(slugs))))
    }


@kept
def _live() -> Select[*tuple[Any, ...]]:
    places = table_of("places", locale=String(), path=String()).subquery()
    there = select(col(Route.page_id)).join(places, each(Route, **places.c)).where(col(Route.is_current))
    here = there.distinct().subquery()
    return visible_pages(Drafts.NONE, of_few=True).join(here, each(Page, id=here.c.page_id))


@kept
def _drafts(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    """The pages whose own and whose ancestors' slugs, in whatever locale, spell one of the paths; and the home page."""
    steps = table_of("steps", path=Integer(), step=Integer(), slug=String()).cte("steps")
    ends = table_of("ends", path=Integer(), step=Integer()).cte("ends")
    start = select(ends.c.path, literal(0, Integer()).label("step"), literal(NIL, Uuid()).label("id"))
    walk = start.cte("walk", recursive=True)
    walk = walk.union(
        select(walk.c.path, steps.c.step, col(SlugClaim.page_id)).where(
            each(SlugClaim, parent_key=walk.c.id, slug=steps.c.slug),
            steps.c.path == walk.c.path,
            steps.c.step == walk.c.step + 1,
        )
    )
    arrived = select(walk.c.id).join(ends, (ends.c.path == walk.c.path) & (ends.c.step == walk.c.step))
    root = select(ends.c.path).where(ends.c.step == 0).exists()
    home = select(col(Page.id)).where(col(Page.tenant_id) == TENANT, col(Page.is_home), root)
    found = arrived.union(home).subquery()
    return visible_pages(drafts, of_few=True).join(found, each(Page, id=found.c.id))

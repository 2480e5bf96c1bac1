"""Pages found by where they stand: ancestors, slugs, former paths."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    Uuid,
    bindparam,
    case,
    func,
    literal,
    select,
)

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.paths import join
from pages_graphql.core.view import in_parts
from pages_graphql.pages.model import Page, PagePublication
from pages_graphql.pages.repository.rows import (
    ACTOR,
    TENANT,
    PageSource,
    drafts_of,
    visible,
    visible_pages,
)
from pages_graphql.routes.model import SlugClaim
from pages_graphql.storage.by_index import among, each
from pages_graphql.storage.columns import NIL, col
from pages_graphql.storage.prepared import keep, kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, rows, singles, table_of


def _line() -> CTE:
    """The ids above each of some pages, with how far above; a root ends with none."""
    start = select(col(Page.id).label("start"), col(Page.parent_id).label("id"), literal(1, Integer()).label("depth"))
    ids = ids_of("ids").subquery()
    line = start.join(ids, each(Page, id=ids.c.id)).cte("line", recursive=True)
    return line.union_all(select(line.c.start, col(Page.parent_id), line.c.depth + 1).where(each(Page, id=line.c.id)))


def _below(read: Read, pages: Iterable[PageSource]) -> list[UUID]:
    """Those of some pages that have others above them, each once; nothing need be read of the rest."""
    ids = [*dict.fromkeys(page.row.id for page in pages if page.row.parent_id is not None)]
    if ids:
        read.made_of(tags.SHAPE)
        read.made_of_each(tags.of_page, ids)
    return ids


@kept
def _above(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    line = _line()
    above = visible_pages(drafts, of_few=True).join(line, each(Page, id=line.c.id))
    return above.add_columns(line.c.start, line.c.depth).order_by(line.c.depth.desc())


@in_parts
@tags.tagged
async def ancestors(read: Read, pages: Sequence[PageSource]) -> Sequence[Sequence[PageSource]]:
    """The visible pages above each page, the root first."""
    ids = _below(read, pages)
    found: dict[UUID, list[PageSource]] = {id: [] for id in ids}
    for page, row in await visible(read, _above(drafts_of(read.view)), ids=singles(ids)) if ids else ():
        found[row.start].append(page)
    return [found.get(page.row.id, []) for page in pages]


@in_parts
@tags.tagged
async def with_ancestors(read: Read, pages: Sequence[PageSource]) -> Sequence[Sequence[PageSource]]:
    """The way from the root to each page, itself last."""
    return [[*above, page] for page, above in zip(pages, await ancestors(read, pages), strict=True)]


@kept
def _depths() -> Select[*tuple[Any, ...]]:
    line = _line()
    return select(line.c.start, func.max(line.c.depth).label("depth")).group_by(line.c.start)


@tags.tagged
async def depths(read: Read, pages: Sequence[PageSource]) -> Sequence[int]:
    """How many pages stand above each page, seen or not."""
    ids = _below(read, pages)
    found = {row.start: row.depth - 1 for row in await read.all(_depths(), ids=singles(ids))} if ids else {}
    return [found.get(page.row.id, 0) for page in pages]


def _shown_claim(drafts: Drafts) -> ColumnElement[bool]:
    live, draft = col(SlugClaim.in_live), col(SlugClaim.in_draft)
    if drafts is Drafts.OWN:
        return case((col(Page.author_id) == ACTOR, draft), else_=live)
    return draft if drafts is Drafts.ALL else live


def _claims(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    """Which pages claim the wanted slugs, each once, with the rank of the best of the locales that it does so in."""
    wanted = table_of("wanted", parent_key=Uuid(), locale=String(), slug=String(), rank=Integer()).subquery()
    claim = (col(SlugClaim.page_id), col(SlugClaim.parent_key), col(SlugClaim.slug))
    place = {name: wanted.c[name] for name in ("parent_key", "locale", "slug")}
    claims = select(*claim, func.min(wanted.c.rank).label("rank")).join(wanted, each(SlugClaim, **place))
    if drafts is Drafts.OWN:
        claims = claims.join(Page, each(Page, id=col(SlugClaim.page_id)))
    return claims.where(_shown_claim(drafts)).group_by(*claim)


@kept
def _by_slug(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    claims = _claims(drafts).subquery()
    return (
        visible_pages(drafts, of_few=True)
        .join(claims, each(Page, id=claims.c.page_id))
        .add_columns(claims.c.parent_key, claims.c.slug, claims.c.rank)
    )


@in_parts
@tags.tagged
async def by_slug(read: Read, keys: Sequence[tuple[UUID | None, str]]) -> Sequence[PageSource | None]:
    """The visible page with a slug under a parent (None: at the root), in the View's locale, else along its chain."""
    places = [(parent or NIL, slug) for parent, slug in keys]
    chain = enumerate(read.view.chain)
    wanted = rows((parent, locale, slug, n) for (n, locale), (parent, slug) in product(chain, places))
    hits = await visible(read, _by_slug(drafts_of(read.view)), read.guess(places), wanted=wanted)
    best: dict[tuple[UUID, str], tuple[int, PageSource]] = {}
    for page, hit in sorted(hits, key=lambda hit: hit[1].rank, reverse=True):
        best[hit.parent_key, hit.slug] = hit.rank, page
        read.remember((hit.parent_key, hit.slug), page.row.id)
    found = [best.get(place) for place in places]
    for (_, slug), hit in zip(places, found, strict=True):
        if hit is None or hit[0]:
            read.made_of(tags.of_slug(slug), tags.SHAPE)
    return [hit and hit[1] for hit in found]


@kept
def _home(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    return visible_pages(drafts, of_few=True).where(col(Page.tenant_id) == TENANT, col(Page.is_home))


@kept
def _by_draft_path(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    """Pages whose own and whose ancestors' slugs, in whatever locale, spell the asked path."""
    asked = table_of("segments", n=Integer(), slug=String()).subquery()
    start = select(literal(NIL, Uuid()).label("id"), literal(0, Integer()).label("depth"))
    walk = start.cte("walk", recursive=True)
    step = select(col(SlugClaim.page_id), walk.c.depth + 1).where(
        each(SlugClaim, parent_key=walk.c.id, slug=asked.c.slug), asked.c.n == walk.c.depth + 1
    )
    walk = walk.union(step)
    last = select(walk.c.id).where(walk.c.depth == bindparam("depth", type_=Integer())).distinct().subquery()
    return visible_pages(drafts, of_few=True).join(last, each(Page, id=last.c.id))


async def by_draft_path(read: Read, keys: Sequence[tuple[str, ...]]) -> Sequence[PageSource | None]:
    """The visible page that the View's drafts show at a path, given as its segments."""
    found: list[PageSource | None] = []
    for segments in keys:
        numbered = rows((n, slug) for n, slug in enumerate(segments, start=1))
        statement = (_by_draft_path if segments else _home)(drafts_of(read.view))
        values = {"segments": numbered, "depth": len(segments)} if segments else {}
        there = await visible(read, statement, **values)
        hits = [(n, page) for page, _ in there if (n := _rank(page, join(segments))) is not None]
        found.append(min(hits, key=lambda hit: (hit[0], hit[1].row.id))[1] if hits else None)
    return found


def _rank(page: PageSource, path: str) -> int | None:
    """How far along the View's chain the page has the path; under slugs that fell back, as far as the page shown did."""
    view, paths = page.view, page.row.paths
    if paths.get(view.locale) == path:
        return next((n for n, locale in enumerate(view.chain) if locale == page.locale), len(view.chain))
    return next((n for n, locale in enumerate(view.chain) if paths.get(locale) == path), None)


_LAST_END = keep(
    select(col(PagePublication.page_id), func.max(col(PagePublication.until_at)).label("until_at"))
    .where(col(PagePublication.tenant_id) == TENANT, among(col(PagePublication.page_id), ids_of("ids")))
    .group_by(col(PagePublication.page_id))
)


async def last_ends(read: Read, ids: Sequence[UUID]) -> Sequence[datetime | None]:
    """When readers last saw each of some pages that they see no more."""
    read.made_of_each(tags.of_page, ids)
    found = {row.page_id: row.until_at for row in await read.all(_LAST_END, ids=singles(ids))}
    return [found.get(id) for id in ids]

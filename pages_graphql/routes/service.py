"""Claiming slugs, and keeping routes where the live pages are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pages_graphql.core import tags
from pages_graphql.core.errors import Invalid, Problem, Refused, SlugTaken, refuse_if
from pages_graphql.core.events import PathChange
from pages_graphql.core.text import numbered
from pages_graphql.routes import repository
from pages_graphql.routes.repository import Claim
from pages_graphql.routes.rules import Move, Place, Tree, doubled, moves
from pages_graphql.storage.work import Work


@dataclass(frozen=True)
class Claims:
    """The slugs that a page's draft and live revision use under its parent, by locale."""

    parent_key: UUID
    draft: Mapping[str, str]
    live: Mapping[str, str] = field(default_factory=dict[str, str])

    def of(self, id: UUID) -> list[Claim]:
        """The same, a row per slug."""
        slugs = dict.fromkeys((*self.draft.items(), *self.live.items()))
        return [
            Claim(self.parent_key, locale, slug, id, self.draft.get(locale) == slug, self.live.get(locale) == slug)
            for locale, slug in slugs
        ]


async def clashes(
    work: Work, wanted: Mapping[UUID, Claims], before: Mapping[UUID, Claims] | None = None
) -> list[Problem]:
    """A problem, with a suggestion, for each slug that a page wants and another has; its path is locale and `slug`.

    `before` are the slugs that the pages, which are locked, have: nobody else has those.
    """
    known = {row.place for row in _rows(before or {})}
    claims = [row for row in _rows(wanted) if row.place not in known]
    there = await repository.claims(work, wanted, (row.place for row in claims)) if claims else ()
    strangers = {row.place: row.page_id for row in there if row.page_id not in wanted}
    return [await _taken(work, row, strangers[row.place]) for row in claims if row.place in strangers]


async def claim(work: Work, wanted: Mapping[UUID, Claims], before: Mapping[UUID, Claims] | None = None) -> None:
    """Give pages exactly these slugs; refused where another page was faster.

    `before` are the slugs that the pages, which are locked, have; where it is not given, they are read.
    """
    claims = _rows(wanted)
    own = set(await repository.claims(work, wanted, ()) if before is None else _rows(before))
    added = [row for row in claims if row not in own]
    if not await repository.replace_claims(work, list(own - set(claims)), added):
        raise Refused(*await clashes(work, wanted))


def _rows(claims: Mapping[UUID, Claims]) -> list[Claim]:
    return [row for id, page in claims.items() for row in page.of(id)]


async def drop_claims(work: Work, ids: Iterable[UUID]) -> None:
    """Give up all slugs of some pages."""
    found = await repository.claims(work, ids, ())
    _ = await repository.replace_claims(work, found, [])


async def claimed(work: Work, ids: Iterable[UUID]) -> dict[UUID, Claims]:
    """The slugs that some pages have."""
    draft: dict[UUID, dict[str, str]] = {}
    live: dict[UUID, dict[str, str]] = {}
    parents: dict[UUID, UUID] = {}
    for row in await repository.claims(work, ids, ()):
        parents[row.page_id] = row.parent_key
        if row.in_draft:
            draft.setdefault(row.page_id, {})[row.locale] = row.slug
        if row.in_live:
            live.setdefault(row.page_id, {})[row.locale] = row.slug
    return {id: Claims(parent, draft.get(id, {}), live.get(id, {})) for id, parent in parents.items()}


async def _taken(work: Work, row: Claim, by: UUID | None) -> Problem:
    free = await suggestion(work, row.parent_key, row.locale, row.slug)
    return SlugTaken(row.slug, row.locale, by, free, row.locale, "slug")


async def suggestion(work: Work, parent_key: UUID, locale: str, slug: str) -> str:
    """The slug itself where it is free, else the first of its numbers that is."""
    taken = await repository.slugs_like(work, parent_key, locale, numbered(slug, 2)[:-2])
    if slug not in taken:
        return slug
    n = 2
    while numbered(slug, n) in taken:
        n += 1
    return numbered(slug, n)


async def home_places(work: Work, home: UUID | None) -> set[Place]:
    """Where the home page would live by its slugs, in each of its locales."""
    if home is None:
        return set()
    nodes, _ = await repository.live_tree(work, [home], home)
    return _home_places(Tree(work.tenant, nodes), home)


def _home_places(tree: Tree, home: UUID) -> set[Place]:
    return {(locale, tree.slug_path(home, locale)) for locale in tree.nodes[home].slugs}


async def reroute(
    work: Work, roots: Iterable[UUID], *, home: UUID | None, keep: bool = True, left: Collection[Place] = ()
) -> list[PathChange]:
    """Make routes say where the live pages of some subtrees are now; former paths stay unless `keep` is False.

    The home page forgets the places of `left` that its slugs make no more. Costs the same number of statements whatever
    the size. Refused where a path is too long, or another live page's.
    """
    nodes, inside = await repository.live_tree(work, roots, home)
    tree = Tree(work.tenant, nodes)
    before = await repository.current(work, inside)
    after = {id: tree.paths(id) for id in inside}
    moved = moves(before, after)
    if moved:
        await _check(work, tree, moved)
        await _leave(work, moved, home, keep=keep)
        await repository.enter(work, {(m.locale, m.after): (m.id, True) for m in moved if m.after is not None})
    if home is not None and home in inside:
        await _keep_home(work, tree, home, left)
    return [PathChange(m.id, m.locale, m.before, m.after) for m in moved]


async def _leave(work: Work, moved: Sequence[Move], home: UUID | None, *, keep: bool) -> None:
    """Make the paths left behind former ones; where another was home before, `/` forgets it in every locale."""
    await repository.leave(work, [(m.locale, m.before) for m in moved if m.before is not None], keep=keep)
    if home is not None and any(m.before == "/" and m.id != home for m in moved):
        await repository.forget_others(work, "/", home)


async def _keep_home(work: Work, tree: Tree, home: UUID, left: Collection[Place]) -> None:
    """Let the path of the home page's slugs lead to it, in each of its locales, where no live page lives."""
    places = _home_places(tree, home)
    held = await repository.held(work, places, home)
    work.stale(*(tags.of_path(path) for _, path in (*places, *left)))
    await repository.enter(work, {place: (home, False) for place in places if place not in held})
    if gone := set(left) - places:
        await repository.forget_former(work, gone, home)


async def drifted_routes(work: Work, roots: Iterable[UUID], *, home: UUID | None, mend: bool) -> int:
    """In how many locales live pages have other current rows than `reroute` makes; mending leaves it those that lack."""
    nodes, inside = await repository.live_tree(work, roots, home)
    tree = Tree(work.tenant, nodes)
    there = await repository.current_rows(work, inside)
    wanted = {(id, locale, path) for id in inside for locale, path in tree.paths(id).items()}
    if mend:
        await repository.leave(work, [(locale, path) for _, locale, path in there - wanted], keep=True)
    return len({(id, locale) for id, locale, _ in there ^ wanted})


async def _check(work: Work, tree: Tree, moved: Sequence[Move]) -> None:
    most = work.limits.max_path_bytes
    arriving = [move for move in moved if move.after is not None]
    refuse_if(
        Invalid(f"The path “{m.after[:60]}…” is longer than {most} bytes.", m.locale, "slug", code="PATH_TOO_LONG")
        for m in arriving
        if m.after is not None and len(m.after.encode()) > most
    )
    occupied = await repository.occupied(work, [(m.locale, m.after) for m in arriving if m.after is not None])
    leaving = {(m.locale, m.before) for m in moved}
    clashes = [
        (move, id)
        for move in arriving
        if (id := occupied.get((move.locale, move.after or ""))) not in (None, move.id)
        and (move.locale, move.after) not in leaving
    ]
    clashes += [(move, None) for move in doubled(arriving)]
    refuse_if([await _blocked(work, tree, move, by) for move, by in clashes])


async def _blocked(work: Work, tree: Tree, move: Move, by: UUID | None) -> Problem:
    node = tree.nodes[move.id]
    slug = node.slugs[move.locale]
    free = await suggestion(work, node.parent_key, move.locale, numbered(slug, 2))
    problem = SlugTaken(slug, move.locale, by, free, move.locale, "slug")
    problem.code = "TAKEN_BY_FALLBACK"
    return problem

"""The SQL of slugs and routes."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Delete,
    Insert,
    Select,
    String,
    Update,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import Boolean, TypeEngine

from pages_graphql.core import tags
from pages_graphql.routes.model import Redirect, Route, SlugClaim
from pages_graphql.routes.rules import Node, Place
from pages_graphql.storage.by_index import among, among_rows, begins_with, each
from pages_graphql.storage.columns import Moment, Object, col
from pages_graphql.storage.constraints import violated_table
from pages_graphql.storage.prepared import keep, kept
from pages_graphql.storage.sql import ids_of, object_of, rows, singles, table_of
from pages_graphql.storage.work import Work
from pages_graphql.tenants.model import Tenant

TENANT = bindparam("tenant", type_=Uuid())


class Claim(NamedTuple):
    """A slug under a parent in a locale, and who uses it where."""

    parent_key: UUID
    locale: str
    slug: str
    page_id: UUID
    in_draft: bool
    in_live: bool

    @property
    def place(self) -> tuple[UUID, str, str]:
        """What only one page can have."""
        return self.parent_key, self.locale, self.slug


_CLAIM = [col(getattr(SlugClaim, name)) for name in Claim._fields]
_CLAIMED: Mapping[str, TypeEngine[Any]] = {"parent_key": Uuid(), "locale": String(), "slug": String()}
_OWN = col(SlugClaim.tenant_id) == TENANT
_OWN_ROUTE = col(Route.tenant_id) == TENANT
_ROUTES_OF_PAGES = and_(_OWN_ROUTE, among(col(Route.page_id), ids_of("ids")))


def _claims_of(ids: str) -> ColumnElement[bool]:
    """Whether a claim is one of a parameter's pages."""
    return and_(_OWN, among(col(SlugClaim.page_id), ids_of(ids)))


_PLACE: Mapping[str, TypeEngine[Any]] = {"locale": String(), "path": String()}
_AT_PLACES = among_rows((col(Route.locale), col(Route.path)), table_of("places", **_PLACE), by=2)


def _at_each_place() -> Select[*tuple[Any, ...]]:
    """The routes at some places, joined to them one by one."""
    places = table_of("places", **_PLACE).subquery()
    return select(col(Route.locale), col(Route.path), col(Route.page_id)).join(places, each(Route, **places.c))


def page_lives() -> ColumnElement[bool]:
    """Whether a route's page lives, asked of each route."""
    return exists().where(each(SlugClaim, page_id=col(Route.page_id)), col(SlugClaim.in_live))


@kept
def _claims() -> CompoundSelect[*tuple[Any, ...]]:
    """Two questions in one, each by an index: joined by OR, SQLite would read all claims of the tenant."""
    wanted = table_of("places", **_CLAIMED).subquery()
    of_pages = select(*_CLAIM).where(_claims_of("ids"))
    return of_pages.union(select(*_CLAIM).join(wanted, each(SlugClaim, **wanted.c)))


async def claims(work: Work, ids: Iterable[UUID], places: Iterable[tuple[UUID, str, str]]) -> list[Claim]:
    """The claims of some pages, and those on some places, whoever has them."""
    found = await work.rows(_claims(), ids=singles(ids), places=rows(places))
    return [Claim._make(row) for row in found]


@kept
def _drop_claims() -> Delete:
    gone = table_of("gone", page_id=Uuid(), **_CLAIMED)
    columns = [col(getattr(SlugClaim, name)) for name in ("page_id", *_CLAIMED)]
    return delete(SlugClaim).where(_OWN, among_rows(columns, gone, by=1))


@kept
def _add_claims() -> Insert:
    added = table_of(
        "claims",
        parent_key=Uuid(),
        locale=String(),
        slug=String(),
        page_id=Uuid(),
        in_draft=Boolean(),
        in_live=Boolean(),
    ).subquery()
    values = select(TENANT, *(added.c[name] for name in Claim._fields))
    return insert(SlugClaim).from_select(["tenant_id", *Claim._fields], values)


async def replace_claims(work: Work, gone: Sequence[Claim], added: Sequence[Claim]) -> bool:
    """Take some claims away and put others in; False, with nothing done, where another work was faster."""
    if not gone and not added:
        return True
    kept = {claim.place for claim in gone}
    try:
        async with work.savepoint() if any(claim.place not in kept for claim in added) else nullcontext():
            if gone:
                await work.run(_drop_claims(), gone=rows((claim.page_id, *claim.place) for claim in gone))
            if added:
                await work.run(_add_claims(), claims=rows(added))
    except IntegrityError as error:
        if violated_table(error) != "slug_claim":
            raise
        return False
    work.stale(*(tags.of_slug(claim.slug) for claim in (*gone, *added) if claim.in_live))
    return True


_SLUGS = keep(
    select(col(SlugClaim.slug)).where(
        _OWN,
        col(SlugClaim.parent_key) == bindparam("parent_key", type_=Uuid()),
        col(SlugClaim.locale) == bindparam("locale"),
        begins_with(col(SlugClaim.slug), "base"),
    )
)


async def slugs_like(work: Work, parent_key: UUID, locale: str, base: str) -> set[str]:
    """The slugs under a parent that begin with `base`."""
    found = await work.rows(_SLUGS, parent_key=parent_key, locale=locale, base=base)
    return {row.slug for row in found}


def _below(roots: str) -> CTE:
    """The pages of a parameter and all live ones under them."""
    below = ids_of(roots).cte("below", recursive=True)
    under = select(col(SlugClaim.page_id)).where(each(SlugClaim, parent_key=below.c.id), col(SlugClaim.in_live))
    return below.union(under)


def _above(roots: str) -> CTE:
    """The parents of the pages of a parameter, and theirs."""
    start = select(col(SlugClaim.parent_key).label("id")).where(_claims_of(roots))
    above = start.cte("above", recursive=True)
    return above.union(select(col(SlugClaim.parent_key)).where(each(SlugClaim, page_id=above.c.id)))


@kept
def _live_tree() -> Select[*tuple[Any, ...]]:
    below, above = _below("ids"), _above("ids")
    around = select(below.c.id, literal(1).label("inside")).union_all(select(above.c.id, literal(0))).subquery()
    its = (each(SlugClaim, page_id=around.c.id), col(SlugClaim.in_live))
    parent = select(col(SlugClaim.parent_key)).where(*its).limit(1)
    slugs = select(type_coerce(object_of(col(SlugClaim.locale), col(SlugClaim.slug)), Object())).where(*its)
    return select(around.c.id, parent.scalar_subquery(), slugs.scalar_subquery(), around.c.inside)


async def live_tree(work: Work, roots: Iterable[UUID], home: UUID | None) -> tuple[dict[UUID, Node], set[UUID]]:
    """The live pages of some subtrees with all their ancestors, and the ids of those inside."""
    nodes: dict[UUID, Node] = {}
    inside: set[UUID] = set()
    for id, parent, slugs, is_inside in await work.rows(_live_tree(), ids=singles(roots)):
        if not slugs:
            continue  # it is not live
        nodes[id] = Node(id, parent, slugs, is_home=id == home)
        if is_inside:
            inside.add(id)
    return nodes, inside


_LOCK = keep(select(col(Tenant.id)).where(col(Tenant.id) == TENANT).with_for_update(key_share=True))


async def lock(work: Work) -> None:
    """Keep others from changing live paths, liveness, parents or home in this tenant until the work ends."""
    await work.run(_LOCK)


@kept
def _current() -> Select[*tuple[Any, ...]]:
    paths = object_of(col(Route.locale), col(Route.path)).label("paths")
    return select(col(Route.page_id), paths).where(_ROUTES_OF_PAGES, col(Route.is_current)).group_by(col(Route.page_id))


async def current(work: Work, ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Where some pages live, by locale, as routes have it; pages that are not live as they did last."""
    return {id: orjson.loads(paths) for id, paths in await work.rows(_current(), ids=singles(ids))}


@kept
def _current_rows() -> Select[*tuple[Any, ...]]:
    return select(col(Route.page_id), col(Route.locale), col(Route.path)).where(_ROUTES_OF_PAGES, col(Route.is_current))


async def current_rows(work: Work, ids: Iterable[UUID]) -> set[tuple[UUID, str, str]]:
    """Every current row of some pages: page, locale and path; of what drifted, a page may have several in a locale."""
    return {(row.page_id, row.locale, row.path) for row in await work.rows(_current_rows(), ids=singles(ids))}


@kept
def _occupied() -> Select[*tuple[Any, ...]]:
    return _at_each_place().where(col(Route.is_current), page_lives())


async def occupied(work: Work, places: Iterable[Place]) -> dict[Place, UUID]:
    """Which of some places are where a live page lives, and which page."""
    found = await work.rows(_occupied(), places=rows(places))
    return {(row.locale, row.path): row.page_id for row in found}


@kept
def _held() -> Select[*tuple[Any, ...]]:
    own = col(Route.page_id) == bindparam("page", type_=Uuid())
    return _at_each_place().where(or_(own, and_(col(Route.is_current), page_lives())))


async def held(work: Work, places: Iterable[Place], page: UUID) -> set[Place]:
    """Which of some places are where a live page lives, or already this page's."""
    return {(row.locale, row.path) for row in await work.rows(_held(), places=rows(places), page=page)}


@kept
def _leave() -> Update:
    left = and_(_AT_PLACES, col(Route.is_current))
    return update(Route).where(_OWN_ROUTE, left).values(is_current=False, changed_at=bindparam("now", type_=Moment()))


@kept
def _forget() -> Delete:
    return delete(Route).where(_OWN_ROUTE, _AT_PLACES)


@kept
def _enter() -> Insert:
    names = {"locale": String(), "path": String(), "page_id": Uuid(), "is_current": Boolean()}
    entered = table_of("routes", **names).subquery()
    now = bindparam("now", type_=Moment())
    values = select(TENANT, now, *(entered.c[name] for name in names))
    return insert(Route).from_select(["tenant_id", "changed_at", *names], values)


async def leave(work: Work, places: Sequence[Place], *, keep: bool) -> None:
    """Make current rows former ones, or take them away."""
    if places and keep:
        await work.run(_leave(), places=rows(places), now=work.now)
    elif places:
        await work.run(_forget(), places=rows(places))


@kept
def _forget_others() -> Delete:
    at = (col(Route.path) == bindparam("path", type_=String()), col(Route.page_id) != bindparam("page", type_=Uuid()))
    return delete(Route).where(_OWN_ROUTE, *at)


async def forget_others(work: Work, path: str, page: UUID) -> None:
    """Forget which other pages had a path, in every locale."""
    await work.run(_forget_others(), path=path, page=page)


@kept
def _forget_former() -> Delete:
    own = and_(col(Route.page_id) == bindparam("page", type_=Uuid()), col(Route.is_current).is_(other=False))
    return delete(Route).where(_OWN_ROUTE, own, _AT_PLACES)


async def forget_former(work: Work, places: Iterable[Place], page: UUID) -> None:
    """Forget that a page had some places where it does not live."""
    await work.run(_forget_former(), places=rows(places), page=page)


async def enter(work: Work, routes: Mapping[Place, tuple[UUID, bool]]) -> None:
    """Give places to pages, as current or former ones, whoever had them before."""
    if routes:
        await work.run(_forget(), places=rows(routes))
        entered = [(*place, id, is_current) for place, (id, is_current) in routes.items()]
        await work.run(_enter(), routes=rows(entered), now=work.now)


@kept
def _end() -> Update:
    now = bindparam("now", type_=Moment())
    return update(Route).where(_ROUTES_OF_PAGES).values(gone_at=now, is_current=False)


@kept
def _hand_over() -> Update:
    heir = bindparam("heir", type_=Uuid())
    now = bindparam("now", type_=Moment())
    return update(Route).where(_ROUTES_OF_PAGES).values(page_id=heir, is_current=False, gone_at=None, changed_at=now)


@kept
def _hand_over_redirects() -> Update:
    return (
        update(Redirect)
        .where(col(Redirect.tenant_id) == TENANT, among(col(Redirect.page_id), ids_of("ids")))
        .values(page_id=bindparam("heir", type_=Uuid()))
    )


@kept
def _drop_redirects() -> Delete:
    return delete(Redirect).where(col(Redirect.tenant_id) == TENANT, among(col(Redirect.page_id), ids_of("ids")))


async def inherit(work: Work, ids: Iterable[UUID], heir: UUID | None) -> None:
    """Let the paths of deleted pages, and redirects to them, lead to an heir; without one they are gone."""
    given = singles(ids)
    if heir is None:
        await work.run(_end(), ids=given, now=work.now)
        await work.run(_drop_redirects(), ids=given)
    else:
        work.stale(tags.of_page(heir))
        await work.run(_hand_over(), ids=given, heir=heir, now=work.now)
        await work.run(_hand_over_redirects(), ids=given, heir=heir)

"""Which slugs are free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy import String, Uuid, bindparam, select

from pages_graphql.core.text import SLUG_LENGTH, normalise_slug, numbered, slug_from
from pages_graphql.core.view import Source
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.rows import TENANT
from pages_graphql.routes.lookup import routes_at
from pages_graphql.routes.model import SlugClaim
from pages_graphql.storage.by_index import begins_with
from pages_graphql.storage.columns import NIL, col
from pages_graphql.storage.prepared import keep
from pages_graphql.storage.read import Read


class PageSlugUnavailableReason(Enum):
    """Why a slug cannot be used."""

    TAKEN = "TAKEN"
    TAKEN_BY_FALLBACK = "TAKEN_BY_FALLBACK"
    INVALID = "INVALID"


@dataclass(frozen=True)
class Wanted:
    """A slug that somebody would like, or a text to make one from."""

    text: str
    locale: str
    parent_id: UUID | None
    except_page_id: UUID | None


@dataclass(frozen=True)
class Availability:
    """Whether a slug can be used."""

    slug: str
    locale: str
    suggestion: str
    reason: PageSlugUnavailableReason | None = None
    taken_by: UUID | None = None

    @property
    def is_available(self) -> bool:
        """Whether it can be used."""
        return self.reason is None


_ALIKE = keep(
    select(col(SlugClaim.slug), col(SlugClaim.page_id)).where(
        col(SlugClaim.tenant_id) == TENANT,
        col(SlugClaim.parent_key) == bindparam("parent_key", type_=Uuid()),
        col(SlugClaim.locale) == bindparam("locale", type_=String()),
        begins_with(col(SlugClaim.slug), "base"),
    )
)


async def availability(read: Read, keys: Sequence[Wanted]) -> Sequence[Source[Availability] | None]:
    """Whether each wanted slug can be used; None under a parent that is not to be seen."""
    return [
        Source(await _available(read, wanted), None, read.view, wanted.locale)
        if await _is_known(read, wanted)
        else None
        for wanted in keys
    ]


async def suggestions(read: Read, keys: Sequence[Wanted]) -> Sequence[str | None]:
    """A free slug made from each text; None under a parent that is not to be seen."""
    return [
        _free(slug := slug_from(wanted.text), await _taken(read, wanted, slug))
        if await _is_known(read, wanted)
        else None
        for wanted in keys
    ]


async def _is_known(read: Read, wanted: Wanted) -> bool:
    """Whether the parent is the root, or a page that the View shows."""
    return wanted.parent_id is None or (await by_ids(read, [wanted.parent_id]))[0] is not None


async def _available(read: Read, wanted: Wanted) -> Availability:
    slug = normalise_slug(wanted.text)
    if not 1 <= len(slug) <= SLUG_LENGTH:
        made = slug_from(wanted.text)
        free = _free(made, await _taken(read, wanted, made))
        return Availability(slug, wanted.locale, free, PageSlugUnavailableReason.INVALID)
    taken = await _taken(read, wanted, slug)
    if slug in taken:
        return Availability(slug, wanted.locale, _free(slug, taken), PageSlugUnavailableReason.TAKEN, taken[slug])
    if by := await _taken_by_fallback(read, wanted, slug):
        free = _free(slug, {**taken, slug: by})
        return Availability(slug, wanted.locale, free, PageSlugUnavailableReason.TAKEN_BY_FALLBACK, by)
    return Availability(slug, wanted.locale, slug)


async def _taken(read: Read, wanted: Wanted, slug: str) -> dict[str, UUID]:
    """Who has this slug, and those of its numbers that are taken."""
    base = numbered(slug, 2)[:-2]
    found = await read.all(_ALIKE, parent_key=wanted.parent_id or NIL, locale=wanted.locale, base=base)
    return {row.slug: row.page_id for row in found if row.page_id != wanted.except_page_id}


async def _taken_by_fallback(read: Read, wanted: Wanted, slug: str) -> UUID | None:
    """The live page whose path this slug would make, though its slug is another."""
    parent = (await by_ids(read, [wanted.parent_id]))[0] if wanted.parent_id else None
    above = parent.row.paths.get(wanted.locale, parent.row.paths.get(parent.locale, "/")) if parent else "/"
    path = f"{above.rstrip('/')}/{slug}"
    hit = (await routes_at(read, [path], [wanted.locale])).get((wanted.locale, path))
    there = hit is not None and hit.lives and hit.is_current and hit.page_id != wanted.except_page_id
    return hit.page_id if hit and there else None


def _free(slug: str, taken: Mapping[str, UUID]) -> str:
    n, free = 1, slug
    while free in taken:
        n += 1
        free = numbered(slug, n)
    return free

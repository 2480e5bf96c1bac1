"""Filters and orders of lists of pages, as the graph takes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Optional, TypeVar
from uuid import UUID

import strawberry

from pages_graphql.api.enums import describe
from pages_graphql.api.inputs import known, optional, required
from pages_graphql.api.view import known_channel, known_locale
from pages_graphql.core.errors import wrong_argument
from pages_graphql.core.inputs import as_id
from pages_graphql.core.view import ContentStatus, View
from pages_graphql.pages.filters import EVERY, POSITION, ContentOrderDirection, Order, PageOrderField, Where
from pages_graphql.pages.repository.redirects import RedirectWhere
from pages_graphql.routes.model import PathRedirectOrigin

describe(
    PageOrderField,
    "What pages can be ordered by.",
    POSITION="Their places among their siblings.",
    TITLE="The title as shown, in lower case, by code point.",
    CREATED_AT="When they were made.",
    UPDATED_AT="When what is shown last changed.",
    PUBLISHED_AT="When they were last published.",
    RELEVANCE="How well they match a search; an error without one.",
)
describe(ContentOrderDirection, "Which way a list is ordered.", ASC="The smallest first.", DESC="The largest first.")

T = TypeVar("T")

_NESTED = 8
"""How deep filters may stand in one another."""

MOST_FILTERS = 500
"""How many filters a filter may be made of, itself among them."""


@strawberry.input(description="What a page must be; all that is given must hold.")
class PageWhere:
    """What a page must be."""

    and_: list["PageWhere"] | None = optional("All of these must hold.", name="and")
    or_: list["PageWhere"] | None = optional("One of these must hold.", name="or")
    not_: Optional["PageWhere"] = optional("This must not hold.", name="not")
    ids: list[strawberry.ID] | None = optional("It is one of these.")
    status: list[ContentStatus] | None = optional("It has one of these; in stage LIVE every page is PUBLISHED.")
    templates: list[str] | None = optional("It has one of these templates.")
    parent_id: strawberry.ID | None = optional("It stands directly below this one.")
    ancestor_id: strawberry.ID | None = optional("It stands anywhere below this one.")
    is_root: bool | None = optional("Whether it stands at the root.")
    channel: str | None = optional("This channel sees it.")


@strawberry.input(description="What pages are ordered by, and which way; ties are broken by id.")
class PageOrder:
    """An order of pages."""

    field: PageOrderField = required("What to order by.")
    direction: ContentOrderDirection = strawberry.field(
        description="Which way to order.", default=ContentOrderDirection.ASC
    )


@strawberry.input(description="What a redirect must be; all that is given must hold.")
class PathRedirectWhere:
    """What a redirect must be."""

    page_id: strawberry.ID | None = optional("It leads to this page.")
    locale: str | None = optional("It counts in this locale only.")
    from_path_starts_with: str | None = optional("Its path begins so.")
    origin: PathRedirectOrigin | None = optional("Who made it.")
    is_prefix: bool | None = optional("Whether all paths below it lead there too.")
    created_since: datetime | None = optional("It was made at this time, or later.")


NOTHING = UUID(int=2**128 - 1)
"""An id that nothing has; the nil UUID would be the root of the tree."""


def where_of(given: PageWhere | None, view: View) -> Where:
    """The filter that a caller gave."""
    if not given:
        return EVERY
    where = _where_of(given, view, 0)
    if where.size > MOST_FILTERS:
        raise wrong_argument(f"A filter is made of at most {MOST_FILTERS} filters.")
    return where


def _where_of(given: PageWhere, view: View, depth: int) -> Where:
    if depth > _NESTED:
        raise wrong_argument(f"Filters stand in one another at most {_NESTED} deep.")
    below, given_ids, channel = depth + 1, known(given.ids), known(given.channel)
    return Where(
        every=_parts(given.and_, view, below),
        some=_parts(given.or_, view, below),
        none=_where_of(given.not_, view, below) if given.not_ else None,
        ids=None if given_ids is None else tuple(as_id(id) or NOTHING for id in given_ids),
        status=_tuple(dict.fromkeys(given.status) if given.status else given.status),
        templates=_tuple(given.templates),
        parent_id=id_of(given.parent_id),
        ancestor_id=id_of(given.ancestor_id),
        is_root=known(given.is_root),
        channel=None if channel is None else known_channel(view, channel),
    )


def _parts(given: "list[PageWhere] | None", view: View, depth: int) -> tuple[Where, ...] | None:
    parts = known(given)
    return None if parts is None else tuple(_where_of(part, view, depth) for part in parts)


def _tuple(given: "Iterable[T] | None") -> "tuple[T, ...] | None":
    items = known(given)
    return None if items is None else tuple(items)


def id_of(given: str | None) -> UUID | None:
    """The id that was given, `NOTHING` where it is no UUID; None where none was."""
    text = known(given)
    return None if text is None else as_id(text) or NOTHING


def order_of(given: PageOrder | None) -> Order:
    """The order that a caller gave."""
    if not given:
        return POSITION
    if given.field is PageOrderField.RELEVANCE:
        raise wrong_argument("RELEVANCE orders the results of a search; there is none here.")
    return Order(given.field, given.direction is ContentOrderDirection.DESC)


def redirects_of(given: PathRedirectWhere | None) -> RedirectWhere:
    """The filter of redirects that a caller gave."""
    if not given:
        return RedirectWhere()
    locale = known(given.locale)
    return RedirectWhere(
        page_id=id_of(given.page_id),
        locale=None if locale is None else known_locale(locale),
        from_path_starts_with=known(given.from_path_starts_with),
        origin=known(given.origin),
        is_prefix=known(given.is_prefix),
        created_since=known(given.created_since),
    )

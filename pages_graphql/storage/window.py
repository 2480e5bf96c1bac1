"""A part of a list that can grow, and the places in it."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson

from pages_graphql.core import tags
from pages_graphql.core.errors import RequestError, wrong_argument
from pages_graphql.core.text import unstorable
from pages_graphql.core.view import Source, View
from pages_graphql.storage.read import Read

FIRST = 20
MOST = 100

Counter = Callable[..., Awaitable[Sequence[int]]]


@dataclass(frozen=True)
class Page:
    """What part of a list is asked for: so many from one end, after or before a place."""

    size: int
    backward: bool = False
    place: tuple[Any, ...] | None = None

    @property
    def shape(self) -> "Page":
        """What the statement depends on: the direction, and whether there is a place."""
        return Page(0, self.backward, None if self.place is None else ())


def asked(
    name: str,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    most: int = MOST,
) -> Page:
    """The part of the list `name` that Relay's four arguments ask for; a wrong one ends the field."""
    if (first is not None or after is not None) and (last is not None or before is not None):
        raise wrong_argument("Ask for `first` and `after`, or for `last` and `before`, not for both.")
    backward = last is not None or before is not None
    size = last if backward else first
    size = FIRST if size is None else size
    if not 0 <= size <= most:
        raise wrong_size(most)
    cursor = before if backward else after
    return Page(size, backward, None if cursor is None else decode(name, cursor))


def encode(name: str, *values: object) -> str:
    """The cursor of a place in the list `name`."""
    return base64.urlsafe_b64encode(orjson.dumps([name, *values])).decode().rstrip("=")


def decode(name: str, cursor: str) -> tuple[Any, ...]:
    """The place that a cursor names; a cursor of another list ends the field."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise wrong_cursor() from None
    if isinstance(values, list):
        of, *place = cast("list[Any]", values) or [None]
        if of == name and not any(isinstance(part, list | dict) for part in place) and not unstorable(place):
            return tuple(place)
    raise wrong_cursor()


def wrong_size(most: int) -> RequestError:
    """The error of a window that is too large, or less than nothing."""
    return wrong_argument(f"Of a list, 0 to {most} can be asked for at once.")


def wrong_cursor() -> RequestError:
    """The error of a cursor that no list here gave out."""
    return wrong_argument("This cursor is of another list.")


@dataclass(frozen=True)
class Scope:
    """Which whole list a window is of: what counts it, and by what key."""

    counter: Counter
    key: Hashable
    arguments: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Window:
    """Some items in order, and whether more stand before or after them."""

    nodes: Sequence[Source[Any]]
    rows: Sequence[Any]
    cursor: Callable[[Any], str]
    """The place of an item's row; worked out where it is asked for."""
    has_next: bool
    has_previous: bool
    scope: Scope

    @property
    def start(self) -> str | None:
        """The place of the first item."""
        return self.cursor(self.rows[0]) if self.rows else None

    @property
    def end(self) -> str | None:
        """The place of the last item."""
        return self.cursor(self.rows[-1]) if self.rows else None

    @property
    def edges(self) -> list[dict[str, object]]:
        """Each item with its place."""
        return [{"cursor": self.cursor(row), "node": node} for row, node in zip(self.rows, self.nodes, strict=True)]


def window(
    page: Page,
    nodes: Sequence[Source[Any]],
    rows: Sequence[Any],
    cursor: Callable[[Any], str],
    scope: Scope,
    view: View,
) -> Source[Window]:
    """A window of `nodes` read in the direction of `page`, which hold one more than asked for where more follow."""
    more = len(nodes) > page.size
    nodes, rows = nodes[: page.size], rows[: page.size]
    if page.backward:
        nodes, rows = nodes[::-1], rows[::-1]
    beyond = page.place is not None
    found = Window(nodes, rows, cursor, beyond if page.backward else more, more if page.backward else beyond, scope)
    return Source(found, found, view, view.locale)


@tags.tagged
async def totals(read: Read, scopes: Sequence[Scope]) -> Sequence[int]:
    """How many items each whole list has: one statement for all lists of a kind."""
    found: dict[Scope, int] = {}
    kinds = dict.fromkeys((scope.counter, scope.arguments) for scope in scopes)
    for counter, arguments in kinds:
        if not tags.is_tagged(counter):
            read.made_of(tags.ALL)
        alike = [scope for scope in dict.fromkeys(scopes) if (scope.counter, scope.arguments) == (counter, arguments)]
        counts = await counter(read, [scope.key for scope in alike], **dict(arguments))
        found |= dict(zip(alike, counts, strict=True))
    return [found[scope] for scope in scopes]

"""Lists that can grow, as Relay's connections specification has them."""

from typing import Generic, TypeVar

import strawberry

from pages_graphql.api.fields import Shown, column, key, relation
from pages_graphql.storage.window import Window, totals

T = TypeVar("T")

WINDOW = {
    "first": "At most so many from the start: 20 where left out, never more than 100.",
    "after": "The cursor to go on from.",
    "last": "At most so many from the end.",
    "before": "The cursor to go back from.",
}
FORWARD = {name: WINDOW[name] for name in ("first", "after")}
"""The arguments of lists that are only read on."""


@strawberry.federation.type(shareable=True)
class PageInfo(Shown[Window]):
    """The place of a window; described nowhere, for every subgraph shares it."""

    has_next_page: bool = column("has_next", "")
    has_previous_page: bool = column("has_previous", "")
    start_cursor: str | None = column("start", "")
    end_cursor: str | None = column("end", "")


@strawberry.type(description="An item of a list and its place.")
class Edge(Shown[Window], Generic[T]):
    """An item and its cursor."""

    cursor: str = key("cursor", "Give it as `after` to get what follows, as `before` for what precedes.")
    node: T = key("node", "The item itself.")


@strawberry.type(description="A window of a list.")
class Connection(Shown[Window], Generic[T]):
    """A window of a list."""

    edges: list[Edge[T]] = column("edges", "The items with their places.")
    nodes: list[T] = column("nodes", "The items alone.")
    page_info: PageInfo = key("", "Where the window stands in the list.")
    total_count: int = relation(totals, "scope", "How many items the whole list has; counted when asked for.")

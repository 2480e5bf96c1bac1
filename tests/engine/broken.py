"""A small graph whose rows may hold anything, to see what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

import strawberry

from pages_graphql.api.context import Info
from pages_graphql.api.fields import Shown, column, derived, key, relation
from pages_graphql.core.errors import wrong_argument
from pages_graphql.core.view import Source
from pages_graphql.storage.read import Read


class Colour(Enum):
    RED = 1
    BLUE = 2


strawberry.enum(Colour)


@dataclass(frozen=True)
class Row:
    """Columns that hold what a test puts there."""

    value: Any = None
    kind: str = "Leaf"


NODES: dict[str, Source[Row]] = {}
"""What the relations find, by key: each test puts its own there."""


async def by_keys(read: Read, keys: Sequence[str], *, nth: int | None = None) -> Sequence[Any]:
    return [NODES.get(key) for key in keys]


async def needed(read: Read, keys: Sequence[str]) -> Sequence[Any]:
    return [NODES.get(key) for key in keys]


async def lists(read: Read, keys: Sequence[str]) -> Sequence[Any]:
    return [[NODES.get(one) for one in key.split()] for key in keys]


async def failing(read: Read, keys: Sequence[str]) -> Sequence[Any]:
    raise LookupError("nobody home")


def raising(source: Source[Row]) -> str:
    raise wrong_argument("Not this one.")


def echoed(
    source: Source[Row],
    text: str = "plain",
    number: int | None = 3,
    colours: list[Colour] | None = None,
    flag: bool = False,
) -> str:
    return repr((text, number, colours, flag))


@strawberry.interface
class Thing(Shown[Row]):
    name: str | None = key("name", "")

    @classmethod
    def pick(cls, source: Source[Any]) -> "type[Thing]":
        return {"Leaf": Leaf, "Branch": Branch, "Lost": Node}[source.row.kind]  # pyright: ignore[reportReturnType]


@strawberry.type
class Leaf(Thing):
    size: int | None = key("size", "")


@strawberry.type
class Branch(Thing):
    size: int | None = key("size", "")
    things: list[Thing | None] = key("things", "")
    needed: Thing = key("needed", "")


Either = Annotated["Node | Leaf", strawberry.union("Either")]


def either(source: Source[Row]) -> Any:
    return {"Leaf": Leaf, "Node": Node}.get(source.row.kind, str)(source)


@strawberry.type
class Node(Shown[Row]):
    text: str | None = column("value", "")
    needed_text: str = column("value", "")
    number: int | None = column("value", "")
    ratio: float | None = column("value", "")
    flag: bool | None = column("value", "")
    id: strawberry.ID | None = column("value", "")
    colour: Colour | None = column("value", "")
    texts: list[str] | None = column("value", "")
    loose: list[str | None] | None = column("value", "")
    table: list[list[int]] | None = column("value", "")
    leaf: Leaf | None = key("leaf", "")
    things: list[Thing] | None = key("things", "")
    thing: Thing | None = key("thing", "")
    either: Either | None = derived(either, "")
    part: "Node | None" = key("part", "")
    parts: "list[Node] | None" = key("parts", "")
    raises: str | None = derived(raising, "")
    echo: str = derived(echoed, "", text="", number="", colours="", flag="")
    next: "Node | None" = relation(by_keys, "value", "", nth="")
    needed_next: "Node" = relation(needed, "value", "")
    all: "list[Node | None]" = relation(lists, "value", "")
    all_needed: "list[Node] | None" = relation(lists, "value", "")
    broken: "Node | None" = relation(failing, "value", "")


@strawberry.input
class Choice:
    text: str = "chosen"
    numbers: list[int] | None = None


@strawberry.type
class Query:
    @strawberry.field
    async def node(self, info: Info, key: str = "it") -> Node | None:
        found = NODES.get(key)
        return found and Node(found)

    @strawberry.field
    async def needed(self, info: Info, key: str = "it") -> Node:
        found = NODES.get(key)
        return found and Node(found)  # pyright: ignore[reportReturnType]

    @strawberry.field
    async def nodes(self, info: Info) -> list[Node | None]:
        return [source and Node(source) for source in (NODES.get("it"), None)]

    @strawberry.field
    async def refused(self, info: Info) -> Node | None:
        raise wrong_argument("Not today.")

    @strawberry.field
    async def told(
        self, info: Info, choice: Choice | None = strawberry.UNSET, numbers: list[int] | None = None, last: int = 7
    ) -> str:
        return repr((choice, numbers, last))

    @strawberry.field
    def plain(self) -> int:
        return 1


SCHEMA = strawberry.Schema(query=Query, types=[Leaf, Branch])

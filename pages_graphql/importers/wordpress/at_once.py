"""Many things written at once, and what stands in the way of that found by halves."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from pages_graphql.core.errors import Refused
from pages_graphql.storage.work import Work

T = TypeVar("T")
R = TypeVar("R")


async def at_once(
    work: Work,
    items: Sequence[T],
    write: Callable[[Sequence[T]], Awaitable[Sequence[R]]],
    write_one: Callable[[T], Awaitable[R]],
) -> list[R]:
    """What `write` makes of the items; where it refuses them, of either half, and what `write_one` makes of a single one."""
    if len(items) <= 1:
        return [await write_one(item) for item in items]
    try:
        async with work.savepoint():
            return list(await write(items))
    except Refused:
        middle = len(items) // 2
        first = await at_once(work, items[:middle], write, write_one)
        return [*first, *await at_once(work, items[middle:], write, write_one)]

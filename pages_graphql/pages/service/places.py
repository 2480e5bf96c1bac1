"""Where a page stands among its siblings."""

from collections.abc import Sequence
from uuid import UUID

from pages_graphql.core.errors import Invalid, NotFound, Problem
from pages_graphql.core.inputs import as_id
from pages_graphql.pages.repository import writing
from pages_graphql.storage.work import Work

GAP = 1 << 10
"""Between neighbours, so that most pages can be put between two without touching either."""


async def place(
    work: Work,
    parent_id: UUID | None,
    before_id: str | None,
    after_id: str | None,
    problems: list[Problem],
    moved: UUID | None = None,
) -> int:
    """A position under a parent: before or after a sibling, else behind all; faults are added to `problems`."""
    if before_id is None and after_id is None and moved is None:
        return await writing.last_position(work, parent_id) + GAP
    there = await writing.siblings(work, parent_id)
    siblings = [(id, position) for id, position in there if id != moved]
    if before_id is None and after_id is None:
        return siblings[-1][1] + GAP if siblings else GAP
    if before_id is not None and after_id is not None:
        problems.append(Invalid("Give `beforeId` or `afterId`, not both.", "afterId"))
        return 0
    name, id = ("beforeId", before_id) if before_id is not None else ("afterId", after_id)
    order = [sibling for sibling, _ in siblings]
    neighbour = await _neighbour(work, id, order)
    if neighbour is None:
        problems.append(NotFound("page", id, name))
        return 0
    index = order.index(neighbour) + (name == "afterId")
    if moved is not None and [id for id, _ in there] == [*order[:index], moved, *order[index:]]:
        return dict(there)[moved]
    return await _between(work, siblings, index)


async def _neighbour(work: Work, id: str | None, order: Sequence[UUID]) -> UUID | None:
    """The sibling of an id, if the actor may know of it."""
    uuid = as_id(id)
    if uuid is None or uuid not in order:
        return None
    return uuid if await writing.seen(work, [uuid]) else None


async def _between(work: Work, siblings: list[tuple[UUID, int]], index: int) -> int:
    """A position before the sibling at `index`; where there is no room, all siblings are numbered anew."""
    low = siblings[index - 1][1] if index else 0
    high = siblings[index][1] if index < len(siblings) else low + 2 * GAP
    if high - low > 1:
        return (low + high) // 2
    await writing.renumber(work, {id: (n + 1 + (n >= index)) * GAP for n, (id, _) in enumerate(siblings)})
    return (index + 1) * GAP

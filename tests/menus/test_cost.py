"""What a menu of any size costs: counted in statements, for every stage and policy."""

from typing import Any

import pytest

from tests.depth import THOUSANDFOLD, times
from tests.world import ADMIN, ANONYMOUS, World

pytestmark = THOUSANDFOLD

MOST = 4
LEVELS = 16
LARGE = times(40, 500)

WHOLE = """query ($handle: String!, $stage: ContentStage) {
  menuByHandle(handle: $handle, stage: $stage) {
    name isFallback itemCount depth bindings { location }
    items { ...item children { ...item } }
    flatItems { ...item }
    allItems { id label url isVisible hiddenReason }
  }
}
fragment item on MenuItem { id label url link { ... on MenuPageLink { page { id title path url } } } }"""


async def site(world: World, handle: str, size: int, policy: str) -> None:
    """A menu of so many items, in up to 16 levels, each linking to a page of its own; every fifth page is a draft."""
    pages = [await world.page(f"{handle} {n}", publish=n % 5 > 0) for n in range(size)]
    items: list[dict[str, Any]] = []
    for start in range(0, size, LEVELS):
        below: list[dict[str, Any]] = []
        for page in reversed(pages[start : start + LEVELS]):
            below = [{"link": {"pageId": page}, "children": below}]
        items += below
    await world.menu(handle, items, hiddenTargetPolicy=policy)


@pytest.mark.parametrize("policy", ["HIDE", "TEXT", "PROMOTE_CHILDREN"])
async def test_a_menu_of_any_size_costs_at_most_four_statements(world: World, policy: str) -> None:
    costs: dict[int, list[int]] = {}
    for size in (5, LARGE):
        await site(world, f"menu-{size}", size, policy)
        costs[size] = []
        for actor, stage in ((ANONYMOUS, "LIVE"), (ADMIN, "LIVE"), (ADMIN, "DRAFT")):
            data = await world.ask(WHOLE, actor, handle=f"menu-{size}", stage=stage)
            assert actor is ANONYMOUS or len(data["menuByHandle"]["allItems"]) == size
            costs[size].append(len(world.statements))
    assert costs[5] == costs[LARGE] == [2, 3, 3]
    assert max(costs[LARGE]) <= MOST

"""What a menu of any size costs: counted in statements, for every stage and policy."""

from typing import Any

import pytest

from tests.world import ADMIN, World

MOST = 4
LEVELS = 16

WHOLE = """query ($stage: ContentStage) {
  menuByHandle(handle: "main", stage: $stage) {
    name isFallback itemCount depth bindings { location }
    items { ...item children { ...item } }
    flatItems { ...item }
    allItems { id label url isVisible hiddenReason }
  }
}
fragment item on MenuItem { id label url link { ... on MenuPageLink { page { id title path url } } } }"""


async def site(world: World, size: int, policy: str) -> None:
    """A menu of so many items, in up to 16 levels, each linking to a page of its own; every fifth page is a draft."""
    pages = [await world.page(f"Page {n}", publish=n % 5 > 0) for n in range(size)]
    items: list[dict[str, Any]] = []
    for start in range(0, size, LEVELS):
        below: list[dict[str, Any]] = []
        for page in reversed(pages[start : start + LEVELS]):
            below = [{"link": {"pageId": page}, "children": below}]
        items += below
    await world.menu("main", items, hiddenTargetPolicy=policy, bindings=[{"location": "HEADER"}])


@pytest.mark.parametrize("policy", ["HIDE", "TEXT", "PROMOTE_CHILDREN"])
async def test_a_menu_of_any_size_costs_at_most_four_statements(world: World, policy: str) -> None:
    await site(world, 40, policy)
    costs: dict[str, int] = {}
    for stage in ("LIVE", "DRAFT"):
        data = await world.ask(WHOLE, ADMIN, stage=stage)
        assert len(data["menuByHandle"]["allItems"]) == 40
        costs[stage] = len(world.statements)
    assert costs == {"LIVE": 3, "DRAFT": 3}
    assert max(costs.values()) <= MOST

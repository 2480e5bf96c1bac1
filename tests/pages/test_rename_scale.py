"""What renaming a page costs, and where its old paths lead, however much is live below it."""

from typing import Any

import orjson
import pytest
from sqlalchemy import select

from pages_graphql.routes.model import Route
from pages_graphql.seeding import seed
from pages_graphql.storage.columns import col
from tests.depth import THOUSANDFOLD, times
from tests.world import World

pytestmark = THOUSANDFOLD

MANY = times(400, 18_500, check=18_500)
"""Pages of a seed, of which more than half are live."""
ASKED_AT_ONCE = 100

Lives = dict[tuple[str, str], str]
"""Which page lives at a path in a locale."""


async def lives(world: World) -> Lives:
    """All places where pages live."""
    columns = (col(Route.locale), col(Route.path), col(Route.page_id))
    statement = select(*columns).where(col(Route.tenant_id) == world.tenant.id, col(Route.is_current))
    async with world.database.connect() as connection:
        return {(locale, path): str(id) for locale, path, id in await connection.execute(statement)}


async def planted(world: World, pages: int, number: int) -> str:
    """The root of a tree of a seed's pages in three locales."""
    await seed(world.database, world.tenant, pages, number, lambda *_: None)
    data = await world.ask("query ($p: String!) { pageByPath(path: $p) { id } }", p=f"/seed-{number}")
    return data["pageByPath"]["id"]


async def cost(world: World, mutation: str, **given: Any) -> int:
    """How many statements a mutation takes."""
    assert (await world.do(mutation, **given))["problems"] == []
    return len(world.statements)


async def renamed(world: World, root: str, name: str) -> tuple[int, int]:
    """The statements that publishing another slug in three locales takes, and those that changing one at once does."""
    texts = [{"locale": locale, "slug": f"{name}-{locale}"} for locale in ("en", "de", "ru")]
    assert (await world.do("updatePage", id=root, translations=texts))["problems"] == []
    published = await cost(world, "publishPage", id=root)
    return published, await cost(world, "changePageSlug", id=root, locale="de", slug=f"{name}-at-once")


async def led_to(world: World, places: list[tuple[str, str]]) -> Lives:
    """Which page each of some places redirects to for good."""
    asked = [
        f"a{n}: route(path: {orjson.dumps(path).decode()}, locale: {orjson.dumps(locale).decode()}) "
        "{ ... on PathRedirectRoute { isPermanent targetPage { id } } }"
        for n, (locale, path) in enumerate(places)
    ]
    answers = (await world.ask(f"{{ {' '.join(asked)} }}")).values()
    return {
        place: answer["targetPage"]["id"]
        for place, answer in zip(places, answers, strict=True)
        if answer.get("isPermanent")
    }


@pytest.mark.timeout(600)
async def test_a_rename_costs_the_same_over_ten_pages_and_over_ten_thousand(world: World) -> None:
    few = await planted(world, 15, 1)
    before = await lives(world)
    cost_of_few = await renamed(world, few, "few")  # PostgreSQL plans for as many, and plans anew when there are more
    assert await led_to(world, sorted(before)) == before
    many, few_pages = await planted(world, MANY, 2), set(before.values())
    before |= {place: id for place, id in (await lives(world)).items() if id not in few_pages}
    assert len(set(before.values())) > MANY // 2
    assert await renamed(world, many, "many") == cost_of_few
    assert not set(before) & set(await lives(world))
    chosen = sorted(before)[:: max(1, len(before) // times(300, 5_000))]
    led: Lives = {}
    for start in range(0, len(chosen), ASKED_AT_ONCE):
        led |= await led_to(world, chosen[start : start + ASKED_AT_ONCE])
    assert led == {place: before[place] for place in chosen}


async def test_a_rename_that_keeps_no_redirects_costs_the_same_over_more_pages(world: World) -> None:
    costs: set[int] = set()
    for number, pages in enumerate((15, 400), 1):
        root = await planted(world, pages, number)
        before = await lives(world)
        costs.add(await cost(world, "changePageSlug", id=root, locale="en", slug=f"gone-{number}", keepRedirect=False))
        left = sorted(set(before) - set(await lives(world)))
        assert len(left) > pages // 4
        assert await led_to(world, left[:ASKED_AT_ONCE]) == {}
    assert len(costs) == 1

"""Finding tenants, and how long an answer holds."""

import asyncio
from uuid import uuid4

from pages_graphql.core.tenancy import Channel
from pages_graphql.tenants import directory, service
from pages_graphql.tenants.directory import FRESH_S, Tenants
from tests.world import World, recorded


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def statements(world: World, tenants: Tenants, slug: str | None = None) -> int:
    """How many statements it takes to find the tenant."""
    seen: list[str] = []
    with recorded(world.database, seen):
        await tenants.by_slug(slug or world.tenant.slug)
    return len(seen)


async def test_an_answer_holds_for_two_seconds(world: World) -> None:
    clock = Clock()
    tenants = Tenants(world.database, clock=clock)
    assert await statements(world, tenants) == 4
    clock.now = FRESH_S - 0.01
    assert await statements(world, tenants) == 0
    clock.now = FRESH_S
    assert await statements(world, tenants) == 4


async def test_that_there_is_none_holds_as_long(world: World) -> None:
    clock = Clock()
    tenants = Tenants(world.database, clock=clock)
    assert [await statements(world, tenants, "nobody") for _ in range(2)] == [1, 0]
    clock.now = FRESH_S
    assert await statements(world, tenants, "nobody") == 1


async def test_what_can_be_no_slug_is_not_even_asked_for(world: World) -> None:
    assert await statements(world, Tenants(world.database), "No Slug") == 0


async def test_the_same_facts_are_the_same_object_however_they_are_found(world: World) -> None:
    clock = Clock()
    tenants = Tenants(world.database, clock=clock)
    await service.add_host(world.database, world.tenant.slug, f"{world.tenant.slug}.example")
    first = await tenants.by_slug(world.tenant.slug)
    assert first is not None
    assert first is await tenants.named(str(world.tenant.id))
    assert first is await tenants.by_host(f"{world.tenant.slug}.example:80")
    clock.now = FRESH_S
    assert first is await tenants.named(world.tenant.slug)


async def test_other_facts_are_another_object(world: World) -> None:
    clock = Clock()
    tenants = Tenants(world.database, clock=clock)
    first = await tenants.by_slug(world.tenant.slug)
    await service.add_channel(world.database, world.tenant.slug, Channel("kiosk", "Kiosk"))
    assert first is await tenants.by_slug(world.tenant.slug)
    clock.now = FRESH_S
    changed = await tenants.by_slug(world.tenant.slug)
    assert changed is not None
    assert changed is not first
    assert "kiosk" in changed.by_channel


async def test_strangers_cannot_fill_the_memory(world: World) -> None:
    tenants = Tenants(world.database, clock=Clock())
    assert await statements(world, tenants) == 4
    for n in range(directory.MOST):
        await tenants.by_slug(f"nobody-{n}")
    assert await statements(world, tenants, f"nobody-{directory.MOST - 1}") == 0
    assert await statements(world, tenants) == 4


async def test_an_id_that_nobody_has_finds_nothing(world: World) -> None:
    assert await Tenants(world.database).named(str(uuid4())) is None


async def test_many_who_ask_at_once_ask_the_database_once(world: World) -> None:
    seen: list[str] = []
    tenants = Tenants(world.database, clock=Clock())
    with recorded(world.database, seen):
        found = await asyncio.gather(*(tenants.by_slug(world.tenant.slug) for _ in range(10)))
    assert len(seen) == 4
    assert len(set(map(id, found))) == 1


async def test_one_who_asks_and_goes_away_takes_nothing_from_the_others(world: World) -> None:
    tenants = Tenants(world.database, clock=Clock())
    first, second = (asyncio.create_task(tenants.by_slug(world.tenant.slug)) for _ in range(2))
    await asyncio.sleep(0)
    _ = first.cancel()
    assert await second is not None

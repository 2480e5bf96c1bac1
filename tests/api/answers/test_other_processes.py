"""What another process writes is heard; while it is not, an answer is a second old at most."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import monotonic

import pytest

from pages_graphql.api.answers.cache import AnswerCache
from pages_graphql.core import tags
from pages_graphql.storage import listening as hearing
from pages_graphql.storage.database import Database
from pages_graphql.storage.listening import listening
from pages_graphql.storage.stale import Notices
from tests.api.answers.kept import Kept, keeping
from tests.world import World

PAGE = "query ($id: ID!) { page(id: $id) { title } }"
AT_MOST_S = {"sqlite": 1.0, "postgresql": 0.3}


@asynccontextmanager
async def another(world: World) -> AsyncGenerator[World]:
    """The same world, written to by another process."""
    url = world.database.engine.url.render_as_string(hide_password=False)
    database = Database(url)
    yield World(database, world.tenant)
    await database.close()


async def heard(cache: AnswerCache) -> None:
    """Wait until the cache trusts what it hears, and that only."""
    cache.trust(0.0)
    while not cache.is_trusted:  # noqa: ASYNC110 -- it tells nobody
        await asyncio.sleep(0.01)


async def title(kept: Kept, id: str) -> str:
    return (await kept.ask(PAGE, id=id)).json()["data"]["page"]["title"]


async def until(kept: Kept, id: str, expected: str) -> float:
    """The seconds until a reader gets this title."""
    started = monotonic()
    while await title(kept, id) != expected:
        assert monotonic() - started < 5
        await asyncio.sleep(0.01)
    return monotonic() - started


async def rename(world: World, id: str, new: str) -> None:
    await world.do("updatePage", id=id, translations=[{"locale": "en", "title": new}])
    await world.do("publishPage", id=id)


async def test_what_another_process_writes_is_heard_in_a_moment(world: World) -> None:
    async with keeping(world) as kept, another(world) as far, listening(world.database, kept.cache):
        await heard(kept.cache)
        page, other = await world.page("Old"), await world.page("Other")
        for id in (page, other):
            await kept.ask(PAGE, id=id)
        await rename(far, page, "New")
        assert await until(kept, page, "New") < AT_MOST_S[world.database.engine.dialect.name]
        if not world.database.is_sqlite:
            assert await kept.is_hit(PAGE, id=other)


async def test_an_answer_is_kept_for_long_while_others_are_heard(world: World) -> None:
    async with keeping(world) as kept, listening(world.database, kept.cache):
        await heard(kept.cache)
        id = await world.page("Page")
        await kept.ask(PAGE, id=id)
        await asyncio.sleep(1.5)
        assert await kept.is_hit(PAGE, id=id)
        await rename(world, id, "New")
        assert await title(kept, id) == "New"
        await asyncio.sleep(0.6)
        assert await kept.is_hit(PAGE, id=id)  # one's own writes are no news


async def test_unheard_an_answer_is_a_second_old_at_most(world: World) -> None:
    async with keeping(world) as kept, another(world) as far:
        kept.cache.trust(0.0)
        id = await world.page("Old")
        assert await title(kept, id) == "Old"
        assert await kept.is_hit(PAGE, id=id)
        await rename(far, id, "New")
        assert await until(kept, id, "New") < 1.1


async def test_after_a_gap_everything_is_dropped(world: World) -> None:
    async with keeping(world) as kept, another(world) as far:
        id = await world.page("Old")
        async with listening(world.database, kept.cache):
            await heard(kept.cache)
            await kept.ask(PAGE, id=id)
        await rename(far, id, "New")
        async with listening(world.database, kept.cache):
            await until(kept, id, "New")


async def test_a_write_too_large_for_a_notice_drops_the_tenant(world: World) -> None:
    async with keeping(world) as kept, another(world) as far, listening(world.database, kept.cache):
        await heard(kept.cache)
        id = await world.page("Old")
        await kept.ask(PAGE, id=id)
        async with far.database.begin(world.tenant, world.view().actor) as work:
            work.stale(*(f"path:/{n:0200}" for n in range(100)))
        started = monotonic()
        while len(kept.cache):
            await asyncio.sleep(0.01)
            assert monotonic() - started < 2


async def test_a_lost_connection_is_mended(world: World) -> None:
    if world.database.is_sqlite:
        pytest.skip("SQLite has none to lose")
    async with keeping(world) as kept, another(world) as far, listening(world.database, kept.cache):
        await heard(kept.cache)
        async with world.database.session() as session:
            connection = await session.connection()
            await connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE query = 'SELECT 1' AND pid <> pg_backend_pid() AND datname = current_database()"
            )
        id = await world.page("Old")
        await kept.ask(PAGE, id=id)
        await rename(far, id, "New")
        await until(kept, id, "New")
        await asyncio.sleep(2 * hearing.BEAT_S + 0.3)
        assert kept.cache.is_trusted


async def fail(world: World) -> None:
    """Begin a write that is not kept."""
    async with world.database.begin(world.tenant, world.view().actor) as work:
        work.stale(tags.PAGES)
        raise ZeroDivisionError


async def test_a_failed_write_tells_nobody_and_drops_no_more_than_needed(world: World) -> None:
    async with keeping(world) as kept, listening(world.database, kept.cache):
        await heard(kept.cache)
        id = await world.page("Page")
        await kept.ask(PAGE, id=id)
        with pytest.raises(ZeroDivisionError):
            await fail(world)
        await asyncio.sleep(0.6)
        assert await kept.is_hit(PAGE, id=id)


@pytest.mark.parametrize(
    ("known", "seen", "own", "strange"),
    [
        ((4, 10), (4, 10), set(), False),
        ((4, 10), (5, 11), {"5"}, False),
        ((4, 10), (5, 11), set(), True),
        ((4, 10), (7, 12), {"5", "7"}, True),
        ((4, 10), (4, 11), set(), True),
        ((4, 10), (3, 11), set(), True),
    ],
)
def test_on_sqlite_writes_are_numbered(
    known: tuple[int, int], seen: tuple[int, int], own: set[str], strange: bool
) -> None:
    notices = Notices(is_sqlite=True)
    notices.own |= own
    assert hearing._is_strange(known, seen, notices) is strange
    assert notices.own == set()

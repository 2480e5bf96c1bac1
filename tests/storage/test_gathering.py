"""Loading together: what many ask for at once is one load, and nobody gets what is not his."""

import asyncio
from collections.abc import Sequence

import pytest

from pages_graphql.core.errors import RequestError
from pages_graphql.core.view import View
from pages_graphql.storage.gathering import MOST_KEYS, Gathering
from pages_graphql.storage.read import Read
from tests.world import ADMIN, ANONYMOUS, World


class Doubling:
    """A batch function that doubles numbers, refuses those below nought, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[View, list[int]]] = []

    async def __call__(self, read: Read, keys: Sequence[int], *, by: int = 2) -> Sequence[int]:
        self.asked.append((read.view, list(keys)))
        await asyncio.sleep(0.01)
        if min(keys) < 0:
            raise RequestError("VALIDATION_ERROR", "Below nought.")
        return [by * key for key in keys]


def gathering(world: World) -> Gathering:
    """One of its own."""
    return Gathering(lambda view, parts: Read(world.database.direct, view, parts=parts))


async def test_what_is_asked_while_a_load_is_under_way_goes_together(world: World) -> None:
    loads, batch, view = gathering(world), Doubling(), world.view()
    answers = await asyncio.gather(*(loads.load(batch, view, [n, n + 1], {}) for n in range(20)))
    assert answers == [[2 * n, 2 * n + 2] for n in range(20)]
    assert len(batch.asked) <= 3
    assert sorted({key for _, keys in batch.asked for key in keys}) == list(range(21))


async def test_who_has_waited_for_a_slow_load_goes_beside_it(world: World) -> None:
    loads, view, ends = gathering(world), world.view(), list[int]()
    slow = asyncio.Event()

    async def waiting(read: Read, keys: Sequence[int]) -> Sequence[int]:
        if 1 in keys:
            await slow.wait()
        ends.extend(keys)
        return keys

    first = asyncio.create_task(loads.load(waiting, view, [1], {}))
    await asyncio.sleep(0)
    assert await asyncio.wait_for(asyncio.gather(*(loads.load(waiting, view, [n], {}) for n in (2, 3))), timeout=5)
    slow.set()
    assert await first == [1]
    assert ends == [2, 3, 1]


async def test_many_keys_go_beside_a_load_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages_graphql.storage.gathering.PATIENCE_S", 3600.0)
    loads, view, end = gathering(world), world.view(), asyncio.Event()

    async def waiting(_: Read, keys: Sequence[int]) -> Sequence[int]:
        if 1 in keys:
            await end.wait()
        return keys

    first = asyncio.create_task(loads.load(waiting, view, [1], {}))
    await asyncio.sleep(0)
    many = [*range(2, MOST_KEYS + 2)]
    assert await asyncio.wait_for(loads.load(waiting, view, many, {}), timeout=5) == many
    end.set()
    assert await first == [1]


async def test_other_views_and_other_arguments_are_loaded_apart(world: World) -> None:
    loads, batch = gathering(world), Doubling()
    views = [world.view(), world.view(ADMIN), world.view(ANONYMOUS, locale="de")]
    answers = await asyncio.gather(
        *(loads.load(batch, view, [1], {}) for view in views), loads.load(batch, views[0], [1], {"by": 3})
    )
    assert answers == [[2], [2], [2], [3]]
    assert [view for view, _ in batch.asked] == [*views, views[0]]


async def test_only_who_asked_for_it_hears_of_an_error(world: World) -> None:
    loads, batch, view = gathering(world), Doubling(), world.view()
    asked = [loads.load(batch, view, [n], {}) for n in (1, 2, -3, 4, -5, 6)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [list, list, RequestError, list, RequestError, list]
    assert answers[3] == [8]


async def test_a_batch_that_leaves_keys_out_is_an_error_and_nobody_waits_for_ever(world: World) -> None:
    async def forgetful(_: Read, keys: Sequence[int]) -> Sequence[int]:
        return keys[1:]

    with pytest.raises(ValueError, match="left keys out"):
        await asyncio.wait_for(gathering(world).load(forgetful, world.view(), [1, 2], {}), timeout=5)


async def test_no_load_has_more_keys_than_fit(world: World) -> None:
    loads, batch, view = gathering(world), Doubling(), world.view()
    many = range(MOST_KEYS)
    await asyncio.gather(*(loads.load(batch, view, many, {}) for _ in range(4)), loads.load(batch, view, [-0], {}))
    assert max(len(keys) for _, keys in batch.asked) == MOST_KEYS


async def test_who_goes_away_leaves_the_others_their_answer(world: World) -> None:
    loads, batch, view = gathering(world), Doubling(), world.view()
    gone = asyncio.create_task(loads.load(batch, view, [1], {}))
    stays = asyncio.create_task(loads.load(batch, view, [1], {}))
    await asyncio.sleep(0)
    assert gone.cancel()
    assert await stays == [2]
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_nobody_is_given_what_was_read_before_he_asked(world: World) -> None:
    page = await world.page("Before")
    query = "query ($id: ID!) { page(id: $id) { title } }"
    asking = [asyncio.create_task(world.ask(query, id=page)) for _ in range(8)]
    for n in range(4):
        await world.do("updatePage", id=page, translations=[{"locale": "en", "title": f"After {n}"}])
        await world.do("publishPage", id=page)
        assert (await world.ask(query, id=page))["page"]["title"] == f"After {n}"
    await asyncio.gather(*asking)

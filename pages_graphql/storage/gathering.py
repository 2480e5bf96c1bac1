"""Loading together what many requests ask for at once: while a statement is on its way, the next ones are gathered."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias, TypeVar

from pages_graphql.core.view import EVERYTHING, Part, View
from pages_graphql.storage.read import Read

V = TypeVar("V")
Batch = Callable[..., Awaitable[Sequence[Any]]]

PATIENCE_S = 0.02
"""Seconds for which what is asked waits for the load under way, to go together; then it goes beside it."""

MOST_UNDER_WAY = 2
"""How many loads of one kind are under way at a time."""

MOST_KEYS = 1_000
"""How many keys are gathered at most; where about so many wait, they go at once beside the load under way."""


_Waiting: TypeAlias = "list[tuple[Sequence[Any], asyncio.Future[Sequence[Any]]]]"
"""Who waits: for the values of which keys, and where they go."""


@dataclass(slots=True)
class _Group:
    """What is asked of one batch through one View, with the same arguments."""

    waiting: _Waiting = field(default_factory=list[Any])
    under_way: int = 0
    patience: asyncio.TimerHandle | None = None
    """Runs while somebody waits for a load under way."""


class Gathering:
    """Loads for all requests that look through the same View; none is given what was read before it asked."""

    def __init__(self, read: Callable[[View, frozenset[Part]], Read]) -> None:
        """Nobody asks yet."""
        self._read = read
        self._groups: dict[Hashable, _Group] = {}
        self._tasks = set[asyncio.Task[None]]()

    async def load(
        self,
        batch: Callable[..., Awaitable[Sequence[V]]],
        view: View,
        keys: Sequence[Any],
        arguments: Mapping[str, Any],
        parts: frozenset[Part] = EVERYTHING,
    ) -> Sequence[V]:
        """What a batch function has for each key, as far as these parts of it are needed."""
        same = batch, view, parts, tuple(arguments.items())
        group = self._groups.setdefault(same, _Group())
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Sequence[V]] = loop.create_future()
        group.waiting.append((keys, future))
        start = partial(self._start, same, group, partial(batch, **arguments), view, parts)
        if not group.under_way:
            start()
        elif group.under_way < MOST_UNDER_WAY:
            if len(keys) * len(group.waiting) >= MOST_KEYS:
                start()
            elif group.patience is None:
                group.patience = loop.call_later(PATIENCE_S, start)
        return await future

    def _start(self, same: Hashable, group: _Group, batch: Batch, view: View, parts: frozenset[Part]) -> None:
        group.under_way += 1
        task = asyncio.create_task(self._work(same, group, batch, self._read(view, parts)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, same: Hashable, group: _Group, batch: Batch, read: Read) -> None:
        """Load what is waited for until nobody waits."""
        while group.waiting:
            if group.patience:
                group.patience.cancel()
                group.patience = None
            taken, group.waiting = _first(group.waiting)
            await self._serve(taken, batch, read)
        group.under_way -= 1
        if not group.under_way:
            _ = self._groups.pop(same, None)

    async def _serve(self, taken: _Waiting, batch: Batch, read: Read) -> None:
        """Give those who wait what they asked for; where that fails, to each by himself, so that only he hears of it."""
        try:
            answers = await _answers([keys for keys, _ in taken], batch, read)
        except Exception as error:  # noqa: BLE001 -- whoever asked says it in his own place
            if len(taken) > 1:
                for one in taken:
                    await self._serve([one], batch, read)
            elif not taken[0][1].done():
                taken[0][1].set_exception(error)
            return
        for (_, future), answer in zip(taken, answers, strict=True):
            if not future.done():
                future.set_result(answer)


async def _answers(asked: Sequence[Sequence[Any]], batch: Batch, read: Read) -> Sequence[Sequence[Any]]:
    """What each gets who asked for some keys, from one load of them all."""
    keys: Sequence[Any] = asked[0]
    places: Sequence[Sequence[int]] = []
    if len(asked) > 1:
        known: dict[Any, int] = {}
        places = [[known.setdefault(key, len(known)) for key in some] for some in asked]
        keys = list(known)
    values = await batch(read, keys)
    if len(values) != len(keys):
        raise ValueError("a batch left keys out")
    return [[values[n] for n in some] for some in places] if places else [values]


def _first(waiting: _Waiting) -> tuple[_Waiting, _Waiting]:
    """Those whose keys fit into one load, at least one, and the others."""
    count = 0
    for n, (keys, _) in enumerate(waiting):
        count += len(keys)
        if n and count > MOST_KEYS:
            return waiting[:n], waiting[n:]
    return waiting, []

"""What one request carries."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias, TypeVar

import strawberry
from strawberry.dataloader import DataLoader

from pages_graphql.core import tags
from pages_graphql.core.view import EVERYTHING, LOADED, View, comes_in_parts
from pages_graphql.storage.database import Database
from pages_graphql.storage.work import Work

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Known:
    """What a request has loaded of one kind: looked up by key only when it asks for more, as most requests never do."""

    def __init__(self) -> None:
        self.loaded: list[tuple[Sequence[Any], Sequence[Any]]] = []
        self._values: dict[Any, Any] = {}

    @property
    def values(self) -> dict[Any, Any]:
        """The values by their keys."""
        for keys, values in self.loaded:
            self._values.update(zip(keys, values, strict=True))
        self.loaded.clear()
        return self._values

    def unknown(self, keys: Sequence[Any]) -> Sequence[Any]:
        """The keys that are not known, each once: the very same sequence where that is so of all."""
        values = self.values
        if not values and (len(keys) == 1 or len(set(keys)) == len(keys)):
            return keys
        return [key for key in dict.fromkeys(keys) if key not in values]


class Context:
    """The request's View, its loaders and its works."""

    def __init__(self, database: Database, view: View, *, trace: str = "") -> None:
        """Start with nothing loaded."""
        self.database = database
        self.view = view
        self.trace = trace
        self.is_kept = False
        """Whether the answer may be kept: then it is loaded apart from others, to know exactly what it is made of."""
        self.tags: set[str] = set()
        self.reads = EVERYTHING
        """The parts that the operation needs of what it loads."""
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}
        self._known: dict[Hashable, _Known] = {}

    async def load(
        self, batch: Callable[..., Awaitable[Sequence[V]]], view: View, key: object, **arguments: object
    ) -> V:
        """Load one value together with all others asked for in the same moment, View and arguments."""
        same: Hashable = (batch, view, tuple(arguments.items()))
        if same not in self._loaders:

            async def run(keys: list[object]) -> Sequence[V]:
                return await self.batch(batch, view, keys, **arguments)

            self._loaders[same] = DataLoader(run)
        return await self._loaders[same].load(key)

    async def batch(
        self, batch: Callable[..., Awaitable[Sequence[V]]], view: View, keys: Sequence[Any], **arguments: object
    ) -> Sequence[V]:
        """Load many at once, with what other requests ask for; what this request knows already is not asked again."""
        known = self._known.setdefault((batch, view, tuple(arguments.items())), _Known())
        asked = known.unknown(keys)
        if asked:
            loaded = await self._loaded(batch, view, asked, arguments)
            known.loaded.append((asked, loaded))
            if asked is keys:
                return loaded
        values = known.values
        return [values[key] for key in keys]

    async def _loaded(
        self, batch: Callable[..., Awaitable[Sequence[V]]], view: View, keys: Sequence[Any], arguments: dict[str, Any]
    ) -> Sequence[V]:
        parts = self.reads if comes_in_parts(batch) else LOADED | self.reads
        if not self.is_kept:
            return await self.database.gathering.load(batch, view, keys, arguments, parts)
        told = set[str]()
        async with self.database.read(view, parts, told) as read:
            loaded = await batch(read, keys, **arguments)
        self.tags |= told if tags.is_tagged(batch) else {tags.ALL}
        return loaded

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """One use case of this request's actor; what was loaded before it is forgotten."""
        self._loaders.clear()
        self._known.clear()
        return self.database.begin(self.view.tenant, self.view.actor, trace=self.trace)


Info: TypeAlias = strawberry.Info[Context, None]

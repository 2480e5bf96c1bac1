"""What one request carries."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias, TypeVar

import strawberry
from strawberry.dataloader import DataLoader

from pages_graphql.core import tags
from pages_graphql.core.view import EVERYTHING, View, comes_in_parts
from pages_graphql.storage.database import Database
from pages_graphql.storage.work import Work

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


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
        self._known: dict[Hashable, dict[Any, Any]] = {}

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
        known = self._known.setdefault((batch, view, tuple(arguments.items())), {})
        distinct = dict.fromkeys(keys)
        if unknown := [key for key in distinct if key not in known] if known else list(distinct):
            parts = self.reads if comes_in_parts(batch) else EVERYTHING
            if self.is_kept:
                told = set[str]()
                async with self.database.read(view, parts, told) as read:
                    loaded = await batch(read, unknown, **arguments)
                self.tags |= told if tags.is_tagged(batch) else {tags.ALL}
            else:
                loaded = await self.database.gathering.load(batch, view, unknown, arguments, parts)
            known.update(zip(unknown, loaded, strict=True))
        return [known[key] for key in keys]

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """One use case of this request's actor; what was loaded before it is forgotten."""
        self._loaders.clear()
        self._known.clear()
        return self.database.begin(self.view.tenant, self.view.actor, trace=self.trace)


Info: TypeAlias = strawberry.Info[Context, None]

"""An application that keeps answers, beside one that keeps none, over the same database."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from math import inf
from typing import Any

import httpx

from pages_graphql.api.answers.cache import AnswerCache
from pages_graphql.app import create_app
from pages_graphql.settings import Profile, Settings
from pages_graphql.storage.database import Database
from tests.api.conftest import SECRET
from tests.world import World


@dataclass
class Kept:
    """Somebody who asks both."""

    world: World
    client: httpx.AsyncClient
    fresh: httpx.AsyncClient
    cache: AnswerCache

    async def ask(self, query: str, headers: Mapping[str, str] | None = None, **variables: Any) -> httpx.Response:
        """What the application answers that keeps answers."""
        return await self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)

    async def is_hit(self, query: str, headers: Mapping[str, str] | None = None, **variables: Any) -> bool:
        """Whether the answer was kept already."""
        before = self.cache.hits
        await self.ask(query, headers, **variables)
        return self.cache.hits > before

    async def is_as_fresh(self, query: str, headers: Mapping[str, str] | None = None, **variables: Any) -> bool:
        """Whether the answer is that of the application that keeps none."""
        asked = {"query": query, "variables": variables}
        fresh = await self.fresh.post("/graphql", json=asked, headers=headers)
        assert "errors" not in fresh.json(), fresh.text
        return (await self.ask(query, headers, **variables)).json() == fresh.json()


@asynccontextmanager
async def keeping(world: World, database: Database | None = None, **given: Any) -> AsyncGenerator[Kept]:
    """Both, for anonymous readers of a world; `database` is that of the one that keeps answers, if it is another."""
    settings = {"profile": Profile.PRODUCTION, "jwt_secret": SECRET, "engine": "compiled"}
    opened = database or world.database
    others = [*opened.keepers]
    app = create_app(Settings(**{**settings, **given}), opened)
    [cache] = [one for one in opened.keepers if isinstance(one, AnswerCache) and one not in others]
    cache.trust(inf)
    bare = create_app(Settings(**{**settings, "answer_cache_mib": 0}), world.database)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(one),
                    base_url="http://unknown.example",
                    headers={"X-Tenant-Slug": world.tenant.slug},
                )
            )
            for one in (app, bare)
        ]
        yield Kept(world, clients[0], clients[1], cache)

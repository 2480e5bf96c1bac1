"""An application that keeps answers, beside one that keeps none, over the same database."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from math import inf
from typing import Any

import httpx
import orjson
from starlette.types import ASGIApp, Message, Scope

from pages_graphql.api.answers.cache import AnswerCache
from pages_graphql.app import Application, create_app
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
    apps: tuple[Application, Application]
    """The one that keeps answers, and the one that keeps none."""

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
        body = orjson.dumps({"query": query, "variables": variables})
        named = {"x-tenant-slug": self.world.tenant.slug, **(headers or {})}
        kept, fresh = [orjson.loads(await post(app, body, named)) for app in self.apps]
        assert "errors" not in fresh, fresh
        return kept == fresh


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
        yield Kept(world, clients[0], clients[1], cache, (app, bare))


async def post(app: ASGIApp, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The body of an application's answer, asked as a server does: a client of HTTP would take most of the time."""
    named = {"content-type": "application/json", "host": "unknown.example", **headers}
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in named.items()],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return b"".join(message.get("body", b"") for message in sent)

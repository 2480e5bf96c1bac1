"""The whole application, asked over HTTP."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from pages_graphql.api.identity import TokenIssuer
from pages_graphql.app import create_app
from pages_graphql.core.access import Role
from pages_graphql.settings import Profile, Settings
from pages_graphql.storage.database import Database
from tests.world import World

SECRET = "a secret that only these tests know"


def open_client(database: Database, **given: Any) -> httpx.AsyncClient:
    """Somebody who asks the application, configured as given."""
    settings = Settings(**{"profile": Profile.PRODUCTION, "jwt_secret": SECRET, **given})
    transport = httpx.ASGITransport(create_app(settings, database), raise_app_exceptions=True)
    return httpx.AsyncClient(transport=transport, base_url="http://unknown.example")


def bearer(world: World, role: Role = Role.ADMIN, **claims: Any) -> dict[str, str]:
    """The header of a token for this world's tenant."""
    tenant = claims.pop("tenant", world.tenant.slug)
    issued = TokenIssuer(SECRET, **claims).issue(role.value, tenant, role, timedelta(hours=1))
    return {"Authorization": f"Bearer {issued}"}


@pytest.fixture
async def client(world: World) -> AsyncGenerator[httpx.AsyncClient]:
    """Somebody who asks for this world's tenant."""
    async with open_client(world.database) as client:
        client.headers["X-Tenant-Slug"] = world.tenant.slug
        yield client

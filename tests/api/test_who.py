"""Whose content, who asks, and in which locale, channel and stage: what a request's headers say."""

from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from pages_graphql.core.access import Role
from pages_graphql.tenants import service
from tests.api.conftest import SECRET, bearer, open_client
from tests.api.test_http import code
from tests.world import World, new_world

ASK = {"query": "{ __typename }"}


async def ask(client: httpx.AsyncClient, headers: dict[str, str] | None = None) -> httpx.Response:
    return await client.post("/graphql", json=ASK, headers=headers)


async def test_a_tenant_is_named_by_id_slug_or_host(world: World) -> None:
    host = f"{world.tenant.slug}.example"
    assert await service.add_host(world.database, world.tenant.slug, host) == host
    async with open_client(world.database) as client:
        for headers in (
            {"X-Tenant-ID": str(world.tenant.id)},
            {"X-Tenant-ID": str(world.tenant.id).upper()},
            {"X-Tenant-ID": world.tenant.slug},
            {"X-Tenant-Slug": world.tenant.slug},
            {"X-Tenant-ID": "", "X-Tenant-Slug": world.tenant.slug},
            {"Host": f"{host}:8000"},
            {"Host": host.upper()},
            {"X-Tenant-ID": world.tenant.slug, "X-Tenant-Slug": "nobody", "Host": "other.example"},
        ):
            assert (await ask(client, headers)).status_code == 200, headers


async def test_without_a_tenant_the_answer_asks_for_one(world: World) -> None:
    async with open_client(world.database) as client:
        response = await ask(client)
    assert (response.status_code, code(response)) == (400, "TENANT_REQUIRED")


async def test_in_development_the_default_tenant_stands_in(world: World) -> None:
    async with open_client(world.database, profile="development", default_tenant=world.tenant.slug) as client:
        assert (await ask(client)).status_code == 200
    async with open_client(world.database, profile="development", default_tenant="nobody") as client:
        response = await ask(client)
        assert (response.status_code, code(response)) == (404, "TENANT_NOT_FOUND")


@pytest.mark.parametrize("name", ["nobody", "no/slug", "ünknown".encode(), "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize("header", ["X-Tenant-ID", "X-Tenant-Slug"])
async def test_an_unknown_tenant_is_not_found(client: httpx.AsyncClient, header: str, name: str | bytes) -> None:
    del client.headers["X-Tenant-Slug"]
    response = await client.post(
        "/graphql", json=ASK, headers=[(header.encode(), name)] if isinstance(name, bytes) else {header: name}
    )  # pyright: ignore[reportArgumentType]
    assert (response.status_code, code(response)) == (404, "TENANT_NOT_FOUND")


async def test_a_disabled_tenant_is_refused(world: World) -> None:
    await service.set_enabled(world.database, world.tenant.slug, enabled=False)
    async with open_client(world.database) as client:
        response = await ask(client, {"X-Tenant-Slug": world.tenant.slug})
    assert (response.status_code, code(response)) == (403, "TENANT_DISABLED")


async def test_a_token_says_who_asks_and_what_he_may(client: httpx.AsyncClient, world: World) -> None:
    drafts = {"query": "{ pages(stage: DRAFT) { totalCount } }"}
    allowed = await client.post("/graphql", json=drafts, headers=bearer(world, Role.ADMIN))
    assert allowed.json() == {"data": {"pages": {"totalCount": 0}}}
    refused = await client.post("/graphql", json=drafts, headers=bearer(world, Role.CUSTOMER))
    assert (refused.status_code, code(refused)) == (200, "PERMISSION_DENIED")
    unknown = await client.post("/graphql", json=drafts)
    assert (unknown.status_code, code(unknown)) == (200, "UNAUTHENTICATED")


async def test_a_token_of_another_tenant_is_refused(client: httpx.AsyncClient, world: World) -> None:
    async with new_world(world.database) as other:
        response = await ask(client, bearer(other))
    assert (response.status_code, code(response)) == (403, "TENANT_MISMATCH")


async def test_a_bad_token_is_401_and_never_anonymous(client: httpx.AsyncClient, world: World) -> None:
    good = bearer(world)["Authorization"]
    for authorization in ("Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5", good[:-2], good.replace(".", "..", 1)):
        response = await ask(client, {"Authorization": authorization})
        assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED"), authorization
        assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_claims_that_say_too_little_are_401(client: httpx.AsyncClient, world: World) -> None:
    whole: dict[str, Any] = {"sub": "u", "tenant": world.tenant.slug, "role": "admin", "exp": 4_000_000_000}
    for changes in (
        {"sub": None},
        {"sub": 1},
        {"sub": ""},
        {"sub": "a\u0000b"},
        {"tenant": None},
        {"tenant": 1},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": 1_000_000_000},
        {"nbf": 4_000_000_000},
        {"role": None},
        {"role": 1},
        {"permissions": "pages:manage"},
    ):
        claims = {name: value for name, value in {**whole, **changes}.items() if value is not None}
        token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        response = await ask(client, {"Authorization": f"Bearer {token}"})
        assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED"), changes


@pytest.mark.parametrize(
    ("headers", "locale"),
    [
        ({}, "en"),
        ({"X-Locale": "de"}, "de"),
        ({"X-Locale": "DE_at"}, "de-AT"),
        ({"X-Locale": "fr"}, "fr"),
        ({"X-Locale": "de", "Accept-Language": "ru"}, "de"),
        ({"X-Locale": " ", "Accept-Language": "ru"}, "ru"),
        ({"Accept-Language": "fr, de-CH;q=0.9, ru;q=0.8"}, "de"),
        ({"Accept-Language": "fr;q=x, !!, *"}, "en"),
    ],
)
async def test_the_locale_is_the_headers(
    client: httpx.AsyncClient, world: World, headers: dict[str, str], locale: str
) -> None:
    id = await world.page("Home")
    query = {"query": "query ($id: ID!) { page(id: $id) { requestedLocale locale } }", "variables": {"id": id}}
    response = await client.post("/graphql", json=query, headers=headers)
    assert response.json()["data"]["page"] == {"requestedLocale": locale, "locale": "en"}


@pytest.mark.parametrize(
    "headers", [{"X-Locale": "not a locale"}, {"X-Locale": "x" * 40}, {"X-Channel": "moon"}, {"X-Stage": "NOW"}]
)
async def test_a_header_that_cannot_be_is_400(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    response = await ask(client, headers)
    assert (response.status_code, code(response)) == (400, "VALIDATION_ERROR")


async def test_channel_and_stage_are_the_headers(client: httpx.AsyncClient, world: World) -> None:
    id = await world.page("App", channels=["app"], publish=False)
    query = {"query": "query ($id: ID!) { page(id: $id) { stage } }", "variables": {"id": id}}
    headers = {**bearer(world), "X-Stage": "draft"}
    elsewhere = await client.post("/graphql", json=query, headers=headers)
    assert elsewhere.json() == {"data": {"page": None}}
    there = await client.post("/graphql", json=query, headers={**headers, "X-Channel": "app"})
    assert there.json() == {"data": {"page": {"stage": "DRAFT"}}}

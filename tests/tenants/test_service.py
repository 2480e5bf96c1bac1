"""Making tenants, and giving them locales, channels and hosts."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from pages_graphql.core.errors import Refused
from pages_graphql.core.tenancy import Channel, Locale, Tenant
from pages_graphql.storage.database import Database
from pages_graphql.tenants import model, repository, service
from pages_graphql.tenants.directory import Tenants
from pages_graphql.tenants.locales import NewLocale
from pages_graphql.tenants.service import NewTenant


def a_slug() -> str:
    return f"t-{uuid4().hex[:12]}"


def new(slug: str | None = None, **given: Any) -> NewTenant:
    facts: dict[str, Any] = {"name": "Shop", "locales": [NewLocale("en")], **given}
    return NewTenant(slug or a_slug(), **facts)


async def kept(database: Database, slug: str) -> Tenant:
    """The tenant as it is in the database."""
    tenant = await Tenants(database).by_slug(slug)
    assert tenant is not None
    return tenant


async def codes(refused: Any) -> list[tuple[str, str]]:
    """What is refused, and where."""
    with pytest.raises(Refused) as caught:
        await refused
    return [(problem.code, ".".join(problem.path)) for problem in caught.value.problems]


async def test_a_tenant_has_what_it_was_made_with(database: Database) -> None:
    locales = [NewLocale("pt_br", fallbacks=["en"]), NewLocale("EN"), NewLocale("de", "/deutsch", ["en", "EN"])]
    channels = [Channel("web", "Web", "https://shop.example"), Channel("app", "App", is_default=True)]
    made = await service.create_tenant(database, new(locales=locales, channels=channels))
    tenant = await kept(database, made.slug)
    assert (tenant.id, tenant.name, tenant.is_enabled) == (made.id, "Shop", True)
    assert tenant.locales == (
        Locale("pt-BR", "", ("en",), is_default=True),
        Locale("en", "/en"),
        Locale("de", "/deutsch", ("en",)),
    )
    assert tenant.channels == (
        Channel("web", "Web", "https://shop.example", is_default=True),
        Channel("app", "App"),
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"slug": "No"}, [("VALIDATION_ERROR", "slug")]),
        ({"slug": "No", "name": " ", "locales": []}, [("VALIDATION_ERROR", p) for p in ("slug", "name", "locales")]),
        ({"name": "x" * 256}, [("VALIDATION_ERROR", "name")]),
        ({"name": "a\u0000b"}, [("VALIDATION_ERROR", "name")]),
        ({"locales": [NewLocale("x_")]}, [("VALIDATION_ERROR", "locale")]),
        ({"locales": [NewLocale("en"), NewLocale("EN", "/e")]}, [("VALIDATION_ERROR", "locale")]),
        ({"locales": [NewLocale("en"), NewLocale("de", "")]}, [("VALIDATION_ERROR", "urlPrefix")]),
        ({"locales": [NewLocale("en", "en")]}, [("VALIDATION_ERROR", "urlPrefix")]),
        ({"locales": [NewLocale("en", fallbacks=["fr"])]}, [("VALIDATION_ERROR", "fallbacks")]),
        ({"locales": [NewLocale("en", fallbacks=["en"])]}, [("VALIDATION_ERROR", "fallbacks")]),
        ({"locales": [NewLocale("en", fallbacks=["?"])]}, [("VALIDATION_ERROR", "locale")]),
        ({"channels": [Channel("A", "")]}, [("VALIDATION_ERROR", "slug"), ("VALIDATION_ERROR", "name")]),
        ({"channels": [Channel("a", "A"), Channel("a", "B")]}, [("VALIDATION_ERROR", "slug")]),
        ({"channels": [Channel("a", "A", "shop.example")]}, [("VALIDATION_ERROR", "baseUrl")]),
    ],
)
async def test_what_breaks_a_rule_makes_nothing(
    database: Database, given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    before = len(await service.list_tenants(database))
    assert await codes(service.create_tenant(database, new(**given))) == expected
    assert len(await service.list_tenants(database)) == before


async def test_a_slug_is_taken_once_even_by_two_at_once(database: Database) -> None:
    slug = a_slug()
    made = await asyncio.gather(*(service.create_tenant(database, new(slug)) for _ in range(3)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in made) == ["Refused", "Refused", "Tenant"]
    assert await codes(service.create_tenant(database, new(slug))) == [("VALIDATION_ERROR", "slug")]


async def test_what_another_wrote_a_moment_ago_is_refused_all_the_same(database: Database) -> None:
    tenants = [await service.create_tenant(database, new()) for _ in range(2)]
    host = f"{tenants[0].slug}.example"
    rows = [model.TenantHost(tenant_id=tenant.id, host=host) for tenant in tenants]
    with pytest.raises(Refused, match="There is such a host already"):
        async with database.session() as session:
            await repository.add(session, *rows)
    assert await Tenants(database).by_host(host) is None


async def test_a_row_that_points_nowhere_is_no_conflict(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.session() as session:
            await repository.add(session, model.TenantHost(tenant_id=uuid4(), host=f"{a_slug()}.example"))


async def test_the_first_channel_is_the_default(database: Database) -> None:
    made = await service.create_tenant(database, new())
    await service.add_channel(database, made.slug, Channel("web", "Web", is_default=False))
    await service.add_channel(database, made.slug, Channel("app", "App", "https://app.example", is_default=True))
    assert (await kept(database, made.slug)).channels == (
        Channel("web", "Web", is_default=True),
        Channel("app", "App", "https://app.example"),
    )


async def test_a_host_belongs_to_one_tenant(database: Database) -> None:
    one = await service.create_tenant(database, new())
    other = await service.create_tenant(database, new())
    host = f"{one.slug}.example"
    assert await service.add_host(database, one.slug, f"{host.upper()}:443") == host
    assert await codes(service.add_host(database, other.slug, host)) == [("VALIDATION_ERROR", "host")]
    assert await codes(service.add_host(database, one.slug, host)) == [("VALIDATION_ERROR", "host")]
    assert await codes(service.add_host(database, one.slug, "no host")) == [("VALIDATION_ERROR", "host")]
    found = await Tenants(database).by_host(host)
    assert found is not None
    assert found.id == one.id


async def test_a_tenant_is_disabled_and_enabled(database: Database) -> None:
    made = await service.create_tenant(database, new())
    for enabled in (False, True):
        await service.set_enabled(database, made.slug, enabled=enabled)
        assert (await kept(database, made.slug)).is_enabled is enabled


async def test_a_tenant_that_is_not_there_is_not_found(database: Database) -> None:
    slug = a_slug()
    for refused in (
        service.add_channel(database, slug, Channel("web", "Web")),
        service.add_host(database, slug, "a.example"),
        service.set_enabled(database, slug, enabled=True),
    ):
        assert await codes(refused) == [("TENANT_NOT_FOUND", "tenant")]

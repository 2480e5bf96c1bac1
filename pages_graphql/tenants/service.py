"""What can be done to tenants; the commands call it."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import orjson

from pages_graphql.core import locale as bcp47
from pages_graphql.core.access import Actor
from pages_graphql.core.errors import Conflict, Invalid, NotFound, Problem, Refused, refuse_if
from pages_graphql.core.tenancy import Channel, Tenant
from pages_graphql.storage.clock import now
from pages_graphql.storage.columns import Table
from pages_graphql.storage.database import Database
from pages_graphql.storage.ids import new_id
from pages_graphql.storage.work import Work
from pages_graphql.tenants import model, repository
from pages_graphql.tenants.locales import NewLocale, tag_problems, with_locale
from pages_graphql.tenants.names import host_name, is_base_url, is_slug

_NAME_LENGTH = 255


@dataclass(frozen=True)
class NewTenant:
    """A tenant to make; the first locale and the first channel are its defaults."""

    slug: str
    name: str
    locales: Sequence[NewLocale]
    channels: Sequence[Channel] = ()


async def create_tenant(database: Database, new: NewTenant) -> Tenant:
    """Make a tenant with its locales and channels."""
    tenant = Tenant(new_id(), new.slug, new.name.strip(), (), ())
    problems = wrong_names(new.slug, tenant.name)
    if not new.locales:
        problems.append(Invalid("A tenant needs a locale.", "locales"))
    refuse_if(problems)
    known = [bcp47.normalise(locale.locale) for locale in new.locales if not tag_problems(locale.locale)]
    for locale in new.locales:
        tenant = with_locale(tenant, locale, known)
    for channel in new.channels:
        tenant = _with_channel(tenant, channel)
    async with database.session() as session:
        if await repository.locked(session, tenant.slug):
            raise Refused(_taken("tenant", tenant.slug, "slug"))
        row = model.Tenant(id=tenant.id, slug=tenant.slug, name=tenant.name, created_at=now())
        await repository.add(session, row, *_locale_rows(tenant), *_channel_rows(tenant))
    return tenant


def wrong_names(slug: str, name: str) -> list[Problem]:
    """All that is wrong with what a tenant is to be called."""
    return [*_slug_problems(slug), *_name_problems(name)]


async def list_tenants(database: Database) -> list[Tenant]:
    """Every tenant, by slug."""
    async with database.connect() as connection:
        return await repository.all_of_them(connection)


@asynccontextmanager
async def changed_locales(
    database: Database, slug: str, change: Callable[[Tenant], Tenant], actor: Actor
) -> AsyncGenerator[Work]:
    """A Work in a tenant whose locales are what `change` makes them; nobody else changes its facts meanwhile."""
    async with database.session() as session:
        tenant = change(_found(await repository.locked(session, slug), slug))
        await repository.replace_locales(session, tenant.id, _locale_rows(tenant))
        async with database.work(session, tenant, actor) as work:
            work.all_stale()
            yield work


async def add_channel(database: Database, slug: str, new: Channel) -> Tenant:
    """Show a tenant's content in one more channel, which comes last."""
    async with database.session() as session:
        tenant = _with_channel(_found(await repository.locked(session, slug), slug), new)
        await repository.add(session, _channel_rows(tenant)[-1])
    return tenant


async def add_host(database: Database, slug: str, host: str) -> str:
    """Let requests for a host be a tenant's; answers the host as it is compared."""
    name = host_name(host)
    if name is None:
        raise Refused(Invalid(f"{host!r} is no host name: example.com is one.", "host"))
    async with database.session() as session:
        tenant = _found(await repository.locked(session, slug), slug)
        if owner := await repository.host_owner(session, name):
            raise Refused(Conflict("VALIDATION_ERROR", f"The host {name} is the tenant {owner}'s already.", "host"))
        await repository.add(session, model.TenantHost(tenant_id=tenant.id, host=name))
    return name


async def set_enabled(database: Database, slug: str, *, enabled: bool) -> None:
    """Serve a tenant, or refuse all its requests."""
    async with database.session() as session:
        tenant = _found(await repository.locked(session, slug), slug)
        await repository.set_enabled(session, tenant.id, enabled=enabled)


def _with_channel(tenant: Tenant, new: Channel) -> Tenant:
    """The tenant with one more channel; the first is the default."""
    problems = [*_slug_problems(new.slug), *_name_problems(new.name)]
    if new.slug in tenant.by_channel:
        problems.append(_taken("channel", new.slug, "slug"))
    if new.base_url is not None and not is_base_url(new.base_url):
        problems.append(Invalid("A base URL begins with http:// or https:// and a host.", "baseUrl"))
    refuse_if(problems)
    return replace(tenant, channels=(*tenant.channels, replace(new, is_default=not tenant.channels)))


def _locale_rows(tenant: Tenant) -> list[model.TenantLocale]:
    return [
        model.TenantLocale(
            tenant_id=tenant.id,
            locale=locale.locale,
            position=position,
            url_prefix=locale.url_prefix,
            fallbacks=orjson.dumps(locale.fallbacks).decode(),
            is_default=locale.is_default,
        )
        for position, locale in enumerate(tenant.locales)
    ]


def _channel_rows(tenant: Tenant) -> list[Table]:
    return [
        model.TenantChannel(
            tenant_id=tenant.id,
            slug=channel.slug,
            position=position,
            name=channel.name,
            base_url=channel.base_url,
            is_default=channel.is_default,
        )
        for position, channel in enumerate(tenant.channels)
    ]


def _found(tenant: Tenant | None, slug: str) -> Tenant:
    if tenant is None:
        raise Refused(NotFound("tenant", slug, "tenant"))
    return tenant


def _taken(what: str, name: str, *path: str) -> Problem:
    return Conflict("VALIDATION_ERROR", f"There is a {what} {name} already.", *path)


def _slug_problems(slug: str) -> list[Problem]:
    message = "A slug has 1 to 63 of a-z, 0-9 and hyphens, begins and ends with none, and is no UUID."
    return [] if is_slug(slug) else [Invalid(message, "slug")]


def _name_problems(name: str) -> list[Problem]:
    fine = 0 < len(name) <= _NAME_LENGTH and name.isprintable()
    return [] if fine else [Invalid(f"A name has 1 to {_NAME_LENGTH} printable characters.", "name")]

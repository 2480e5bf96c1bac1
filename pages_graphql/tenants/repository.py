"""Tenants and their own facts, read and written."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from sqlalchemy import Row, Select, Uuid, bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from pages_graphql.core.errors import Conflict, Refused
from pages_graphql.core.tenancy import BlockType, Channel, Locale, Tenant
from pages_graphql.storage.columns import Table, col
from pages_graphql.storage.constraints import violated_table
from pages_graphql.tenants import model

_OWNER = bindparam("tenant", type_=Uuid())
_TENANT = select(col(model.Tenant.id), col(model.Tenant.slug), col(model.Tenant.name), col(model.Tenant.is_enabled))
_LOCALES = (
    select(
        col(model.TenantLocale.locale),
        col(model.TenantLocale.url_prefix),
        col(model.TenantLocale.fallbacks),
        col(model.TenantLocale.is_default),
    )
    .where(col(model.TenantLocale.tenant_id) == _OWNER)
    .order_by(col(model.TenantLocale.position))
)
_CHANNELS = (
    select(
        col(model.TenantChannel.slug),
        col(model.TenantChannel.name),
        col(model.TenantChannel.base_url),
        col(model.TenantChannel.is_default),
    )
    .where(col(model.TenantChannel.tenant_id) == _OWNER)
    .order_by(col(model.TenantChannel.position))
)
_BLOCK_TYPES = (
    select(
        col(model.TenantBlockType.name),
        col(model.TenantBlockType.description),
        col(model.TenantBlockType.json_schema),
    )
    .where(col(model.TenantBlockType.tenant_id) == _OWNER)
    .order_by(col(model.TenantBlockType.name))
)


async def by_id(connection: AsyncConnection, id: UUID) -> Tenant | None:
    """The tenant with this id."""
    return await _one(connection, _TENANT.where(col(model.Tenant.id) == id))


async def by_slug(connection: AsyncConnection, slug: str) -> Tenant | None:
    """The tenant with this slug."""
    return await _one(connection, _TENANT.where(col(model.Tenant.slug) == slug))


async def by_host(connection: AsyncConnection, host: str) -> Tenant | None:
    """The tenant whose host this is."""
    owner = select(col(model.TenantHost.tenant_id)).where(col(model.TenantHost.host) == host)
    return await _one(connection, _TENANT.where(col(model.Tenant.id) == owner.scalar_subquery()))


async def all_of_them(connection: AsyncConnection) -> list[Tenant]:
    """Every tenant, by slug."""
    rows = (await connection.execute(_TENANT.order_by(col(model.Tenant.slug)))).all()
    return [await _whole(connection, row) for row in rows]


async def locked(session: AsyncSession, slug: str) -> Tenant | None:
    """The tenant with this slug; nobody else changes its facts while this transaction lasts."""
    own = select(col(model.Tenant.id)).where(col(model.Tenant.slug) == slug).with_for_update(key_share=True)
    connection = await session.connection()
    found = (await connection.execute(own)).scalar_one_or_none()
    return found and await by_id(connection, found)


async def host_owner(session: AsyncSession, host: str) -> str | None:
    """The slug of the tenant whose host this is."""
    found = await by_host(await session.connection(), host)
    return found and found.slug


async def add(session: AsyncSession, *rows: Table) -> None:
    """Write new rows: those that others point at come first; refuse what another wrote a moment ago."""
    try:
        for row in rows:
            session.add(row)
            await session.flush()
    except IntegrityError as error:
        if table := violated_table(error):
            what = table.replace("tenant_", "")
            raise Refused(Conflict("VALIDATION_ERROR", f"There is such a {what} already.")) from error
        raise


async def keep(session: AsyncSession, row: Table) -> None:
    """Write a row in the place of the one with its key, where there is one."""
    _ = await session.merge(row)


async def replace_locales(session: AsyncSession, id: UUID, rows: Sequence[model.TenantLocale]) -> None:
    """Let these be all locales of a tenant."""
    connection = await session.connection()
    _ = await connection.execute(delete(model.TenantLocale).where(col(model.TenantLocale.tenant_id) == id))
    await add(session, *rows)


async def set_enabled(session: AsyncSession, id: UUID, *, enabled: bool) -> None:
    """Let a tenant be served, or not."""
    tenant = await session.get_one(model.Tenant, id)
    tenant.is_enabled = enabled


async def _one(connection: AsyncConnection, statement: Select[UUID, str, str, bool]) -> Tenant | None:
    row = (await connection.execute(statement)).one_or_none()
    return None if row is None else await _whole(connection, row)


async def _whole(connection: AsyncConnection, row: Row[UUID, str, str, bool]) -> Tenant:
    tenant, slug, name, is_enabled = row
    locales = (await connection.execute(_LOCALES, {"tenant": tenant})).all()
    channels = (await connection.execute(_CHANNELS, {"tenant": tenant})).all()
    block_types = (await connection.execute(_BLOCK_TYPES, {"tenant": tenant})).all()
    return Tenant(
        tenant,
        slug,
        name,
        locales=tuple(Locale(tag, prefix, tuple(orjson.loads(chain)), first) for tag, prefix, chain, first in locales),
        channels=tuple(Channel(*channel) for channel in channels),
        is_enabled=is_enabled,
        block_types=tuple(BlockType(*block_type) for block_type in block_types),
    )

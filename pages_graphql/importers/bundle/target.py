"""The tenant that a bundle goes into: a new one, or one that is empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, exists, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from pages_graphql.core.errors import Conflict, Refused, refuse_if
from pages_graphql.importers.bundle.kinds import KINDS, SETTINGS
from pages_graphql.importers.bundle.lines import TenantFacts
from pages_graphql.storage.columns import col
from pages_graphql.storage.ids import new_id
from pages_graphql.tenants import model, repository
from pages_graphql.tenants.service import wrong_names

_TENANT = bindparam("tenant", type_=Uuid())
_SETTINGS = {KINDS[name].table.__tablename__ for name in SETTINGS}


@dataclass(frozen=True)
class Destination:
    """Where a bundle is to go; what is None is as the file has it."""

    slug: str | None = None
    name: str | None = None
    with_hosts: bool = True


async def prepare(session: AsyncSession, facts: TenantFacts, destination: Destination, hosts: Sequence[str]) -> UUID:
    """The id of the tenant that takes a bundle in, which then has no settings and no content.

    Refused where it has content, and where a host is another tenant's.
    """
    slug, name = destination.slug or facts.slug, destination.name or facts.name
    refuse_if(wrong_names(slug, name))
    await _refuse_hosts(session, slug, hosts)
    there = await repository.locked(session, slug)
    id = there.id if there else facts.id if slug == facts.slug else new_id()
    row = model.Tenant(id=id, slug=slug, name=name, is_enabled=facts.is_enabled, created_at=facts.created_at)
    if there is None:
        await _refuse_id(session, id)
        await repository.add(session, row)
    else:
        await _empty(session, id, slug)
        await repository.keep(session, row)
        await session.flush()
    return id


async def _refuse_hosts(session: AsyncSession, slug: str, hosts: Sequence[str]) -> None:
    for host in hosts:
        owner = await repository.host_owner(session, host)
        if owner not in (None, slug):
            raise _conflict(f"The host {host} is the tenant {owner}'s: take it from there, or leave the hosts out.")


async def _refuse_id(session: AsyncSession, id: UUID) -> None:
    if other := await repository.by_id(await session.connection(), id):
        raise _conflict(f"The tenant of this bundle is here already, as {other.slug}: say what a copy is to be called.")


async def _empty(session: AsyncSession, id: UUID, slug: str) -> None:
    """Take the settings of a tenant away; refused where it has anything else."""
    connection = await session.connection()
    for table in SQLModel.metadata.tables.values():
        if "tenant_id" in table.columns and table.name not in _SETTINGS:
            found = await connection.execute(select(exists().where(table.c.tenant_id == _TENANT)), {"tenant": id})
            if found.scalar_one():
                raise _conflict(
                    f"The tenant {slug} has content already: a bundle goes into a new tenant or an empty one."
                )
    for setting in SETTINGS:
        table = KINDS[setting].table
        _ = await connection.execute(delete(table).where(col(table.tenant_id) == _TENANT), {"tenant": id})


def _conflict(message: str) -> Refused:
    return Refused(Conflict("VALIDATION_ERROR", message, "tenant"))

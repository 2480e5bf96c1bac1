"""The types of block that tenants make; the commands call it."""

import re
from collections.abc import Container

from pages_graphql.core.errors import Invalid, NotFound, Problem, Refused, refuse_if
from pages_graphql.core.json_schema import refusals
from pages_graphql.core.tenancy import BlockType
from pages_graphql.storage.clock import now
from pages_graphql.storage.database import Database
from pages_graphql.tenants import model, repository

MAX_TYPES = 100
"""How many types of block a tenant may make."""

_NAME = re.compile("[a-z][a-z0-9_]{0,62}")
_DESCRIPTION = 1_000


async def add_block_type(database: Database, slug: str, new: BlockType, *, reserved: Container[str]) -> None:
    """Let a tenant's pages have blocks of a type of its own, or give that type another description and schema.

    Blocks that were written before stay as they are; they are checked again when they are written again.
    """
    refuse_if(_problems(new, reserved))
    async with database.session() as session:
        tenant = await repository.locked(session, slug)
        if tenant is None:
            raise Refused(NotFound("tenant", slug, "tenant"))
        if len({*tenant.by_block_type, new.name}) > MAX_TYPES:
            raise Refused(Invalid(f"A tenant has at most {MAX_TYPES} types of block.", "name"))
        row = model.TenantBlockType(
            tenant_id=tenant.id,
            name=new.name,
            description=new.description,
            json_schema=new.json_schema,
            created_at=now(),
        )
        await repository.keep(session, row)


def _problems(new: BlockType, reserved: Container[str]) -> list[Problem]:
    problems = [problem.under("jsonSchema") for problem in refusals(new.json_schema)]
    if not _NAME.fullmatch(new.name):
        problems.append(Invalid("A name has 1 to 63 of a-z, 0-9 and _, and begins with a letter.", "name"))
    if new.name in reserved:
        problems.append(Invalid(f"“{new.name}” is a type of block that every tenant has.", "name"))
    if not 0 < len(new.description) <= _DESCRIPTION or not new.description.isprintable():
        problems.append(Invalid(f"A description has 1 to {_DESCRIPTION} printable characters.", "description"))
    return problems

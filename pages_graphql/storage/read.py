"""Reading: one connection, one View."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVarTuple

from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncConnection

from pages_graphql.core.view import View

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Read:
    """A connection that is read through one View."""

    connection: AsyncConnection
    view: View
    tags: set[str] = field(default_factory=set[str], compare=False)
    """What the answer is made of so far, in the names of `core.tags`."""

    def made_of(self, *tags: str) -> None:
        """Say what the answer is made of: it can be another when one of these is stale."""
        self.tags.update(tags)

    async def all(self, statement: Select[*Columns], **values: object) -> Sequence[Row[*Columns]]:
        """Every row of the statement; its tenant is the View's."""
        return (await self.connection.execute(statement, {"tenant": self.view.tenant_id, **values})).all()

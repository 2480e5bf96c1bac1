"""Reading: one connection, one View."""

from collections.abc import Sequence
from dataclasses import dataclass
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

    async def all(self, statement: Select[*Columns], **values: object) -> Sequence[Row[*Columns]]:
        """Every row of the statement; its tenant is the View's."""
        return (await self.connection.execute(statement, {"tenant": self.view.tenant_id, **values})).all()

"""Many rows at once, past the ORM: for what comes in by the thousand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from pages_graphql.storage.columns import Table


async def insert_rows(connection: AsyncConnection, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that give every column a value; none of them is there yet."""
    if rows:
        _ = await connection.execute(insert(table), rows)

"""What PostgreSQL knows of how much there is: counted when much comes in, which autovacuum does a minute later."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from pages_graphql.storage.database import Database

MUCH = 100
"""Pages; fewer than that change no plan."""


@dataclass
class Growth:
    """How far the tables have grown: each time that it is twice as far, they are counted."""

    database: Database
    _next: int = MUCH

    async def reached(self, pages: int) -> None:
        """Hear how many pages have come in so far."""
        if pages >= self._next:
            self._next = 2 * pages
            async with self.database.connect() as connection:
                await analyze(connection)


async def analyze(connection: AsyncConnection) -> None:
    """Count all tables, with what this transaction has written to them; plans that were made before are made anew.

    Nothing on SQLite, which plans without. Tables that somebody else counts are left to them, and those of another role
    uncounted.
    """
    if connection.dialect.name == "postgresql":
        _ = await connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {', '.join(SQLModel.metadata.tables)}")

"""What is asked of a database from outside: whether it can serve, and how much waits in its outbox."""

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from pages_graphql.storage.outbox import Outbox


async def obstacle(database: Database) -> str | None:
    """What keeps a database from serving; None where nothing does."""
    try:
        revision = await migrations.current(database)
    except (SQLAlchemyError, OSError):
        return "The database cannot be reached."
    if revision != migrations.newest():
        return f"The database is at revision {revision}, this service expects {migrations.newest()}."
    return None


async def backlog(database: Database) -> int:
    """How many events wait in the outbox, of all tenants."""
    async with database.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(Outbox))).scalar_one()

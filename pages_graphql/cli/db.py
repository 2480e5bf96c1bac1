"""pages-graphql db …: the versions of the database's schema."""

import asyncio
from typing import Annotated

import typer

from pages_graphql.app import open_database
from pages_graphql.cli.console import Failed, out, typer_app
from pages_graphql.settings import Settings
from pages_graphql.storage import migrations

app = typer_app("Bring the database's schema up or down, and ask for its version.")


@app.command()
def upgrade(revision: Annotated[str, typer.Argument(help="The revision to reach.")] = "head") -> None:
    """Bring the database up to date; make it where it is a SQLite file that is not there."""
    asyncio.run(migrations.upgrade(Settings().database_url, revision))
    current()


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="The revision to go back to: base, 0001, -1.")] = "-1",
) -> None:
    """Take the database back by a revision; what only newer ones can hold is lost."""
    asyncio.run(migrations.downgrade(Settings().database_url, revision))
    current()


@app.command()
def current() -> None:
    """Say at which revision the database is."""

    async def ask() -> str | None:
        database = open_database(Settings())
        try:
            return await migrations.current(database)
        finally:
            await database.close()

    revision = asyncio.run(ask())
    out.print(f"{revision or 'base'}{' (head)' if revision == migrations.newest() else ''}")


@app.command()
def check() -> None:
    """Say whether the migrations build what the models describe; needs no database."""
    if difference := asyncio.run(migrations.drift()):
        raise Failed(difference)
    out.print("The migrations build what the models describe.")


@app.command()
def revision(message: Annotated[str, typer.Argument(help="What the migration does.")]) -> None:
    """Write a migration that brings an up-to-date database to what the models describe, to be read and mended."""
    out.print(str(asyncio.run(migrations.write_revision(Settings().database_url, message))))

"""The versions of a database's schema: Alembic, with its scripts in the folder migrations/."""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from warnings import catch_warnings, filterwarnings

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import SAWarning
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from pages_graphql.storage.database import Database, prepare_sqlite

SCRIPTS = Path(__file__).parents[2] / "migrations"

_LOCK = 0x7061676573  # two migrations of one database wait for each other; the number means nothing


class MigrationFailed(Exception):
    """A migration that was not made: nothing has changed."""


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision; a SQLite file is made where there is none."""
    if file := _file_of(make_url(url)):
        file.parent.mkdir(parents=True, exist_ok=True)
    async with _alone(url) as connection:
        await connection.run_sync(_run, command.upgrade, revision)


async def downgrade(url: str, revision: str) -> None:
    """Take a database back to a revision."""
    async with _alone(url) as connection:
        await connection.run_sync(_run, command.downgrade, revision)


async def current(database: Database) -> str | None:
    """The revision a database is at; None where it was never migrated, or is a SQLite file that is not there."""
    if (file := _file_of(database.engine.url)) and not file.exists():
        return None
    async with database.connect() as connection:
        return await connection.run_sync(_current)


@cache
def newest() -> str | None:
    """The revision that this code expects."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


async def drift() -> str | None:
    """How the models differ from what the migrations build; None where they agree."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/check.db"
        await upgrade(url)
        return await compare(url)


async def compare(url: str) -> str | None:
    """How the models differ from a database; None where they agree."""
    async with _alone(url) as connection:
        try:
            with _cycles_allowed():
                await connection.run_sync(_run, command.check)
        except MigrationFailed as difference:
            return str(difference)
    return None


async def write_revision(url: str, message: str) -> Path:
    """Write the script that turns a database, which must be up to date, into what the models describe."""
    async with _alone(url) as connection:
        script = await connection.run_sync(_write, message)
    return Path(script)


@asynccontextmanager
async def _alone(url: str) -> AsyncGenerator[AsyncConnection]:
    """A connection that migrates alone: all of it or nothing, and no row left that points at none."""
    engine = create_async_engine(url, poolclass=NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        prepare_sqlite(engine, foreign_keys=False)
    try:
        async with engine.execution_options(writes=True).begin() as connection:
            if not is_sqlite:
                _ = await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection
            if is_sqlite and (lost := (await connection.execute(text("PRAGMA foreign_key_check"))).first()):
                raise MigrationFailed(f"A row of {lost[0]} would point at a row of {lost[2]} that is not there.")
    finally:
        await engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def _run(connection: Connection, action: Callable[..., object], *arguments: str) -> None:
    try:
        _ = action(_config(connection), *arguments)
    except CommandError as error:
        raise MigrationFailed(str(error)) from error


def _write(connection: Connection, message: str) -> str:
    config = _config(connection)
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    with _cycles_allowed():
        script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
    return cast("Script", script).path


@contextmanager
def _cycles_allowed() -> Generator[None]:
    """A document and its revisions point at each other: nothing to warn of."""
    with catch_warnings():
        filterwarnings("ignore", "Cannot correctly sort tables", SAWarning)
        yield


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _file_of(url: URL) -> Path | None:
    """The file that is a SQLite database."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

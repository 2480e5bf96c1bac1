"""What all commands share: settings, one event loop, and errors as one clear line."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import DBAPIError
from typer.core import TyperGroup

from pages_graphql.api.keys import NotConfigured
from pages_graphql.app import open_database
from pages_graphql.core.errors import Refused, RequestError
from pages_graphql.core.tenancy import Tenant
from pages_graphql.settings import Settings
from pages_graphql.storage import health
from pages_graphql.storage.database import Database
from pages_graphql.storage.migrations import MigrationFailed
from pages_graphql.tenants.directory import Tenants

T = TypeVar("T")

TenantSlug = Annotated[str, typer.Argument(help="The tenant's slug.")]

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 1_000)
_errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


class Failed(Exception):
    """A command that could not do what it was asked; the message says why in one line."""


class Commands(TyperGroup):
    """Commands whose errors are one line and an exit code: 2 for wrong settings, 1 for what failed."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ValidationError as error:
            for fault in error.errors(include_input=False):
                name = "_".join(("pages", *map(str, fault["loc"]))).upper()
                say(f"{name}: {fault['msg'].removeprefix('Value error, ')}")
            raise typer.Exit(2) from None
        except (Failed, MigrationFailed, NotConfigured, Refused, RequestError, OSError) as error:
            say(str(error))
            raise typer.Exit(1) from None
        except DBAPIError as error:
            say(f"The database failed: {str(error.orig).partition(chr(10))[0]}")
            raise typer.Exit(1) from None


def typer_app(help: str) -> typer.Typer:
    """A group of commands."""
    return typer.Typer(help=help, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def say(message: str) -> None:
    """Say what went wrong, on standard error."""
    _errors.print(f"Error: {message}", style="red")


async def tenant_of(database: Database, slug: str) -> Tenant:
    """The tenant with this slug or id."""
    tenant = await Tenants(database).named(slug)
    if tenant is None:
        raise Failed(f"There is no tenant {slug}. See: pages-graphql tenant list")
    return tenant


def in_database(use: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
    """What comes of using the database of the settings, which must be up to date."""

    async def run() -> T:
        database = open_database(Settings())
        try:
            if reason := await health.obstacle(database):
                raise Failed(f"{reason} Run: pages-graphql db upgrade")
            return await use(database)
        finally:
            await database.close()

    return asyncio.run(run())

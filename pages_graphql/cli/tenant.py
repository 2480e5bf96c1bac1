"""pages-graphql tenant …: tenants, their locales, channels, hosts and types of block."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ValidationError
from rich.table import Table

from pages_graphql.cli import tenant_locale
from pages_graphql.cli.console import Failed, TenantSlug, in_database, out, typer_app
from pages_graphql.core.errors import Refused
from pages_graphql.core.tenancy import BlockType, Channel
from pages_graphql.pages.block_data import DATA
from pages_graphql.settings import Settings
from pages_graphql.tenants import service
from pages_graphql.tenants.block_types import add_block_type
from pages_graphql.tenants.locales import NewLocale
from pages_graphql.tenants.service import NewTenant

app = typer_app("Make tenants, and say what they have.")
channels = typer_app("The channels of a tenant.")
hosts = typer_app("The hosts of a tenant.")
block_types = typer_app("The types of block that a tenant made.")
app.add_typer(tenant_locale.app, name="locale")
app.add_typer(channels, name="channel")
app.add_typer(hosts, name="host")
app.add_typer(block_types, name="block-type")


class _About(BaseModel):
    """What a schema says of itself."""

    title: str | None = None
    description: str | None = None


@app.command()
def create(
    slug: TenantSlug,
    name: Annotated[str | None, typer.Option(help="Its name; the slug where left out.")] = None,
    locale: Annotated[list[str] | None, typer.Option(help="A locale (repeat it); the first is the default.")] = None,
    channel: Annotated[list[str] | None, typer.Option(help="A channel (repeat it); the first is the default.")] = None,
) -> None:
    """Make a tenant."""
    new = NewTenant(
        slug,
        name or slug,
        locales=[NewLocale(tag) for tag in locale or ["en"]],
        channels=[Channel(item, item) for item in channel or []],
    )
    tenant = in_database(lambda database: service.create_tenant(database, new))
    out.print(f"{tenant.slug} {tenant.id}", markup=False)


@app.command("list")
def list_() -> None:
    """List all tenants."""
    table = Table("slug", "id", "name", "locales", "channels", "enabled", box=None)
    for tenant in in_database(service.list_tenants):
        names = (tenant.slug, str(tenant.id), tenant.name, " ".join(tenant.by_locale), " ".join(tenant.by_channel))
        table.add_row(*names, "yes" if tenant.is_enabled else "no")
    out.print(table)


@channels.command("add")
def add_channel(
    tenant: TenantSlug,
    channel: Annotated[str, typer.Argument(help="The channel's slug.")],
    name: Annotated[str | None, typer.Option(help="Its name; the slug where left out.")] = None,
    base_url: Annotated[str | None, typer.Option(help="What its URLs begin with: https://example.com.")] = None,
) -> None:
    """Show a tenant's content in one more channel."""
    new = Channel(channel, name or channel, base_url)
    changed = in_database(lambda database: service.add_channel(database, tenant, new))
    out.print(" ".join(changed.by_channel), markup=False)


@hosts.command("add")
def add_host(tenant: TenantSlug, host: Annotated[str, typer.Argument(help="The host: example.com.")]) -> None:
    """Let requests for a host be a tenant's."""
    name = in_database(lambda database: service.add_host(database, tenant, host))
    out.print(name, markup=False)


@block_types.command("add")
def add_type(
    name: Annotated[str, typer.Argument(help="What blocks say as their type: 1 to 63 of a-z, 0-9 and _.")],
    file: Annotated[Path, typer.Argument(help="A JSON Schema (draft 2020-12) of the data of such a block.")],
    tenant: Annotated[str | None, typer.Option(help="The tenant's slug; PAGES_DEFAULT_TENANT where left out.")] = None,
    description: Annotated[str | None, typer.Option(help="What it is for; the schema's own where left out.")] = None,
) -> None:
    """Let a tenant's pages have blocks of its own type; a type that is there gets the new schema."""
    slug = tenant or Settings().default_tenant
    schema = _text(file)
    new = BlockType(name, description or _said(schema) or name, schema)
    try:
        in_database(lambda database: add_block_type(database, slug, new, reserved=DATA))
    except Refused as refused:
        places = [f"{'/'.join(problem.path)}: {problem.message}" for problem in refused.problems]
        raise Failed(" ".join(places)) from None
    out.print(f"{slug} {name}", markup=False)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise Failed(f"{file} is no text in UTF-8.") from None


def _said(schema: str) -> str | None:
    """What a schema says it is for."""
    try:
        about = _About.model_validate_json(schema)
    except ValidationError:
        return None
    return about.description or about.title


@app.command()
def disable(tenant: TenantSlug) -> None:
    """Refuse all requests for a tenant."""
    in_database(lambda database: service.set_enabled(database, tenant, enabled=False))


@app.command()
def enable(tenant: TenantSlug) -> None:
    """Serve a tenant again."""
    in_database(lambda database: service.set_enabled(database, tenant, enabled=True))

"""pages-graphql tenant …: tenants, their locales, channels and hosts."""

from typing import Annotated

import typer
from rich.table import Table

from pages_graphql.cli.console import in_database, out, typer_app
from pages_graphql.core.tenancy import Channel
from pages_graphql.tenants import service
from pages_graphql.tenants.service import NewLocale, NewTenant

app = typer_app("Make tenants, and say what they have.")
locales = typer_app("The locales of a tenant.")
channels = typer_app("The channels of a tenant.")
hosts = typer_app("The hosts of a tenant.")
app.add_typer(locales, name="locale")
app.add_typer(channels, name="channel")
app.add_typer(hosts, name="host")

TenantSlug = Annotated[str, typer.Argument(help="The tenant's slug.")]


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


@locales.command("add")
def add_locale(
    tenant: TenantSlug,
    locale: Annotated[str, typer.Argument(help="The locale, as BCP 47 writes it.")],
    prefix: Annotated[
        str | None, typer.Option(help="What its URLs begin with: /de. The locale where left out.")
    ] = None,
    fallback: Annotated[list[str] | None, typer.Option(help="A locale to fall back on (repeat it).")] = None,
) -> None:
    """Let a tenant write in one more locale."""
    new = NewLocale(locale, prefix, fallback or [])
    changed = in_database(lambda database: service.add_locale(database, tenant, new))
    out.print(" ".join(changed.by_locale), markup=False)


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


@app.command()
def disable(tenant: TenantSlug) -> None:
    """Refuse all requests for a tenant."""
    in_database(lambda database: service.set_enabled(database, tenant, enabled=False))


@app.command()
def enable(tenant: TenantSlug) -> None:
    """Serve a tenant again."""
    in_database(lambda database: service.set_enabled(database, tenant, enabled=True))

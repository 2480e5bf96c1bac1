"""pages-graphql tenant locale …: the locales of a tenant, and the paths that change with them."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any

import typer

from pages_graphql import locales
from pages_graphql.cli.console import Failed, TenantSlug, in_database, out, typer_app
from pages_graphql.core.events import PathChange
from pages_graphql.core.tenancy import Tenant
from pages_graphql.storage.database import Database
from pages_graphql.tenants.locales import LocaleChange, NewLocale

app = typer_app("The locales of a tenant; each command says which paths of live pages changed.")

LocaleTag = Annotated[str, typer.Argument(help="The locale, as BCP 47 writes it.")]


@app.command()
def add(
    tenant: TenantSlug,
    locale: LocaleTag,
    prefix: Annotated[
        str | None, typer.Option(help="What its URLs begin with: /de. The locale where left out.")
    ] = None,
    fallback: Annotated[list[str] | None, typer.Option(help="A locale to fall back on (repeat it).")] = None,
) -> None:
    """Let a tenant write in one more locale, which comes last."""
    new = NewLocale(locale, prefix, fallback or [])
    _tell(lambda database: locales.add_locale(database, tenant, new))


@app.command()
def change(
    tenant: TenantSlug,
    locale: LocaleTag,
    *,
    fallback: Annotated[
        list[str] | None, typer.Option(help="A locale to fall back on, in the place of those before (repeat it).")
    ] = None,
    no_fallbacks: Annotated[bool, typer.Option("--no-fallbacks", help="Fall back on none of its own.")] = False,
    default: Annotated[bool, typer.Option("--default", help="Let it stand in for all others.")] = False,
    prefix: Annotated[str | None, typer.Option(help="What its URLs begin with: /de, or nothing.")] = None,
) -> None:
    """Let a locale have other fallbacks or another prefix, or be the default."""
    if fallback and no_fallbacks:
        raise Failed("Give --fallback or --no-fallbacks, not both.")
    fallbacks = [] if no_fallbacks else fallback
    new = LocaleChange(locale, prefix, fallbacks, is_default=default)
    _tell(lambda database: locales.change_locale(database, tenant, new))


@app.command()
def order(
    tenant: TenantSlug, order: Annotated[list[str], typer.Argument(help="All locales of the tenant, best first.")]
) -> None:
    """Put a tenant's locales in another order: the one in which translations are tried where no fallback is there."""
    _tell(lambda database: locales.order_locales(database, tenant, order))


@app.command()
def remove(tenant: TenantSlug, locale: LocaleTag) -> None:
    """Take a locale from a tenant; refused while a page or a menu says something in it."""
    _tell(lambda database: locales.remove_locale(database, tenant, locale))


def _tell(use: Callable[[Database], Coroutine[Any, Any, tuple[Tenant, Sequence[PathChange]]]]) -> None:
    """Do it, and print the tenant's locales and each path that changed."""
    tenant, changes = in_database(use)
    out.print(" ".join(tenant.by_locale), markup=False)
    for move in sorted(changes, key=lambda move: (move.locale, move.before or "", move.after or "")):
        out.print(f"{move.locale}: {move.before or 'nowhere'} → {move.after or 'nowhere'}", markup=False)
    if not changes:
        out.print("No path changed.")

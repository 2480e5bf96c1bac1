"""pages-graphql import …: content that comes in from elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from pages_graphql.cli.console import Failed, in_database, out, tenant_of, typer_app
from pages_graphql.cli.export import said
from pages_graphql.cli.progress import Bars
from pages_graphql.importers.bundle.target import Destination
from pages_graphql.importers.bundle.write import Imported, import_bundle
from pages_graphql.importers.report_table import report_table
from pages_graphql.importers.source_file import UnreadableFile
from pages_graphql.importers.wordpress.write import import_wordpress
from pages_graphql.storage.database import Database

app = typer_app("Bring in content from elsewhere.")


@app.callback()
def main() -> None:
    """Bring in content from elsewhere."""


@app.command()
def wordpress(
    file: Annotated[Path, typer.Argument(help="The export: XML, or gzipped.", exists=True, dir_okay=False)],
    tenant: Annotated[str, typer.Option(help="The slug of the tenant that gets it.")],
    locale: Annotated[str, typer.Option(help="The locale that the site is written in.")],
) -> None:
    """Bring in the pages and menus of a WordPress export; what came in before is left as it is."""

    async def run(database: Database) -> None:
        known = await tenant_of(database, tenant)
        with Bars() as bars:
            async with import_wordpress(database, known, file, locale, bars.update) as report:
                bars.stop()
                out.print(report_table(report))

    try:
        in_database(run)
    except UnreadableFile as error:
        raise Failed(str(error)) from None


@app.command()
def bundle(
    file: Annotated[Path, typer.Argument(help="What `export` wrote, gzipped or not.", exists=True, dir_okay=False)],
    tenant: Annotated[str | None, typer.Option(help="The slug it gets; the bundle's where left out.")] = None,
    name: Annotated[str | None, typer.Option(help="The name it gets; the bundle's where left out.")] = None,
    hosts: Annotated[bool, typer.Option("--hosts/--no-hosts", help="Bring its hosts, or leave them out.")] = True,  # noqa: FBT002 -- a flag of the command line
) -> None:
    """Bring in a tenant whole; into a new tenant or an empty one, all of it or nothing."""

    async def run(database: Database) -> Imported:
        with Bars() as bars:
            return await import_bundle(database, file, Destination(tenant, name, with_hosts=hosts), bars.update)

    try:
        imported = in_database(run)
    except UnreadableFile as error:
        raise Failed(str(error)) from None
    out.print(f"{said(imported.counts)} are in {imported.slug}.", markup=False)

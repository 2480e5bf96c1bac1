"""pages-graphql import …: content that comes in from elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from pages_graphql.cli.console import Failed, in_database, out, tenant_of, typer_app
from pages_graphql.cli.export import said
from pages_graphql.cli.progress import Bars
from pages_graphql.importers.bundle.target import Destination
from pages_graphql.importers.bundle.write import Imported, import_bundle
from pages_graphql.importers.report_json import write_report
from pages_graphql.importers.report_table import report_table
from pages_graphql.importers.source_file import UnreadableFile
from pages_graphql.importers.wordpress.write import Order, import_wordpress
from pages_graphql.storage.database import Database

app = typer_app("Bring in content from elsewhere.")


@app.callback()
def main() -> None:
    """Bring in content from elsewhere."""


@app.command()
def wordpress(  # noqa: PLR0913 -- a command has the options it has
    files: Annotated[
        list[Path],
        typer.Argument(help="The export, in one file or several: XML, or gzipped.", exists=True, dir_okay=False),
    ],
    tenant: Annotated[str, typer.Option(help="The slug of the tenant that gets it.")],
    locale: Annotated[str, typer.Option(help="The locale that the site is written in.")],
    posts: Annotated[bool, typer.Option("--posts", help="Take posts too, as pages.")] = False,  # noqa: FBT002
    under: Annotated[str, typer.Option(help="The path of the page that posts come under.")] = "/",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")] = False,  # noqa: FBT002
    report: Annotated[Path | None, typer.Option(help="A file for the whole report, as JSON.", dir_okay=False)] = None,
) -> None:
    """Bring in a WordPress export; what came in before is renewed where it changed there and nobody edited it here."""
    order = Order(files, locale, posts, under, dry_run)
    if report and not report.parent.is_dir():
        raise Failed(f"There is no folder {report.parent} for the report; nothing is written.")

    async def run(database: Database) -> None:
        known = await tenant_of(database, tenant)
        with Bars() as bars:
            async with import_wordpress(database, known, order, bars.update) as made:
                bars.stop()
                if dry_run:
                    out.print("A dry run: nothing is written.")
                out.print(report_table(made))
                if report:
                    write_report(made, report, dry_run=dry_run)

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

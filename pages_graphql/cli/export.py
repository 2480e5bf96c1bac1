"""pages-graphql export: a tenant whole, as a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pages_graphql.cli.console import in_database, out, tenant_of
from pages_graphql.cli.progress import Bars
from pages_graphql.importers.bundle.export import export_bundle
from pages_graphql.storage.database import Database


def export(
    file: Annotated[
        Path, typer.Argument(help="The bundle to write; gzipped where its name ends in .gz.", dir_okay=False)
    ],
    tenant: Annotated[str, typer.Option(help="The slug of the tenant.")],
) -> None:
    """Write a tenant whole into a bundle, as it is at one moment; a file that is there is replaced."""

    async def run(database: Database) -> Mapping[str, int]:
        known = await tenant_of(database, tenant)
        with Bars() as bars:
            return await export_bundle(database, known, file, bars.update)

    out.print(f"{said(in_database(run))} of {tenant} are in {file}.", markup=False)


def said(counts: Mapping[str, int]) -> str:
    """What a bundle holds, in words."""
    kinds = ("page", "page_revision", "route", "redirect", "menu")
    return ", ".join(f"{counts.get(kind, 0):,} {kind.replace('_', ' ')}s" for kind in kinds)

"""pages-graphql schema …: the graph as it is exported."""

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer
from graphql import GraphQLSyntaxError

from pages_graphql.api.changes import Effect, changes
from pages_graphql.api.sdl import sorted_sdl
from pages_graphql.cli.console import Failed, out, typer_app
from pages_graphql.schema import schema

SCHEMA_FILE = Path(__file__).parents[2] / "schema.graphql"

app = typer_app("Print the graph's schema, or compare it with schema.graphql.")


@app.command("print")
def print_() -> None:
    """Print the schema in SDL, sorted."""
    out.print(sorted_sdl(schema.as_str()), markup=False, end="")


@app.command()
def check() -> None:
    """Compare the schema with schema.graphql."""
    kept = SCHEMA_FILE.read_text().splitlines() if SCHEMA_FILE.exists() else []
    difference = list(
        unified_diff(kept, sorted_sdl(schema.as_str()).splitlines(), "schema.graphql", "code", lineterm="", n=1)
    )
    for line in difference:
        out.print(line, markup=False)
    if difference:
        raise Failed("schema.graphql is out of date. Run: pages-graphql schema print > schema.graphql")
    out.print("schema.graphql is up to date.")


@app.command()
def diff(
    old: Annotated[typer.FileText, typer.Argument(help="The schema as it was, in SDL; - reads standard input.")],
    new: Annotated[
        typer.FileText | None, typer.Argument(help="The schema as it is; that of the code where left out.")
    ] = None,
) -> None:
    """Say of each change of the schema whether it breaks, endangers or adds."""
    try:
        found = changes(old.read(), new.read() if new else schema.as_str())
    except (GraphQLSyntaxError, TypeError, UnicodeDecodeError) as error:
        raise Failed(f"This is no schema in SDL. {error}".partition("\n")[0]) from None
    for change in found:
        out.print(f"{change.effect.value}: {change.text}", markup=False)
    counts = [sum(change.effect is effect for change in found) for effect in Effect]
    out.print(", ".join(f"{effect.value} {count}" for effect, count in zip(Effect, counts, strict=True)))

"""The commands: `pages-graphql --help` lists them."""

from pages_graphql.cli import db, imports, schema, tenant
from pages_graphql.cli.console import Commands, typer_app
from pages_graphql.cli.export import export
from pages_graphql.cli.rebuild import rebuild
from pages_graphql.cli.seed import seed
from pages_graphql.cli.serve import serve
from pages_graphql.cli.token import token

app = typer_app("Pages, slugs and menus as one subgraph of a federated GraphQL graph.")
app.info.cls = Commands
_ = app.command()(serve)
_ = app.command()(token)
_ = app.command()(seed)
_ = app.command()(rebuild)
_ = app.command()(export)
app.add_typer(db.app, name="db")
app.add_typer(imports.app, name="import")
app.add_typer(schema.app, name="schema")
app.add_typer(tenant.app, name="tenant")

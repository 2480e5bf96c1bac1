"""Runs migrations on the connection that pages_graphql.storage.migrations hands in."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString, SQLModel

from pages_graphql.documents import references
from pages_graphql.importers import model as imports
from pages_graphql.menus import model as menus
from pages_graphql.pages import model as pages
from pages_graphql.routes import model as routes
from pages_graphql.storage import outbox
from pages_graphql.storage.columns import Bytewise, Moment
from pages_graphql.tenants import model as tenants

MODELS = (references, imports, menus, pages, routes, outbox, tenants)
"""Imported, they fill the metadata."""


def frozen(kind: str, thing: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own types as what they are in the database: a migration must not change with the code."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Bytewise):
        return 'sa.String().with_variant(sa.String(collation="C"), "postgresql")'
    if kind == "type" and isinstance(thing, AutoString):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=frozen,
)
with context.begin_transaction():
    context.run_migrations()

"""Runs migrations on the connection that pages_graphql.storage.migrations hands in."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import pages_graphql.importers.model
import pages_graphql.menus.model
import pages_graphql.pages.model
import pages_graphql.routes.model
import pages_graphql.storage.outbox
import pages_graphql.tenants.model  # noqa: F401 -- these imports fill the metadata
from pages_graphql.storage.columns import Bytewise, Moment


def frozen(kind: str, thing: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own types as what they are in the database: a migration must not change with the code."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Bytewise):
        return 'sa.String().with_variant(sa.String(collation="C"), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=frozen,
)
with context.begin_transaction():
    context.run_migrations()

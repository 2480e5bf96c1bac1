"""pages-graphql token: a bearer token for a developer."""

from datetime import timedelta
from typing import Annotated

import typer

from pages_graphql.api.keys import token_issuer
from pages_graphql.core.access import Role
from pages_graphql.settings import Settings


def token(
    tenant: Annotated[str | None, typer.Option(help="The tenant's slug; PAGES_DEFAULT_TENANT where left out.")] = None,
    role: Annotated[Role, typer.Option(help="What the token allows.")] = Role.ADMIN,
    subject: Annotated[str | None, typer.Option(help="Whose token it is; the role where left out.")] = None,
    hours: Annotated[float, typer.Option(min=0.01, max=24 * 366, help="How long it holds.")] = 12,
) -> None:
    """Print a bearer token, signed with PAGES_JWT_SECRET."""
    settings = Settings()
    owner = tenant or settings.default_tenant
    typer.echo(token_issuer(settings).issue(subject or role.value, owner, role, timedelta(hours=hours)))

"""The SQL of manual redirects."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, or_, select
from sqlalchemy.exc import IntegrityError

from pages_graphql.core import tags
from pages_graphql.routes.model import Redirect
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import col
from pages_graphql.storage.constraints import violated_table
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import singles, texts_of
from pages_graphql.storage.work import Work

TENANT = bindparam("tenant", type_=Uuid())


class RedirectHit(NamedTuple):
    """A redirect that an asked path runs into."""

    from_path: str
    locale: str
    is_prefix: bool
    status_code: int
    page_id: UUID | None
    url: str | None
    created_at: datetime


@kept
def _hits() -> Select[*tuple[Any, ...]]:
    path = col(Redirect.from_path)
    return select(*(col(getattr(Redirect, name)) for name in RedirectHit._fields)).where(
        col(Redirect.tenant_id) == TENANT,
        among(path, texts_of("prefixes")),
        or_(col(Redirect.is_prefix), among(path, texts_of("paths"))),
        among(col(Redirect.locale), texts_of("locales")),
    )


async def hits(read: Read, paths: Sequence[str], locales: Iterable[str]) -> list[RedirectHit]:
    """The redirects that some paths run into, in some locales or in all."""
    prefixes = {prefix for path in paths for prefix in prefixes_of(path)}
    found = await read.all(_hits(), paths=singles(paths), prefixes=singles(prefixes), locales=singles(["", *locales]))
    read.made_of(tags.REDIRECTS, *(tags.of_page(row.page_id) for row in found if row.page_id))
    return [RedirectHit._make(row) for row in found]


def prefixes_of(path: str) -> list[str]:
    """The path itself and all that stand above it, the longest first: /a/b, /a, /."""
    parts = path.strip("/").split("/") if path != "/" else []
    return ["/" + "/".join(parts[:n]) for n in range(len(parts), -1, -1)]


async def add(work: Work, *redirects: Redirect) -> bool:
    """Keep redirects; False, with none kept, where there is one from one of their places."""
    try:
        async with work.savepoint():
            work.session.add_all(redirects)
    except IntegrityError as error:
        if violated_table(error) != "redirect":
            raise
        return False
    return True


async def get(work: Work, id: UUID) -> Redirect | None:
    """A redirect of the tenant."""
    return await work.session.get(Redirect, (work.tenant.id, id))


async def remove(work: Work, redirect: Redirect) -> None:
    """Take a redirect away."""
    await work.session.delete(redirect)

"""Where pages live in drafts: worked out from the ancestors, for many pages in one statement."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Select, Uuid, bindparam, select

from pages_graphql.core.access import Drafts
from pages_graphql.core.view import View
from pages_graphql.pages.model import Page
from pages_graphql.routes.model import SlugClaim
from pages_graphql.routes.rules import Node, Tree
from pages_graphql.storage.by_index import each
from pages_graphql.storage.columns import NIL, col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, singles

TENANT = bindparam("tenant", type_=Uuid())


def lineage(parameter: str) -> CTE:
    """The pages of a parameter and all their ancestors, each once."""
    ids = ids_of(parameter).subquery()
    pages = select(col(Page.id), col(Page.parent_id)).join(ids, each(Page, id=ids.c.id))
    line = pages.cte("lineage", recursive=True)
    return line.union(select(col(Page.id), col(Page.parent_id)).where(each(Page, id=line.c.parent_id)))


@kept
def _slugs() -> Select[*tuple[Any, ...]]:
    line = lineage("ids")
    columns = (Page.id, Page.parent_id, Page.is_home, Page.author_id)
    claims = (SlugClaim.locale, SlugClaim.slug, SlugClaim.in_draft, SlugClaim.in_live)
    return select(*(col(name) for name in (*columns, *claims))).where(
        each(Page, id=line.c.id), each(SlugClaim, page_id=line.c.id)
    )


async def draft_paths(read: Read, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    """Where the drafts of some pages would live, by locale, seen through the View; in its own locale too."""
    nodes: dict[UUID, Node] = {}
    slugs: dict[UUID, dict[str, str]] = {}
    for row in await read.all(_slugs(), ids=singles(ids)):
        shown = slugs.setdefault(row.id, {})
        nodes[row.id] = Node(row.id, row.parent_id or NIL, shown, is_home=row.is_home)
        if row.in_draft if _readable(read.view, row.author_id) else row.in_live:
            shown[row.locale] = row.slug
    for id, shown in slugs.items():
        if not shown:  # above a draft of one's own may stand one that is not: its slug is nobody's business
            shown[read.view.tenant.default_locale] = str(id)
    tree = Tree(read.view.tenant, nodes)
    locale = read.view.locale
    return {id: {locale: tree.path(id, locale), **tree.paths(id)} for id in ids if id in nodes}


def _readable(view: View, author_id: str | None) -> bool:
    drafts = view.drafts("pages")
    return drafts is Drafts.ALL or (drafts is Drafts.OWN and author_id == view.actor.id)

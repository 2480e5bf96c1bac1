"""What a page must be, as SQL."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, false, literal, not_, or_, select, true

from pages_graphql.core.access import Drafts
from pages_graphql.core.view import ContentStatus, View
from pages_graphql.pages.filters import Where
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository.rows import TENANT, drafts_of
from pages_graphql.storage.by_index import among, each
from pages_graphql.storage.columns import col
from pages_graphql.storage.sql import these_ids, these_texts


def condition(where: Where, view: View) -> ColumnElement[bool]:
    """What a page must be to be in the list."""
    found: list[ColumnElement[bool]] = [true()]
    if where.every is not None:
        found += [condition(part, view) for part in where.every]
    if where.some is not None:
        found.append(or_(false(), *(condition(part, view) for part in where.some)))
    if where.none is not None:
        found.append(not_(condition(where.none, view)))
    return and_(*found, *_facts(where, view))


def _facts(where: Where, view: View) -> list[ColumnElement[bool]]:
    """What is asked of the page itself; nothing is NULL here, so that `not` turns it round."""
    found: list[ColumnElement[bool]] = []
    if where.ids is not None:
        found.append(among(col(Page.id), these_ids(where.ids)))
    if where.status is not None:
        found.append(or_(false(), *(_status(status, view) for status in where.status)))
    if where.templates is not None:
        found.append(among(col(Page.template), these_texts(where.templates)))
    if where.parent_id is not None:
        found.append(and_(col(Page.parent_id).is_not(None), col(Page.parent_id) == where.parent_id))
    if where.ancestor_id is not None:
        found.append(col(Page.id).in_(_below(where)))
    if where.is_root is not None:
        found.append(col(Page.parent_id).is_(None) if where.is_root else col(Page.parent_id).is_not(None))
    if where.channel is not None:
        named = literal(f'%"{where.channel}"%', String())
        found.append(or_(col(Page.channels) == "[]", col(Page.channels).like(named)))
    return found


def _status(status: ContentStatus, view: View) -> ColumnElement[bool]:
    """Whether a page has a status; in stage LIVE every page that is seen is published."""
    if drafts_of(view) is Drafts.NONE:
        return true() if status is ContentStatus.PUBLISHED else false()
    archived, live = col(Page.archived_at).is_not(None), col(Page.live_revision).is_not(None)
    return {
        ContentStatus.ARCHIVED: archived,
        ContentStatus.PUBLISHED: and_(not_(archived), live),
        ContentStatus.DRAFT: and_(not_(archived), not_(live)),
        ContentStatus.SCHEDULED: false(),
    }[status]


def _below(where: Where) -> Select[*tuple[UUID]]:
    """The pages anywhere below one."""
    start = select(col(Page.id)).where(col(Page.tenant_id) == TENANT, col(Page.parent_id) == where.ancestor_id)
    below = start.cte(recursive=True)
    below = below.union(select(col(Page.id)).where(each(Page, parent_id=below.c.id)))
    return select(below.c.id)

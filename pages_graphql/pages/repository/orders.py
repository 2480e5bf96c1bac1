"""The orders of a list of pages, as SQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, Uuid, and_, case, func, literal, select

from pages_graphql.core.access import Drafts
from pages_graphql.core.view import ContentStage, View
from pages_graphql.pages.filters import Order, PageOrderField
from pages_graphql.pages.model import Page, PageText
from pages_graphql.pages.repository.rows import drafts_of, shows_draft
from pages_graphql.storage.columns import Bytewise, Moment, col
from pages_graphql.storage.keyset import Key, Keyset

_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_ID = Key("id", col(Page.id), Uuid())


def cursors_of(order: Order) -> str:
    """The list that the cursors of an order belong to."""
    return f"pages.{order.field.value}.{'DESC' if order.descending else 'ASC'}"


def keyset(order: Order, view: View) -> Keyset:
    """The keys of an order; a cursor of one order is of no use in another."""
    down, name = order.descending, cursors_of(order)
    if order.field is PageOrderField.TITLE:
        return Keyset(name, [Key("title", _title(view), Bytewise(), down), _ID])
    if order.field is PageOrderField.POSITION:
        return Keyset(name, [Key("position", col(Page.position), Integer(), down), _ID])
    moment = _moment(order.field, view)
    missing = case((moment.is_(None), 1), else_=0)
    known = func.coalesce(moment, literal(_NEVER, Moment()), type_=Moment())
    return Keyset(name, [Key("missing", missing, Integer()), Key("moment", known, Moment(), down), _ID])


def _moment(field: PageOrderField, view: View) -> ColumnElement[Any]:
    """The date that the View shows."""
    if field is PageOrderField.CREATED_AT:
        return col(Page.created_at)
    if field is PageOrderField.PUBLISHED_AT:
        return col(Page.published_at)
    live = func.coalesce(col(Page.live_updated_at), col(Page.updated_at), type_=Moment())
    return case((shows_draft(drafts_of(view)), col(Page.updated_at)), else_=live)


def _title(view: View) -> ColumnElement[str]:
    """The title that the View shows, in lower case."""
    rank = case({locale: n for n, locale in enumerate(view.chain)}, value=col(PageText.locale), else_=len(view.chain))
    stage = {
        Drafts.NONE: literal(ContentStage.LIVE.value, String()),
        Drafts.ALL: literal(ContentStage.DRAFT.value, String()),
        Drafts.OWN: case((shows_draft(Drafts.OWN), ContentStage.DRAFT.value), else_=ContentStage.LIVE.value),
    }
    text = (
        select(col(PageText.sort_title))
        .where(
            and_(col(PageText.tenant_id) == Page.tenant_id, col(PageText.page_id) == Page.id),
            col(PageText.stage) == stage[drafts_of(view)],
        )
        .order_by(rank, col(PageText.locale))
        .limit(1)
    )
    return func.coalesce(text.correlate(Page).scalar_subquery(), "", type_=Bytewise())

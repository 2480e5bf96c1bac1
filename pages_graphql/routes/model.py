"""Who has which slug, and what every path that was ever live means."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from pages_graphql.storage.columns import NIL, Bytewise, Moment, TenantTable


class SlugClaim(TenantTable, table=True):
    """A slug that a page's draft or live revision uses under its parent (NIL: at the root)."""

    __table_args__ = (Index(None, "tenant_id", "page_id"),)

    parent_key: UUID = Field(default=NIL, primary_key=True)
    locale: str = Field(primary_key=True, sa_type=Bytewise)
    slug: str = Field(primary_key=True, sa_type=Bytewise)
    page_id: UUID
    in_draft: bool
    in_live: bool


class Route(TenantTable, table=True):
    """A path and the page that lives there, or was the last to; it outlives the page."""

    __table_args__ = (Index(None, "tenant_id", "page_id"),)

    locale: str = Field(primary_key=True, sa_type=Bytewise)
    path: str = Field(primary_key=True, sa_type=Bytewise)
    page_id: UUID
    is_current: bool
    gone_at: datetime | None = Field(default=None, sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

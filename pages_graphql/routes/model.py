"""Who has which slug, and what every path that was ever live means."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from pages_graphql.storage.columns import NIL, Bytewise, Moment, TenantTable


class SlugClaim(TenantTable, table=True):
    """A slug that a page's draft or live revision uses under its parent (NIL: at the root)."""

    __table_args__ = (Index(None, "tenant_id", "page_id"),)

    parent_key: UUID = Field(default=NIL, primary_key=True)
    slug: str = Field(primary_key=True, sa_type=Bytewise)
    locale: str = Field(primary_key=True, sa_type=Bytewise)
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


class PathRedirectOrigin(Enum):
    """Who made a redirect."""

    MANUAL = "MANUAL"
    IMPORTED = "IMPORTED"


class Redirect(TenantTable, table=True):
    """A path, or all paths below it, that leads to a page or an outside URL; locale '' is every locale."""

    __table_args__ = (
        UniqueConstraint("tenant_id", "from_path", "locale", "is_prefix"),
        Index(None, "tenant_id", "page_id"),
    )

    id: UUID = Field(primary_key=True)
    from_path: str = Field(sa_type=Bytewise)
    locale: str = Field(default="", sa_type=Bytewise)
    is_prefix: bool = False
    status_code: int = 301
    origin: str = PathRedirectOrigin.MANUAL.value
    page_id: UUID | None = None
    url: str | None = None
    version: int = 1
    sequence: int = 0
    created_at: datetime = Field(sa_type=Moment)
    created_by: str | None = None

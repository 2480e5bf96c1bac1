"""A page, its revisions and its publications, as they are kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Index, PrimaryKeyConstraint, text
from sqlmodel import Field

from pages_graphql.core.view import ContentStatus
from pages_graphql.documents.model import (
    DocumentColumns,
    PublicationColumns,
    RevisionColumns,
    status_of,
)
from pages_graphql.storage.columns import NIL, Bytewise, Moment, TenantTable, belongs_to

DEFAULT_TEMPLATE = "default"


class Page(DocumentColumns, TenantTable, table=True):
    """What is about a page as a whole; what it says is in its revisions."""

    __table_args__: Any = (
        belongs_to("page", "parent_id"),
        belongs_to("page_revision", "id", "draft_revision", to="page_id number", deferred=True),
        belongs_to("page_revision", "id", "live_revision", to="page_id number", deferred=True),
        Index(None, "tenant_id", "parent_id", "position", "id"),
        Index(None, "tenant_id", "position", "id"),  # lists of pages read in their usual order
        Index(
            "uq_page_home", "tenant_id", unique=True, sqlite_where=text("is_home = 1"), postgresql_where=text("is_home")
        ),
    )

    parent_id: UUID | None = None
    position: int = 0
    template: str = DEFAULT_TEMPLATE
    channels: str = "[]"
    is_home: bool = False
    archived_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def status(self) -> ContentStatus:
        """Where in its life the page is."""
        return status_of(self.live_revision, self.archived_at)

    @property
    def parent_key(self) -> UUID:
        """The parent's id, or NIL at the root."""
        return self.parent_id or NIL

    @property
    def channel_list(self) -> list[str]:
        """The channels that see the page; empty: every one."""
        return orjson.loads(self.channels)


class PageRevision(RevisionColumns, TenantTable, table=True):
    """What a page said at one time."""

    __table_args__: Any = (
        PrimaryKeyConstraint("tenant_id", "page_id", "number"),
        belongs_to("page", "page_id"),
    )

    page_id: UUID = Field(primary_key=True)


class PagePublication(PublicationColumns, TenantTable, table=True):
    """From when until when which revision of a page was live."""

    __table_args__: Any = (PrimaryKeyConstraint("tenant_id", "page_id", "number"), belongs_to("page", "page_id"))

    page_id: UUID = Field(primary_key=True)


class PageText(TenantTable, table=True):
    """What a page is called in a locale, in its draft or live: made from the revision, to find and sort pages by."""

    __table_args__: Any = (
        PrimaryKeyConstraint("tenant_id", "page_id", "stage", "locale"),
        belongs_to("page", "page_id"),
    )

    page_id: UUID = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    locale: str = Field(primary_key=True)
    title: str
    sort_title: str = Field(sa_type=Bytewise)
    slug: str = Field(sa_type=Bytewise)

"""A menu, its revisions, its publications and its bindings, as they are kept."""

from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from pages_graphql.core.view import ContentStatus
from pages_graphql.documents.model import (
    DocumentColumns,
    PublicationColumns,
    RevisionColumns,
    status_of,
)
from pages_graphql.storage.columns import Bytewise, TenantTable, belongs_to


class MenuLocation(Enum):
    """A place in the layout that a menu can be bound to."""

    HEADER = "HEADER"
    FOOTER = "FOOTER"
    SIDEBAR = "SIDEBAR"
    MOBILE = "MOBILE"


class Menu(DocumentColumns, TenantTable, table=True):
    """What is about a menu as a whole; what it shows is in its revisions."""

    __table_args__: Any = (
        belongs_to("menu_revision", "id", "draft_revision", to="menu_id number", deferred=True),
        belongs_to("menu_revision", "id", "live_revision", to="menu_id number", deferred=True),
        UniqueConstraint("tenant_id", "handle"),
    )

    handle: str = Field(sa_type=Bytewise)

    @property
    def status(self) -> ContentStatus:
        """Where in its life the menu is."""
        return status_of(self.live_revision)


class MenuRevision(RevisionColumns, TenantTable, table=True):
    """What a menu showed at one time."""

    __table_args__: Any = (
        PrimaryKeyConstraint("tenant_id", "menu_id", "number"),
        belongs_to("menu", "menu_id"),
    )

    menu_id: UUID = Field(primary_key=True)


class MenuPublication(PublicationColumns, TenantTable, table=True):
    """From when until when which revision of a menu was live."""

    __table_args__: Any = (PrimaryKeyConstraint("tenant_id", "menu_id", "number"), belongs_to("menu", "menu_id"))

    menu_id: UUID = Field(primary_key=True)


class MenuBinding(TenantTable, table=True):
    """A place that a menu holds; channel '' is every channel."""

    __table_args__: Any = (belongs_to("menu", "menu_id"), Index(None, "tenant_id", "menu_id"))

    channel: str = Field(default="", primary_key=True)
    location: str = Field(primary_key=True)
    menu_id: UUID

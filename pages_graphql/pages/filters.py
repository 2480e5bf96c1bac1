"""Which pages a list is of, and in which order."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from pages_graphql.core.view import ContentStatus


class PageOrderField(Enum):
    """What pages can be ordered by."""

    POSITION = "POSITION"
    TITLE = "TITLE"
    CREATED_AT = "CREATED_AT"
    UPDATED_AT = "UPDATED_AT"
    PUBLISHED_AT = "PUBLISHED_AT"
    RELEVANCE = "RELEVANCE"


class ContentOrderDirection(Enum):
    """Which way a list is ordered."""

    ASC = "ASC"
    DESC = "DESC"


@dataclass(frozen=True)
class Where:
    """What a page must be; what is None is not asked."""

    every: tuple["Where", ...] | None = None
    some: tuple["Where", ...] | None = None
    none: "Where | None" = None
    ids: tuple[UUID, ...] | None = None
    status: tuple[ContentStatus, ...] | None = None
    templates: tuple[str, ...] | None = None
    parent_id: UUID | None = None
    ancestor_id: UUID | None = None
    is_root: bool | None = None
    channel: str | None = None

    @property
    def size(self) -> int:
        """How many filters it is made of."""
        inner = (*(self.every or ()), *(self.some or ()), *([self.none] if self.none else ()))
        return 1 + sum(where.size for where in inner)


@dataclass(frozen=True)
class Order:
    """What pages are ordered by, and which way."""

    field: PageOrderField
    descending: bool = False


EVERY = Where()
POSITION = Order(PageOrderField.POSITION)

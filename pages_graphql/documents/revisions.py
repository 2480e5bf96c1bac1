"""A revision as it is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pages_graphql.core.view import Source


@dataclass(frozen=True)
class RevisionRow:
    """A revision of a page or a menu; author and note are empty for who may not read them."""

    number: int
    created_at: datetime
    is_live: bool
    content_hash: str
    author_id: str | None = None
    note: str | None = None
    page: Source[Any] | None = None
    menu: Source[Any] | None = None

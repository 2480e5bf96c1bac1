"""Revisions, as the graph shows them."""

from datetime import datetime

import strawberry

from pages_graphql.api.enums import describe
from pages_graphql.api.fields import Shown, column
from pages_graphql.api.stubs import User
from pages_graphql.documents.render import PageBodyFormat
from pages_graphql.documents.revisions import RevisionRow

describe(
    PageBodyFormat,
    "How a text is written.",
    MARKDOWN="CommonMark, with tables and strikethrough.",
    HTML="HTML, kept as written and served sanitised.",
    PLAIN="Plain text; an empty line begins a paragraph.",
)


@strawberry.type(description="What a page or a menu said at one time; it never changes again.")
class ContentRevision(Shown[RevisionRow]):
    """A revision."""

    number: int = column("number", "Counts the revisions of its page or menu; never used twice.")
    created_at: datetime = column("created_at", "When it was written.")
    is_live: bool = column("is_live", "Whether readers see it now.")
    content_hash: str = column("content_hash", "The SHA-256 of its content: equal content, equal hash.")
    author: User | None = column("author_id", "Who wrote it; null without the right to edit.")
    note: str | None = column("note", "What its author said of it; null without the right to edit.")

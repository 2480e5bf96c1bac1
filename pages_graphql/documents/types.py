"""Revisions and references, as the graph shows them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from pages_graphql.api.fields import Shown, column, named, relation
from pages_graphql.api.stubs import User
from pages_graphql.core.view import ContentStage
from pages_graphql.documents.kinds import menus_at, pages_at, sources
from pages_graphql.documents.pointing import ReferenceRow
from pages_graphql.documents.revisions import RevisionRow

if TYPE_CHECKING:
    from pages_graphql.menus.types import Menu
    from pages_graphql.pages.types import Page

LazyPage = Annotated["Page", strawberry.lazy("pages_graphql.pages.types")]
LazyMenu = Annotated["Menu", strawberry.lazy("pages_graphql.menus.types")]


@strawberry.type(description="What a page or a menu said at one time; it never changes again.")
class ContentRevision(Shown[RevisionRow]):
    """A revision."""

    number: int = column("number", "Counts the revisions of its page or menu; never used twice.")
    created_at: datetime = column("created_at", "When it was written.")
    is_live: bool = column("is_live", "Whether readers see it now.")
    content_hash: str = column("content_hash", "The SHA-256 of its content: equal content, equal hash.")
    author: User | None = column("author_id", "Who wrote it; null without the right to edit.")
    note: str | None = column("note", "What its author said of it; null without the right to edit.")
    page: LazyPage | None = relation(pages_at, "page_at", "The page as this revision shows it.")
    menu: LazyMenu | None = relation(menus_at, "menu_at", "The menu as this revision shows it.")


ContentReferenceSource = Annotated[
    LazyPage | LazyMenu, strawberry.union("ContentReferenceSource", description="What points at something.")
]


@strawberry.type(description="A place in a page or a menu that points at something.")
class ContentReference(Shown[ReferenceRow]):
    """A place that points."""

    from_: ContentReferenceSource | None = named(
        "source", relation(sources, "source_at", "What points, as the View shows it.")
    )
    stage: ContentStage = column("stage", "Whether what is live points, or a draft.")
    path: list[str] = column("path", "Names and indices of the place in it.")

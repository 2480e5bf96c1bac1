"""The blocks of a page, as the graph shows them: a type per type of block."""

from typing import Any

import strawberry
from strawberry.scalars import JSON

from pages_graphql.api.fields import Shown, derived, key
from pages_graphql.core.view import Source
from pages_graphql.pages import shown
from pages_graphql.pages.parts import PageBody, PageImage
from pages_graphql.pages.repository.rows import PageRow


@strawberry.type(description="What is different in a block in one locale.")
class PageBlockOverride(Shown[PageRow]):
    """A difference in one locale."""

    locale: str = key("locale", "The locale of the difference.")
    data: JSON = key("data", "What is laid over the shared data.")


@strawberry.interface(description="A piece of a page.")
class PageBlock(Shown[PageRow]):
    """A piece of a page."""

    id: strawberry.ID = key("id", "Stable over edits.")
    type: str = key("type", "The name of its type.")
    data: JSON = derived(shown.block_data, "Merged for the locale shown and sanitised.")
    shared_data: JSON | None = derived(shown.shared_data, "As stored, for forms; null without the right to edit.")
    overrides: list[PageBlockOverride] | None = derived(
        shown.overrides, "What differs by locale, as stored; null without the right to edit."
    )

    @classmethod
    def pick(cls, source: Source[Any]) -> "type[PageBlock]":
        """The type that shows this type of block."""
        return BLOCKS[source.document["type"]]


@strawberry.type(description="A large opening: a title over a picture, with a call to act.")
class PageHeroBlock(PageBlock):
    """A large opening."""

    title: str | None = key("data.title", "The large words.")
    subtitle: str | None = key("data.subtitle", "The smaller words.")
    background_image: PageImage | None = key("data.backgroundImage", "The picture behind the words.")


@strawberry.type(description="A block of rich text.")
class PageTextBlock(PageBlock):
    """Rich text."""

    text: PageBody | None = key("text", "The text in the locale shown.")


BLOCKS: dict[str, type[PageBlock]] = {"hero": PageHeroBlock, "text": PageTextBlock}

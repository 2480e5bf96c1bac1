"""What callers give to write pages."""

import strawberry
from strawberry.scalars import JSON

from pages_graphql.api.inputs import optional, required, switch
from pages_graphql.documents.render import PageBodyFormat


@strawberry.input(description="A text and how it is written.")
class PageBodyInput:
    """A text."""

    format: PageBodyFormat = strawberry.field(description="How the text is written.", default=PageBodyFormat.MARKDOWN)
    content: str = required("The text, at most 1 MiB.")


@strawberry.input(description="A picture: `src` or `mediaId`.")
class PageImageInput:
    """A picture."""

    src: str | None = optional("The address: relative, http or https.")
    media_id: strawberry.ID | None = optional("The file in the media module.")
    alt: str | None = optional("What it shows, for who cannot see it.")
    caption: str | None = optional("A line to stand below it.")
    width: int | None = optional("Pixels across.")
    height: int | None = optional("Pixels down.")


@strawberry.input(description="What other sites show of a link to the page.")
class PageOpenGraphInput:
    """What other sites show."""

    title: str | None = optional("The title that other sites show.")
    description: str | None = optional("A sentence or two.")
    type: str | None = optional("What sort of thing the page is: website, article.")
    image: PageImageInput | None = optional("The picture that other sites show.")


@strawberry.input(description="What search engines are told instead of what is derived.")
class PageSeoInput:
    """What search engines are told."""

    title: str | None = optional("The title of the window and of search results.")
    description: str | None = optional("A sentence or two for search results.")
    canonical_url: str | None = optional("The address that search engines should keep.")
    robots: str | None = optional("What robots may do: noindex, nofollow.")
    image: PageImageInput | None = optional("A picture for search results.")
    open_graph: PageOpenGraphInput | None = optional("What other sites show.")


@strawberry.input(description="What a page says in one locale.")
class PageTranslationInput:
    """A translation."""

    locale: str = required("One of the tenant's locales.")
    title: str | None = optional("1 to 255 characters; required in a new translation.")
    slug: str | None = optional("The last segment of the path; made from the title where left out.")
    body: PageBodyInput | None = optional("The text of the page.")
    seo: PageSeoInput | None = optional("What search engines are told instead of what is derived.")


@strawberry.input(description="What is different in a block in one locale.")
class PageBlockOverrideInput:
    """A difference in one locale."""

    locale: str = required("One of the tenant's locales.")
    data: JSON | None = optional("Laid over the shared data: objects merge, lists replace, null clears.")


@strawberry.input(description="A piece of a page.")
class PageBlockInput:
    """A block."""

    id: strawberry.ID | None = optional("The id of a block that the draft has; a new block gets its own.")
    type: str = required("The name of a block type.")
    data: JSON = required("Checked by the schema of the type.")
    overrides: list[PageBlockOverrideInput] | None = optional("What differs by locale.")


@strawberry.input(description="A new page.")
class CreatePageInput:
    """A new page."""

    parent_id: strawberry.ID | None = optional("The page above; left out or null: at the root.")
    before_id: strawberry.ID | None = optional("The sibling to stand before.")
    after_id: strawberry.ID | None = optional("The sibling to stand after; with neither, behind all.")
    template: str | None = optional("The name of the layout that apps show the page in.")
    channels: list[str] | None = optional("The channels that see the page; left out or empty: every one.")
    metadata: JSON | None = optional("Facts for apps; everyone who sees the page sees them.")
    translations: list[PageTranslationInput] = required("What the page says, at least in one locale.")
    blocks: list[PageBlockInput] | None = optional("The pieces of the page, in order.")
    publish: bool = switch("Whether to publish it at once.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(
    description="A change: what is left out stays as it is, null clears, translations are added or changed."
)
class UpdatePageInput:
    """A change to a page."""

    id: strawberry.ID = required("The page to change.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    template: str | None = optional("The name of the layout; acts at once.")
    channels: list[str] | None = optional("The channels that see the page; acts at once.")
    metadata: JSON | None = optional("Facts for apps, as a whole.")
    translations: list[PageTranslationInput] | None = optional("What to say in these locales.")
    remove_locales: list[str] | None = optional("Locales to say nothing in any more.")
    blocks: list[PageBlockInput] | None = optional("All pieces of the page, in order.")
    note: str | None = optional("What to remember of this revision.")


@strawberry.input(description="A page to show readers.")
class PublishPageInput:
    """A page to publish."""

    id: strawberry.ID = required("The page to publish.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    note: str | None = optional("What to remember of it.")


@strawberry.input(description="A page to take from readers.")
class UnpublishPageInput:
    """A page to unpublish."""

    id: strawberry.ID = required("The page to unpublish; an archived one becomes a draft again.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")

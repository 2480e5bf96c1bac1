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
    with_descendants: bool = switch("Whether to publish all pages below as well, archived ones aside.")
    note: str | None = optional("What to remember of it.")


@strawberry.input(description="A page to take from readers.")
class UnpublishPageInput:
    """A page to unpublish."""

    id: strawberry.ID = required("The page to unpublish; an archived one becomes a draft again.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    with_descendants: bool = switch("Whether the live pages below leave as well.")
    refuse_if_referenced: bool = switch("Whether to refuse while pages or menus point here.")


@strawberry.input(description="A page to copy; copies have new ids, free slugs, and are never live.")
class DuplicatePageInput:
    """A page to copy."""

    id: strawberry.ID = required("The page to copy.")
    parent_id: strawberry.ID | None = optional("Where to put the copy; left out: beside the page; null: at the root.")
    with_descendants: bool = switch("Whether to copy all pages below as well.")


@strawberry.input(description="A page to put elsewhere; it acts at once, for readers too.")
class MovePageInput:
    """A page to move."""

    id: strawberry.ID = required("The page to move.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    parent_id: strawberry.ID | None = optional("The new parent; left out: the same one; null: the root.")
    before_id: strawberry.ID | None = optional("The sibling to stand before.")
    after_id: strawberry.ID | None = optional("The sibling to stand after.")
    keep_redirects: bool = switch("Whether the old paths lead to the new ones.", default=True)


@strawberry.input(description="A page to take away for good; refused while it is published.")
class DeletePageInput:
    """A page to delete."""

    id: strawberry.ID = required("The page to delete.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    with_descendants: bool = switch("Whether to delete all pages below as well.")
    redirect_to_id: strawberry.ID | None = optional("A live page that the old paths shall lead to, instead of gone.")
    refuse_if_referenced: bool = switch("Whether to refuse while pages or menus point here.")


@strawberry.input(description="A page to put away; from any status.")
class ArchivePageInput:
    """A page to archive."""

    id: strawberry.ID = required("The page to archive.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    with_descendants: bool = switch("Whether to archive all pages below as well.")
    refuse_if_referenced: bool = switch("Whether to refuse while pages or menus point here.")


@strawberry.input(description="A page whose draft shall say what readers see.")
class DiscardPageDraftInput:
    """A draft to discard."""

    id: strawberry.ID = required("The page whose draft to discard.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")


@strawberry.input(description="A revision to make the draft again.")
class RestorePageRevisionInput:
    """A revision to restore."""

    id: strawberry.ID = required("The page to restore a revision of.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    revision: int = required("The number of the revision.")
    restore_slugs: bool = switch("Whether the slugs of then come back too.")
    note: str | None = optional("What to remember of the new revision.")


@strawberry.input(description="A page to put at the path /.")
class SetHomePageInput:
    """A page to make the home page."""

    id: strawberry.ID = required("The page; published, and in every channel.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")


@strawberry.input(description="A slug to change at once, for readers too; nothing else is published.")
class ChangePageSlugInput:
    """A slug to change."""

    id: strawberry.ID = required("The page to rename.")
    expected_version: int | None = optional("The version that was read; another is a conflict.")
    locale: str = required("The locale to rename it in.")
    slug: str = required("The new slug.")
    keep_redirect: bool = switch("Whether the old paths lead to the new ones.", default=True)
    note: str | None = optional("What to remember of the new revision.")


@strawberry.input(description="A block to add to a page's draft.")
class AddPageBlockInput:
    """A block to add."""

    page_id: strawberry.ID = required("The page to add it to.")
    expected_version: int | None = optional("The page's version that was read; another is a conflict.")
    block: PageBlockInput = required("The block to add.")
    before_id: strawberry.ID | None = optional("The block to stand before.")
    after_id: strawberry.ID | None = optional("The block to stand after; with neither, behind all.")
    note: str | None = optional("What to remember of the new revision.")


@strawberry.input(description="A block to change; data and overrides are replaced where they are given.")
class UpdatePageBlockInput:
    """A block to change."""

    page_id: strawberry.ID = required("The page that has it.")
    block_id: strawberry.ID = required("The block to change.")
    expected_version: int | None = optional("The page's version that was read; another is a conflict.")
    data: JSON | None = optional("The new data, as a whole.")
    overrides: list[PageBlockOverrideInput] | None = optional("The new overrides, as a whole; null clears them.")
    note: str | None = optional("What to remember of the new revision.")


@strawberry.input(description="A block to put elsewhere in its page.")
class MovePageBlockInput:
    """A block to move."""

    page_id: strawberry.ID = required("The page that has it.")
    block_id: strawberry.ID = required("The block to move.")
    expected_version: int | None = optional("The page's version that was read; another is a conflict.")
    before_id: strawberry.ID | None = optional("The block to stand before.")
    after_id: strawberry.ID | None = optional("The block to stand after; with neither, behind all.")


@strawberry.input(description="A block to take away from a page's draft.")
class DeletePageBlockInput:
    """A block to delete."""

    page_id: strawberry.ID = required("The page that has it.")
    block_id: strawberry.ID = required("The block to delete.")
    expected_version: int | None = optional("The page's version that was read; another is a conflict.")
    note: str | None = optional("What to remember of the new revision.")


@strawberry.input(description="All blocks of a page in another order.")
class ReorderPageBlocksInput:
    """An order of blocks."""

    page_id: strawberry.ID = required("The page that has them.")
    expected_version: int | None = optional("The page's version that was read; another is a conflict.")
    block_ids: list[strawberry.ID] = required("The id of every block, each once, in the new order.")


@strawberry.input(description="Blocks in the place of all that are there.")
class ReplacePageBlocksInput:
    """All blocks of a page."""

    page_id: strawberry.ID = required("The page to give them to.")
    expected_version: int | None = optional("The page's version that was read; another is a conflict.")
    blocks: list[PageBlockInput] = required("All blocks, in order; an id keeps its block.")
    note: str | None = optional("What to remember of the new revision.")


@strawberry.input(description="A path that shall lead to a page or an outside URL.")
class CreatePathRedirectInput:
    """A redirect to make."""

    from_path: str = required("The path, without the locale's URL prefix.")
    locale: str | None = optional("The locale it counts in; null: in every one.")
    is_prefix: bool = switch("Whether all paths below it lead there too.")
    status_code: int = strawberry.field(description="The HTTP status: 301, 302, 307 or 308.", default=301)
    page_id: strawberry.ID | None = optional("The page to lead to; this or `url`.")
    url: str | None = optional("The outside URL to lead to; this or `pageId`.")


@strawberry.input(description="A redirect to take away.")
class DeletePathRedirectInput:
    """A redirect to delete."""

    id: strawberry.ID = required("The redirect to delete.")

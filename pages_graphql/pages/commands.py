"""What can be asked to be done to pages: the inputs of the use cases, checked for their form."""

from typing import Any

from pydantic import Field

from pages_graphql.core.access import Permission
from pages_graphql.core.inputs import Command
from pages_graphql.pages.content import Block, Locale, Override, Translation


class PageCommand(Command):
    """An input that acts on a page."""

    id: str
    expected_version: int | None = None


class CreatePage(Command):
    """A new page."""

    needs = Permission.PAGES_CREATE

    parent_id: str | None = None
    before_id: str | None = None
    after_id: str | None = None
    template: str | None = Field(default=None, min_length=1, max_length=100)
    channels: list[str] | None = None
    metadata: dict[str, Any] | None = None
    translations: list[Translation]
    blocks: list[Block] | None = None
    publish: bool = False
    note: str | None = None


class UpdatePage(PageCommand):
    """A change to what a page says and how it is shown."""

    needs = Permission.PAGES_UPDATE

    template: str | None = Field(default=None, min_length=1, max_length=100)
    channels: list[str] | None = None
    metadata: dict[str, Any] | None = None
    translations: list[Translation] | None = None
    remove_locales: list[Locale] | None = None
    blocks: list[Block] | None = None
    note: str | None = None


class PublishPage(PageCommand):
    """A page to show readers."""

    needs = Permission.PAGES_PUBLISH

    with_descendants: bool = False
    note: str | None = None


class UnpublishPage(PageCommand):
    """A page to take from readers."""

    needs = Permission.PAGES_PUBLISH

    with_descendants: bool = False
    refuse_if_referenced: bool = False


class DuplicatePage(Command):
    """A page to copy."""

    needs = Permission.PAGES_CREATE

    id: str
    parent_id: str | None = None
    with_descendants: bool = False


class MovePage(PageCommand):
    """A page to put elsewhere in the tree."""

    needs = Permission.PAGES_UPDATE

    parent_id: str | None = None
    before_id: str | None = None
    after_id: str | None = None
    keep_redirects: bool = True


class DeletePage(PageCommand):
    """A page to take away for good."""

    needs = Permission.PAGES_DELETE

    with_descendants: bool = False
    redirect_to_id: str | None = None
    refuse_if_referenced: bool = False


class ArchivePage(PageCommand):
    """A page to put away."""

    needs = Permission.PAGES_PUBLISH

    with_descendants: bool = False
    refuse_if_referenced: bool = False


class DiscardPageDraft(PageCommand):
    """A page whose draft shall say what readers see."""

    needs = Permission.PAGES_UPDATE


class RestorePageRevision(PageCommand):
    """A revision to make the draft again."""

    needs = Permission.PAGES_UPDATE

    revision: int
    restore_slugs: bool = False
    note: str | None = None


class SetHomePage(PageCommand):
    """A page to put at the path /."""

    needs = Permission.PAGES_PUBLISH


class ChangePageSlug(PageCommand):
    """A slug to change at once, in the draft and for readers."""

    needs = Permission.PAGES_UPDATE

    locale: Locale
    slug: str
    keep_redirect: bool = True
    note: str | None = None


class BlockCommand(Command):
    """An input that acts on the blocks of a page's draft."""

    needs = Permission.PAGES_UPDATE

    page_id: str
    expected_version: int | None = None
    note: str | None = None


class AddPageBlock(BlockCommand):
    """A block to add."""

    block: Block
    before_id: str | None = None
    after_id: str | None = None


class UpdatePageBlock(BlockCommand):
    """A block to change: data and overrides as a whole where they are given."""

    block_id: str
    data: dict[str, Any] | None = None
    overrides: list[Override] | None = None


class MovePageBlock(BlockCommand):
    """A block to put elsewhere in its page."""

    block_id: str
    before_id: str | None = None
    after_id: str | None = None


class DeletePageBlock(BlockCommand):
    """A block to take away."""

    block_id: str


class ReorderPageBlocks(BlockCommand):
    """All blocks of a page in another order."""

    block_ids: list[str]


class ReplacePageBlocks(BlockCommand):
    """Blocks in the place of all that are there."""

    blocks: list[Block]


class CreatePathRedirect(Command):
    """A path that shall lead elsewhere."""

    needs = Permission.REDIRECTS_MANAGE

    from_path: str
    locale: Locale | None = None
    is_prefix: bool = False
    status_code: int = 301
    page_id: str | None = None
    url: str | None = None


class DeletePathRedirect(Command):
    """A redirect to take away."""

    needs = Permission.REDIRECTS_MANAGE

    id: str

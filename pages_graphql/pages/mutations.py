"""Where writing pages begins."""

import strawberry

from pages_graphql.api.arguments import Given
from pages_graphql.api.context import Info
from pages_graphql.pages import commands, inputs
from pages_graphql.pages.payloads import (
    ContentDeletePayload,
    PagePayload,
    PathRedirectPayload,
    deleted,
    redirected,
    written,
)
from pages_graphql.pages.service.blocks import (
    add_page_block,
    delete_page_block,
    move_page_block,
    reorder_page_blocks,
    replace_page_blocks,
    update_page_block,
)
from pages_graphql.pages.service.create import create_page
from pages_graphql.pages.service.delete import delete_page
from pages_graphql.pages.service.duplicate import duplicate_page
from pages_graphql.pages.service.move import move_page, set_home_page
from pages_graphql.pages.service.publish import archive_page, publish_page, unpublish_page
from pages_graphql.pages.service.redirects import create_path_redirect, delete_path_redirect
from pages_graphql.pages.service.revisions import discard_page_draft, restore_page_revision
from pages_graphql.pages.service.slug import change_page_slug
from pages_graphql.pages.service.update import update_page


@strawberry.type
class PageTreeMutations:
    """The mutations of pages as a whole."""

    @strawberry.mutation(description="Make a page; it is a draft unless `publish` says otherwise.")
    async def create_page(self, info: Info, input: Given[inputs.CreatePageInput]) -> PagePayload | None:
        """Make a page."""
        return await written(info, commands.CreatePage, input, create_page)

    @strawberry.mutation(description="Change a page's draft, or its template and channels.")
    async def update_page(self, info: Info, input: Given[inputs.UpdatePageInput]) -> PagePayload | None:
        """Change a page."""
        return await written(info, commands.UpdatePage, input, update_page)

    @strawberry.mutation(description="Copy a page's draft, under new ids and slugs that are free; never live.")
    async def duplicate_page(self, info: Info, input: Given[inputs.DuplicatePageInput]) -> PagePayload | None:
        """Copy a page."""
        return await written(info, commands.DuplicatePage, input, duplicate_page)

    @strawberry.mutation(description="Put a page, with all below it, elsewhere in the tree; acts at once.")
    async def move_page(self, info: Info, input: Given[inputs.MovePageInput]) -> PagePayload | None:
        """Move a page."""
        return await written(info, commands.MovePage, input, move_page)

    @strawberry.mutation(description="Take a page away for good; refused while it is published.")
    async def delete_page(self, info: Info, input: Given[inputs.DeletePageInput]) -> ContentDeletePayload | None:
        """Delete a page."""
        return await deleted(info, commands.DeletePage, input, delete_page)

    @strawberry.mutation(description="Show readers the draft.")
    async def publish_page(self, info: Info, input: Given[inputs.PublishPageInput]) -> PagePayload | None:
        """Publish a page."""
        return await written(info, commands.PublishPage, input, publish_page)

    @strawberry.mutation(
        description="Take the page from readers; its paths answer gone. An archived page becomes a draft."
    )
    async def unpublish_page(self, info: Info, input: Given[inputs.UnpublishPageInput]) -> PagePayload | None:
        """Unpublish a page."""
        return await written(info, commands.UnpublishPage, input, unpublish_page)

    @strawberry.mutation(description="Put a page away; a live one leaves readers first.")
    async def archive_page(self, info: Info, input: Given[inputs.ArchivePageInput]) -> PagePayload | None:
        """Archive a page."""
        return await written(info, commands.ArchivePage, input, archive_page)

    @strawberry.mutation(description="Let the draft say what readers see.")
    async def discard_page_draft(self, info: Info, input: Given[inputs.DiscardPageDraftInput]) -> PagePayload | None:
        """Discard a draft."""
        return await written(info, commands.DiscardPageDraft, input, discard_page_draft)

    @strawberry.mutation(description="Let the draft say what a revision said.")
    async def restore_page_revision(
        self, info: Info, input: Given[inputs.RestorePageRevisionInput]
    ) -> PagePayload | None:
        """Restore a revision."""
        return await written(info, commands.RestorePageRevision, input, restore_page_revision)

    @strawberry.mutation(description="Put a live page at the path /.")
    async def set_home_page(self, info: Info, input: Given[inputs.SetHomePageInput]) -> PagePayload | None:
        """Choose the home page."""
        return await written(info, commands.SetHomePage, input, set_home_page)

    @strawberry.mutation(description="Rename the draft and what is live at once; publishes nothing else.")
    async def change_page_slug(self, info: Info, input: Given[inputs.ChangePageSlugInput]) -> PagePayload | None:
        """Rename a page."""
        return await written(info, commands.ChangePageSlug, input, change_page_slug)


@strawberry.type
class PageBlockMutations:
    """The mutations of the blocks of pages; `expectedVersion` is the page's."""

    @strawberry.mutation(description="Add a block to a page's draft.")
    async def add_page_block(self, info: Info, input: Given[inputs.AddPageBlockInput]) -> PagePayload | None:
        """Add a block."""
        return await written(info, commands.AddPageBlock, input, add_page_block)

    @strawberry.mutation(description="Change a block of a page's draft.")
    async def update_page_block(self, info: Info, input: Given[inputs.UpdatePageBlockInput]) -> PagePayload | None:
        """Change a block."""
        return await written(info, commands.UpdatePageBlock, input, update_page_block)

    @strawberry.mutation(description="Put a block elsewhere in its page.")
    async def move_page_block(self, info: Info, input: Given[inputs.MovePageBlockInput]) -> PagePayload | None:
        """Move a block."""
        return await written(info, commands.MovePageBlock, input, move_page_block)

    @strawberry.mutation(description="Take a block away from a page's draft.")
    async def delete_page_block(self, info: Info, input: Given[inputs.DeletePageBlockInput]) -> PagePayload | None:
        """Delete a block."""
        return await written(info, commands.DeletePageBlock, input, delete_page_block)

    @strawberry.mutation(description="Put all blocks of a page in another order.")
    async def reorder_page_blocks(self, info: Info, input: Given[inputs.ReorderPageBlocksInput]) -> PagePayload | None:
        """Order the blocks."""
        return await written(info, commands.ReorderPageBlocks, input, reorder_page_blocks)

    @strawberry.mutation(description="Put these blocks in the place of all.")
    async def replace_page_blocks(self, info: Info, input: Given[inputs.ReplacePageBlocksInput]) -> PagePayload | None:
        """Replace the blocks."""
        return await written(info, commands.ReplacePageBlocks, input, replace_page_blocks)


@strawberry.type
class PathRedirectMutations:
    """The mutations of redirects."""

    @strawberry.mutation(description="Let a path lead to a page or an outside URL.")
    async def create_path_redirect(
        self, info: Info, input: Given[inputs.CreatePathRedirectInput]
    ) -> PathRedirectPayload | None:
        """Make a redirect."""
        return await redirected(info, commands.CreatePathRedirect, input, create_path_redirect)

    @strawberry.mutation(description="Take a redirect away.")
    async def delete_path_redirect(
        self, info: Info, input: Given[inputs.DeletePathRedirectInput]
    ) -> ContentDeletePayload | None:
        """Delete a redirect."""
        return await deleted(info, commands.DeletePathRedirect, input, delete_path_redirect)


@strawberry.type
class PageMutations(PageTreeMutations, PageBlockMutations, PathRedirectMutations):
    """All mutations of pages and their paths."""

"""Where reading pages begins."""

import strawberry

from pages_graphql.api.arguments import After, Before, Channel, First, Id, Last, Locale, ParentId, Path, Slug, Stage
from pages_graphql.api.connections import Connection
from pages_graphql.api.context import Info
from pages_graphql.api.view import narrowed
from pages_graphql.core.inputs import as_id
from pages_graphql.core.text import normalise_slug
from pages_graphql.pages import finding
from pages_graphql.pages.repository import lists, rows, tree
from pages_graphql.pages.routing import PathRoute
from pages_graphql.pages.types import Page
from pages_graphql.storage.window import asked


@strawberry.type
class PageQueries:
    """The root fields of pages and their routes."""

    @strawberry.field(description="The page of an id, where the View shows it.")
    async def page(
        self,
        info: Info,
        id: Id,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
    ) -> Page | None:
        """The page of an id."""
        view = narrowed(info.context.view, "pages", locale, channel, stage)
        uuid = as_id(id)
        found = await info.context.load(rows.by_ids, view, uuid) if uuid else None
        return found and Page(found)

    @strawberry.field(
        description="The page with a slug under a parent, or at the root; in the locale asked for, else along its chain."
    )
    async def page_by_slug(
        self,
        info: Info,
        slug: Slug,
        parent_id: ParentId = strawberry.UNSET,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
    ) -> Page | None:
        """The page with a slug."""
        view = narrowed(info.context.view, "pages", locale, channel, stage)
        parent = as_id(parent_id) if parent_id else None
        if parent_id and parent is None:
            return None
        found = await info.context.load(tree.by_slug, view, (parent, normalise_slug(slug)))
        return found and Page(found)

    @strawberry.field(description="The page that lives at a path; no redirect is followed.")
    async def page_by_path(
        self,
        info: Info,
        path: Path,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
    ) -> Page | None:
        """The page that lives at a path."""
        view = narrowed(info.context.view, "pages", locale, channel, stage)
        found = await info.context.load(finding.by_paths, view, path)
        return found and Page(found)

    @strawberry.field(description="All pages that the View shows, by position.")
    async def pages(
        self,
        info: Info,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Page] | None:
        """All pages that the View shows."""
        view = narrowed(info.context.view, "pages", locale, channel, stage)
        page = asked(
            "pages", *(value if value is not strawberry.UNSET else None for value in (first, after, last, before))
        )
        return Connection(await info.context.load(lists.pages, view, page))

    @strawberry.field(description="What a path leads to: a page, a redirect, gone, or nothing.")
    async def route(
        self,
        info: Info,
        path: Path,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
    ) -> PathRoute | None:
        """What a path leads to."""
        view = narrowed(info.context.view, "pages", locale, channel, stage)
        found = await info.context.load(finding.routes, view, path)
        return PathRoute.pick(found)(found)

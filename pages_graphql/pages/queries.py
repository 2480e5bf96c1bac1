"""Where reading pages begins."""

from dataclasses import replace

import strawberry

from pages_graphql.api.arguments import (
    After,
    Before,
    Channel,
    ExceptPageId,
    Filter,
    First,
    Id,
    Last,
    Locale,
    OneLocale,
    Ordering,
    ParentId,
    Path,
    Slug,
    Stage,
    Text,
)
from pages_graphql.api.connections import Connection
from pages_graphql.api.context import Info
from pages_graphql.api.inputs import known
from pages_graphql.api.problems import payload_view
from pages_graphql.api.view import known_locale, narrowed
from pages_graphql.core.access import Permission
from pages_graphql.core.errors import denied, wrong_argument
from pages_graphql.core.inputs import as_id
from pages_graphql.core.text import normalise_slug
from pages_graphql.core.view import Source, View
from pages_graphql.pages import finding
from pages_graphql.pages.block_types import PageBlockType
from pages_graphql.pages.blocks import block_types
from pages_graphql.pages.repository import lists, redirects, slugs, tree
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.orders import cursors_of
from pages_graphql.pages.routing import PathRoute
from pages_graphql.pages.slug_types import PageSlugAvailability
from pages_graphql.pages.types import Page, PathRedirect
from pages_graphql.pages.where import (
    PageOrder,
    PageWhere,
    PathRedirectWhere,
    id_of,
    order_of,
    redirects_of,
    where_of,
)
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
        found = await info.context.load(by_ids, view, uuid) if uuid else None
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
        found = await info.context.load(tree.by_slug, view, (id_of(parent_id), normalise_slug(slug)))
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

    @strawberry.field(description="The pages that the View shows and that fit, by position where nothing else is said.")
    async def pages(
        self,
        info: Info,
        where: Filter[PageWhere] = strawberry.UNSET,
        order_by: Ordering[PageOrder] = strawberry.UNSET,
        locale: Locale = strawberry.UNSET,
        channel: Channel = strawberry.UNSET,
        stage: Stage = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Page] | None:
        """The pages that the View shows."""
        view = narrowed(info.context.view, "pages", locale, channel, stage)
        order = order_of(known(order_by))
        page = asked(cursors_of(order), known(first), known(after), known(last), known(before))
        found = await info.context.load(lists.pages, view, lists.Asked(page, where_of(known(where), view), order))
        return Connection(found)

    @strawberry.field(description="The types of block that pages may have: every tenant's, then this one's own.")
    async def page_block_types(self, info: Info) -> list[PageBlockType]:
        """The types of block."""
        view = info.context.view
        return [PageBlockType(Source(row, None, view, view.locale)) for row in block_types(view.tenant)]

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

    @strawberry.field(
        description="Whether a slug can be used under a parent; null where there is no such parent to be seen; "
        "needs the right to create or change pages."
    )
    async def page_slug_availability(
        self,
        info: Info,
        slug: Slug,
        locale: OneLocale,
        parent_id: ParentId = strawberry.UNSET,
        except_page_id: ExceptPageId = strawberry.UNSET,
    ) -> PageSlugAvailability | None:
        """Whether a slug can be used."""
        view = writing_view(info.context.view, locale)
        key = slugs.Wanted(slug, view.locale, id_of(parent_id), id_of(except_page_id))
        found = await info.context.load(slugs.availability, view, key)
        return found and PageSlugAvailability(replace(found, view=view.but(channel=info.context.view.channel)))

    @strawberry.field(
        description="A slug made from a text, and free; null where there is no such parent to be seen; "
        "needs the right to create or change pages."
    )
    async def page_slug_suggestion(
        self, info: Info, text: Text, locale: OneLocale, parent_id: ParentId = strawberry.UNSET
    ) -> str | None:
        """A slug that is free."""
        view = writing_view(info.context.view, locale)
        key = slugs.Wanted(text, view.locale, id_of(parent_id), None)
        return await info.context.load(slugs.suggestions, view, key)

    @strawberry.field(description="The redirects that fit, by path; needs redirects:manage.")
    async def path_redirects(
        self,
        info: Info,
        where: Filter[PathRedirectWhere] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[PathRedirect] | None:
        """The redirects that fit."""
        view = info.context.view
        if not view.actor.may(Permission.REDIRECTS_MANAGE):
            raise denied(Permission.REDIRECTS_MANAGE.value, known=view.actor.id is not None)
        page = asked("redirects", known(first), known(after), known(last), known(before))
        return Connection(await info.context.load(redirects.redirects, view, (redirects_of(known(where)), page)))


def writing_view(view: View, locale: str) -> View:
    """How somebody who may write pages sees them in a locale of the tenant."""
    if not any(view.actor.might(needed) for needed in (Permission.PAGES_CREATE, Permission.PAGES_UPDATE)):
        raise denied(Permission.PAGES_CREATE.value, known=view.actor.id is not None)
    known_ = known_locale(locale)
    if known_ not in view.tenant.by_locale:
        raise wrong_argument(f"The tenant has no locale “{known_}”.")
    return payload_view(view, known_)

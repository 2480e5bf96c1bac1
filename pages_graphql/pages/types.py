"""Pages, as the graph shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import strawberry
from strawberry.scalars import JSON

from pages_graphql.api.connections import FORWARD, WINDOW, Connection
from pages_graphql.api.enums import describe
from pages_graphql.api.fields import Shown, column, derived, key, relation
from pages_graphql.api.kinds import Reference
from pages_graphql.api.references import by_id, key_field
from pages_graphql.api.stubs import User
from pages_graphql.core.view import ContentStage, ContentStatus
from pages_graphql.documents import shown as documents
from pages_graphql.documents.pointing import pages_referenced_by
from pages_graphql.documents.types import ContentReference, ContentRevision
from pages_graphql.pages import shown
from pages_graphql.pages.block_types import PageBlock
from pages_graphql.pages.in_view import OTHER_VIEW, in_view
from pages_graphql.pages.parts import PageBody, PageSeo
from pages_graphql.pages.repository import addresses, lists, tree
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.redirects import RedirectRow, former_paths, leading_to
from pages_graphql.pages.repository.revisions import revisions_of
from pages_graphql.pages.repository.rows import PageRow
from pages_graphql.routes.model import PathRedirectOrigin


def own_address(given: Mapping[str, Any]) -> tuple[str, str]:
    """The locale and the path in a gateway's key."""
    return key_field(given, "locale"), key_field(given, "path")


@strawberry.type(description="What a page says in one locale.")
class PageTranslation(Shown[PageRow]):
    """A page in one locale."""

    locale: str = key("locale", "The locale of this translation.")
    title: str = key("title", "The title in this locale.")
    slug: str = key("slug", "The last segment of the path in this locale.")
    path: str = derived(shown.path, "The path from the root in this locale, without the locale's URL prefix.")
    body: PageBody | None = key("body", "The text in this locale.")
    seo: PageSeo = key("", "What search engines and other sites are told.")
    blocks: list[PageBlock] = key("blocks", "The pieces in this locale, in order.")
    updated_at: datetime = key("updatedAt", "When this translation last changed.")


@strawberry.type(description="Where a page lives in one of its own locales.")
class PageAlternate(Shown[PageRow]):
    """An address in a locale."""

    locale: str = key("locale", "The locale of this address.")
    path: str = key("path", "The path from the root, without the locale's URL prefix.")
    url: str | None = key("url", "The whole URL; null where the channel has no base URL.")
    is_default: bool = key("isDefault", "Whether this is the tenant's default locale.")


@strawberry.type(description="A step on the way from the root to a page.")
class PageBreadcrumb(Shown[PageRow]):
    """A step on the way to a page."""

    title: str = key("translations.*.title", "The title of the page at this step.")
    path: str = derived(shown.path, "The path of the page at this step.")
    page_id: strawberry.ID = column("id", "The id of the page at this step.")


@strawberry.type(description="A path in a locale.")
class PagePath(Shown[PageRow]):
    """A path in a locale."""

    locale: str = key("locale", "The locale of the path.")
    path: str = key("path", "The path without its locale's URL prefix.")


@strawberry.federation.type(keys=["id", "path locale"], description="A document with an address, seen through a View.")
class Page(Shown[PageRow]):
    """A page, seen through a View."""

    references: ClassVar[Mapping[str, Reference]] = {
        "id": by_id(by_ids),
        "path locale": Reference(own_address, addresses.at_addresses),
    }

    id: strawberry.ID = column("id", "The same for ever.")
    view_key: strawberry.ID = derived(documents.view_key, "The id with the View: the key for a client's cache; opaque.")
    status: ContentStatus = derived(shown.status, "Where in its life the page is.")
    stage: ContentStage = derived(documents.stage, "The stage that this object shows.")
    version: int = column("version", "The concurrency token: every write to the page adds one.")
    has_unpublished_changes: bool = derived(
        shown.has_unpublished_changes, "Whether the draft differs from what readers see; false without a right to it."
    )
    template: str = column("template", "The name of the layout that apps show the page in.")
    channels: list[str] = derived(shown.channels, "The channels that see the page; empty: every one.")
    metadata: JSON = key("metadata", "Facts for apps; everyone who sees the page sees them.")
    locale: str = derived(documents.locale, "The locale that is really shown.")
    requested_locale: str = derived(documents.requested_locale, "The locale that was asked for.")
    is_fallback: bool = derived(documents.is_fallback, "Whether another locale is shown than was asked for.")
    available_locales: list[str] = derived(documents.in_order, "The locales the page has, in the tenant's order.")
    title: str = key("translations.*.title", "The title in the locale shown.")
    slug: str = key("translations.*.slug", "The last segment of the path in the locale shown.")
    path: str = derived(shown.path, "From the root, without the locale's URL prefix: /about/team.")
    url: str | None = derived(shown.url, "Base URL, locale prefix and path; null where the channel has no base URL.")
    body: PageBody | None = key("translations.*.body", "The text in the locale shown.")
    blocks: list[PageBlock] = derived(
        shown.shown_blocks, "The pieces in the locale shown, in order.", types="Only blocks of these types."
    )
    seo: PageSeo = key("translations.*", "What search engines and other sites are told.")
    translation: PageTranslation | None = derived(
        shown.translation, "The page in exactly this locale, or null.", locale="The locale, exactly."
    )
    translations: list[PageTranslation] = derived(shown.translations, "The page in each of its locales.")
    alternates: list[PageAlternate] = derived(shown.alternates, "Where the page lives in each of its locales.")
    parent: "Page | None" = relation(by_ids, "parent_id", "The page above, where the View shows it.")
    ancestors: "list[Page]" = relation(tree.ancestors, shown.itself, "The pages above, the root first.")
    breadcrumbs: list[PageBreadcrumb] = relation(
        tree.with_ancestors, shown.itself, "The way from the root to this page."
    )
    children: "Connection[Page]" = relation(lists.children, "id", "The pages below, in order.", **WINDOW)
    depth: int = relation(tree.depths, shown.itself, "How many pages stand above.")
    position: int = column("position", "Orders siblings; gaps are allowed.")
    is_home: bool = column("is_home", "Whether this is the tenant's home page, at the path /.")
    author: User | None = column("author_id", "Who made the page.")
    created_at: datetime = column("created_at", "When the page was made.")
    updated_at: datetime = derived(documents.updated_at, "When what is shown last changed.")
    published_at: datetime | None = column("published_at", "When it was last published.")
    first_published_at: datetime | None = column("first_published_at", "When it was first published.")
    archived_at: datetime | None = column("archived_at", "When it was archived.")
    revision: ContentRevision = derived(shown.revision, "The revision that is shown.")
    revisions: Connection[ContentRevision] | None = relation(
        revisions_of,
        shown.revisions_key,
        "All revisions, the newest first; null without the right to edit.",
        **FORWARD,
    )
    referenced_by: Connection[ContentReference] = relation(
        pages_referenced_by, "id", "Visible pages and menus that point here.", **FORWARD
    )
    redirects: "Connection[PathRedirect]" = relation(leading_to, "id", "Manual redirects that lead here.", **FORWARD)
    former_paths: list[PagePath] = relation(
        former_paths,
        "id",
        "Old live paths that lead here, the newest first.",
        first="At most so many: 0 to 100.",
    )
    in_view: "Page | None" = relation(
        in_view, "id", "The same page through another View; what is left out is as here.", **OTHER_VIEW
    )
    viewer_permissions: list[str] = derived(
        shown.viewer_permissions, "What the caller may do to this page; empty for anonymous callers."
    )


describe(
    PathRedirectOrigin,
    "Who made a redirect.",
    MANUAL="Somebody made it by hand.",
    IMPORTED="It came with imported content.",
)


@strawberry.type(description="A path, or all paths below it, that leads to a page or an outside URL.")
class PathRedirect(Shown[RedirectRow]):
    """A redirect."""

    id: strawberry.ID = column("id", "The same for ever.")
    from_path: str = column("from_path", "The path, without the locale's URL prefix.")
    locale: str | None = column("in_locale", "The locale it counts in; null: in every one.")
    is_prefix: bool = column("is_prefix", "Whether all paths below it lead there too.")
    status_code: int = column("status_code", "The HTTP status: 301, 302, 307 or 308.")
    origin: PathRedirectOrigin = column("made", "Who made it.")
    page: Page | None = relation(by_ids, "page_id", "The page that it leads to, where the View shows it.")
    location: str = column("location", "Where it leads: a path with its locale's prefix, or a whole URL.")
    created_at: datetime = column("created_at", "When it was made.")

"""The caller and his tenant, as the graph shows them."""

import strawberry

from pages_graphql.api.fields import Shown, column, derived
from pages_graphql.core.tenancy import Channel, Locale, Tenant
from pages_graphql.core.view import ContentStage, Source, View


@strawberry.type(description="A language that the tenant writes in.")
class ContentLocale(Shown[Locale]):
    """A locale of the tenant."""

    locale: str = column("locale", "As BCP 47 writes it.")
    url_prefix: str = column("url_prefix", "What stands before its paths in URLs: nothing, or /de.")
    fallbacks: list[str] = column("fallbacks", "The locales that stand in for it, the best first.")
    is_default: bool = column("is_default", "Whether it stands in for all others.")


@strawberry.type(description="A place where the tenant's content is shown.")
class ContentChannel(Shown[Channel]):
    """A channel of the tenant."""

    slug: str = column("slug", "What requests call it.")
    name: str = column("name", "What people call it.")
    base_url: str | None = column("base_url", "Where its URLs begin; null where it has none.")
    is_default: bool = column("is_default", "Whether requests that name no channel mean it.")


def _locales(tenant: Source[Tenant]) -> list[Source[Locale]]:
    return [Source(locale, None, tenant.view, tenant.locale) for locale in tenant.row.locales]


def _channels(tenant: Source[Tenant]) -> list[Source[Channel]]:
    return [Source(channel, None, tenant.view, tenant.locale) for channel in tenant.row.channels]


@strawberry.type(description="Whose content it is.")
class ContentTenant(Shown[Tenant]):
    """The tenant of the request."""

    id: strawberry.ID = column("id", "The same for ever.")
    slug: str = column("slug", "What requests call it.")
    name: str = column("name", "What people call it.")
    default_locale: str = column("default_locale", "The locale that stands in for all others.")
    locales: list[ContentLocale] = derived(_locales, "The languages it writes in, in its order.")
    channels: list[ContentChannel] = derived(_channels, "The places it is shown in, in its order.")


def _is_authenticated(viewer: Source[View]) -> bool:
    return viewer.row.actor.id is not None


def _id(viewer: Source[View]) -> str | None:
    return viewer.row.actor.id


def _permissions(viewer: Source[View]) -> list[str]:
    return sorted(permission.value for permission in viewer.row.actor.permissions)


def _tenant(viewer: Source[View]) -> Source[Tenant]:
    return Source(viewer.row.tenant, None, viewer.view, viewer.locale)


@strawberry.type(description="Who asks, and how he looks at the content.")
class ContentViewer(Shown[View]):
    """Who asks."""

    id: strawberry.ID | None = derived(_id, "The user's id; null for anonymous callers.")
    is_authenticated: bool = derived(_is_authenticated, "Whether a token said who asks.")
    tenant: ContentTenant = derived(_tenant, "Whose content he asks for.")
    permissions: list[str] = derived(_permissions, "What his token permits, sorted.")
    locale: str = column("locale", "The locale of the request.")
    channel: str | None = column("channel", "The channel of the request.")
    stage: ContentStage = column("stage", "The stage of the request.")


def viewer_of(view: View) -> ContentViewer:
    """Who asks, in a request's View."""
    return ContentViewer(Source(view, None, view, view.locale))

"""The View that a request's headers ask for: tenant, actor, locale, channel, stage."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from pages_graphql.api.identity import Identities
from pages_graphql.api.requests import RequestHeaders, header
from pages_graphql.core import locale as bcp47
from pages_graphql.core.errors import ProblemKind, RequestError
from pages_graphql.core.tenancy import Tenant
from pages_graphql.core.view import ContentStage, View

VIEW_HEADERS = ("Authorization", "X-Tenant-ID", "X-Tenant-Slug", "X-Locale", "Accept-Language", "X-Channel", "X-Stage")
"""The headers that an answer depends on: a cache keys on them."""


FRESH_S = 0.5
"""Seconds for which a View that was made is given to others; the directory of tenants adds its own."""

_MOST_KNOWN = 2_000
_SAYING = (b"host", *(name.lower().encode() for name in VIEW_HEADERS if name != "Authorization"))


class TenantDirectory(Protocol):
    """Whoever knows the tenants."""

    async def named(self, name: str) -> Tenant | None:
        """The tenant with this id, else with this slug."""
        ...

    async def by_slug(self, slug: str) -> Tenant | None:
        """The tenant with this slug."""
        ...

    async def by_host(self, host: str) -> Tenant | None:
        """The tenant whose host this is, with or without a port."""
        ...


@dataclass(frozen=True)
class Views:
    """Makes the View of each request."""

    tenants: TenantDirectory
    identities: Identities
    default_tenant: str | None = None
    _known: dict[Hashable, tuple[View, float]] = field(default_factory=dict[Hashable, tuple[View, float]])

    async def view(self, headers: RequestHeaders) -> View:
        """What a request sees; RequestError where a header says what cannot be.

        Requests without a token that say the same share their View for half a second.
        """
        if b"authorization" in headers:
            return await self.of(headers, await self.tenant(headers))
        same = tuple(map(headers.get, _SAYING))
        view, until = self._known.get(same, (None, 0.0))
        now = monotonic()
        if view is None or now >= until:
            view = await self.of(headers, await self.tenant(headers))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[same] = view, now + FRESH_S
        return view

    async def tenant(self, headers: RequestHeaders) -> Tenant:
        """The tenant that is meant; RequestError where there is none to serve."""
        if name := header(headers, b"x-tenant-id"):
            tenant = await self.tenants.named(name.lower())
        elif slug := header(headers, b"x-tenant-slug"):
            tenant = await self.tenants.by_slug(slug.lower())
        else:
            tenant = await self.tenants.by_host(header(headers, b"host"))
            if tenant is None and self.default_tenant is None:
                message = "Say whose content is meant: X-Tenant-ID, X-Tenant-Slug, or a tenant's host."
                raise RequestError("TENANT_REQUIRED", message)
            if tenant is None and self.default_tenant is not None:
                tenant = await self.tenants.by_slug(self.default_tenant)
        if tenant is None:
            raise RequestError("TENANT_NOT_FOUND", "There is no such tenant.", ProblemKind.NOT_FOUND, 404)
        if not tenant.is_enabled:
            raise RequestError("TENANT_DISABLED", "The tenant is disabled.", ProblemKind.FORBIDDEN, 403)
        return tenant

    async def of(self, headers: RequestHeaders, tenant: Tenant) -> View:
        """What a request sees of a tenant; RequestError where a header says what cannot be."""
        actor = await self.identities.actor(header(headers, b"authorization"), tenant)
        return View(tenant, actor, _locale(headers, tenant), _channel(headers, tenant), _stage(headers))


def _locale(headers: RequestHeaders, tenant: Tenant) -> str:
    if tag := header(headers, b"x-locale"):
        try:
            return bcp47.normalise(tag)
        except bcp47.InvalidLocale as error:
            raise _invalid("X-Locale", str(error)) from None
    wanted = bcp47.accepted(header(headers, b"accept-language"))
    matches = (bcp47.match(tag, tenant.by_locale) for tag in wanted)
    return next(filter(None, matches), tenant.default_locale)


def _channel(headers: RequestHeaders, tenant: Tenant) -> str | None:
    channel = header(headers, b"x-channel")
    if channel and channel not in tenant.by_channel:
        raise _invalid("X-Channel", "The tenant has no such channel.")
    return channel or tenant.default_channel


def _stage(headers: RequestHeaders) -> ContentStage:
    stage = header(headers, b"x-stage").upper() or ContentStage.LIVE.value
    try:
        return ContentStage(stage)
    except ValueError:
        raise _invalid("X-Stage", "A stage is LIVE or DRAFT.") from None


def _invalid(header: str, message: str) -> RequestError:
    return RequestError("VALIDATION_ERROR", f"{header}: {message}")

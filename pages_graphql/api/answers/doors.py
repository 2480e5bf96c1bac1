"""Which answers a request may be given, told by its headers: worked out once for all requests that say the same."""

from typing import TypeAlias

from pages_graphql.api.answers.cache import Space
from pages_graphql.api.ftv1 import asked_trace
from pages_graphql.api.headers import Views
from pages_graphql.api.requests import RequestHeaders, accepts_html, check_content_type, header, media_type
from pages_graphql.core.view import ContentStage

FRESH_S = 0.5
"""Seconds for which it holds; the directory of tenants adds its own."""

_MOST = 2_000
_SAYING = (
    b"host",
    b"accept",
    b"accept-language",
    b"apollo-federation-include-trace",
    b"authorization",
    b"content-type",
    b"x-channel",
    b"x-locale",
    b"x-stage",
    b"x-tenant-id",
    b"x-tenant-slug",
)
"""The headers that it depends on."""

Said: TypeAlias = tuple[str | bytes | None, ...]
"""What a request says of its View, and of the form that it takes the answer in."""


class Doors:
    """The spaces of the requests that were made lately."""

    def __init__(self, views: Views) -> None:
        """Know none yet."""
        self._views = views
        self._known: dict[Said, tuple[Space | None, float]] = {}

    def known(self, said: Said, now: float) -> Space | None:
        """The space of a request's answers, where it is known; `of` finds it out."""
        space, until = self._known.get(said, _UNKNOWN)
        return space if now < until else None

    async def of(self, said: Said, method: str, headers: RequestHeaders, now: float) -> Space | None:
        """The space of a request's answers; None where its answer is nobody else's."""
        space, until = self._known.get(said, _UNKNOWN)
        if now < until:
            return space
        space = await self._space(method, headers)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[said] = space, now + FRESH_S
        return space

    async def _space(self, method: str, headers: RequestHeaders) -> Space | None:
        accept = header(headers, b"accept")
        if header(headers, b"authorization") or asked_trace(headers) is not None:
            return None
        if method not in {"GET", "POST"} or (method == "GET" and accepts_html(accept)):
            return None
        try:
            if method == "POST":
                check_content_type(header(headers, b"content-type"))
            tenant = await self._views.tenant(headers)
            view = await self._views.of(headers, tenant)
        except Exception:  # noqa: BLE001 -- what lies beneath meets it too, and says what it is
            return None
        if view.stage is not ContentStage.LIVE:
            return None
        return tenant, view.locale, view.channel, media_type(accept)


_UNKNOWN: tuple[Space | None, float] = (None, 0.0)


def said_by(method: str, headers: RequestHeaders) -> Said:
    """What a request with these headers says."""
    return (method, *map(headers.get, _SAYING))

"""URLs of the tenant's own channels: read as paths, and followed to where they lead."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from pages_graphql.core.errors import RedirectLoop, Refused
from pages_graphql.core.paths import join, segments
from pages_graphql.core.tenancy import Tenant
from pages_graphql.routes.lookup import Answer, answers, lives
from pages_graphql.routes.rules import Place
from pages_graphql.storage.work import Work

_PORTS = {"http": 80, "https": 443}


async def page_behind(work: Work, url: str, path: str, leads: Callable[[str], bool]) -> UUID | None:
    """The live page that a URL of the tenant's own leads to in the end, if any.

    Refused where it comes back to `path`, from where a redirect is to lead: `leads` says whether it would from another.
    """
    way, place = [path], own_place(work.tenant, url)
    while place is not None:
        answer = await _answer(work, place)
        if answer and answer.page_id:
            return answer.page_id if (await lives(await work.read(), [answer.page_id]))[0] else None
        if leads(place[1]):
            raise Refused(RedirectLoop(*way, place[1]))
        if answer is None or answer.url is None or place[1] in way:
            return None
        way.append(place[1])
        place = own_place(work.tenant, answer.url)
    return None


async def _answer(work: Work, place: Place) -> Answer | None:
    locale, path = place
    read = await work.read()
    [answer] = await answers(replace(read, view=read.view.but(locale=locale)), [segments(path) or ()])
    return answer


def own_place(tenant: Tenant, url: str) -> Place | None:
    """The locale and the path that a URL under a channel's base URL asks for; the longest fitting prefix says the locale."""
    parts = urlsplit(url)
    for channel in tenant.channels:
        base = urlsplit(channel.base_url or "")
        above = base.path.rstrip("/")
        if base.hostname and _host(base) == _host(parts) and f"{parts.path}/".startswith(f"{above}/"):
            return _in_locale(tenant, parts.path.removeprefix(above))
    return None


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    """Where a URL is served; whether by http or https, one leads to the other."""
    port = parts.port
    return parts.hostname, None if port == _PORTS.get(parts.scheme) else port


def _in_locale(tenant: Tenant, path: str) -> Place | None:
    fitting = [known for known in tenant.locales if f"{path}/".startswith(f"{known.url_prefix}/")]
    locale = max(fitting, key=lambda known: len(known.url_prefix), default=None)
    found = segments(path.removeprefix(locale.url_prefix)) if locale else None
    return (locale.locale, join(found)) if locale and found is not None else None

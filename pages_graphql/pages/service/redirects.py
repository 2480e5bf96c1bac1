"""Redirects that people make."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from pages_graphql.core.errors import Conflict, Invalid, NotFound, Problem, RedirectLoop, Refused, refuse_if
from pages_graphql.core.events import Event
from pages_graphql.core.inputs import as_id
from pages_graphql.core.paths import join, segments
from pages_graphql.core.urls import safe_url
from pages_graphql.pages.commands import CreatePathRedirect, DeletePathRedirect
from pages_graphql.pages.content import URL_LENGTH
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common
from pages_graphql.pages.service.own_urls import page_behind
from pages_graphql.routes import redirects
from pages_graphql.routes import repository as routes
from pages_graphql.routes.model import PathRedirectOrigin, Redirect
from pages_graphql.routes.rules import Place
from pages_graphql.storage.work import Work

_STATUS_CODES = (301, 302, 307, 308)


async def create_path_redirect(
    work: Work, command: CreatePathRedirect, origin: PathRedirectOrigin = PathRedirectOrigin.MANUAL
) -> Redirect:
    """Let a path, or all below it, lead to a page or an outside URL."""
    work.require(command.needs)
    await routes.lock(work)
    problems: list[Problem] = []
    path = _path(command, problems)
    locale = command.locale or ""
    if command.locale is not None and command.locale not in work.tenant.by_locale:
        problems.append(Invalid(f"The tenant has no locale “{command.locale}”.", "locale"))
    if command.status_code not in _STATUS_CODES:
        problems.append(Invalid("The status is 301, 302, 307 or 308.", "statusCode"))
    page = await _page(work, command, problems)
    refuse_if(problems)
    if command.url is not None:
        page = await page_behind(work, command.url, path, lambda asked: _leads_from(command, path, asked))
    await _refuse_loop(work, command, path, page)
    if not command.is_prefix:
        await _refuse_current(work, *((each, path) for each in ([locale] if locale else work.tenant.by_locale)))
    redirect = _row(work, command, path, origin)
    redirect.page_id, redirect.url = page, None if page else command.url
    await _add(work, [redirect])
    return redirect


async def create_page_redirects(
    work: Work, commands: Sequence[CreatePathRedirect], origin: PathRedirectOrigin
) -> list[Redirect]:
    """Let exact paths, each in a locale, lead to pages: what `create_path_redirect` writes of each, in few statements.

    Refused whole; asked for by itself, each tells why.
    """
    made: list[Redirect] = []
    problems: list[Problem] = []
    work.require(CreatePathRedirect.needs)
    await routes.lock(work)
    pages = await writing.locked(work, [id for command in commands if (id := as_id(command.page_id))])
    for command in commands:
        redirect = _row(work, command, _path(command, problems), origin)
        redirect.page_id = as_id(command.page_id)
        page = redirect.page_id and pages.get(redirect.page_id)
        if not page or not common.sees(work, page) or redirect.locale not in work.tenant.by_locale:
            problems.append(Invalid("Redirects made at once lead to pages, each in a locale of the tenant.", "pageId"))
        made.append(redirect)
    refuse_if(problems)
    await _refuse_current(work, *((redirect.locale, redirect.from_path) for redirect in made))
    paths = await routes.current(work, pages)
    for redirect in made:
        if redirect.page_id and paths.get(redirect.page_id, {}).get(redirect.locale) == redirect.from_path:
            raise Refused(RedirectLoop(redirect.from_path, redirect.from_path))
    await _add(work, made)
    return made


def _row(work: Work, command: CreatePathRedirect, path: str, origin: PathRedirectOrigin) -> Redirect:
    return Redirect(
        tenant_id=work.tenant.id,
        id=work.new_id(),
        from_path=path,
        locale=command.locale or "",
        is_prefix=command.is_prefix,
        status_code=command.status_code,
        origin=origin.value,
        created_at=work.now,
        created_by=work.actor.id,
    )


async def _add(work: Work, made: Sequence[Redirect]) -> None:
    """Keep redirects, and tell the world."""
    if not await redirects.add(work, *made):
        raise Refused(Conflict("PATH_IN_USE", "There is a redirect from this path already.", "fromPath"))
    for redirect in made:
        work.record(redirect, Event("redirect.created", redirect.id, redirect.version))


def _path(command: CreatePathRedirect, problems: list[Problem]) -> str:
    found = segments(command.from_path)
    if found is None:
        problems.append(Invalid("This is no path that could be asked for.", "fromPath"))
    return join(found or ())


async def _page(work: Work, command: CreatePathRedirect, problems: list[Problem]) -> UUID | None:
    """The page to lead to, where one is given; what is wrong with it, or with an outside URL, is added to `problems`."""
    if (command.page_id is None) == (command.url is None):
        problems.append(Invalid("Give `pageId` or `url`, one of them.", "pageId"))
    elif command.url is not None and not _is_outside(command.url):
        message = f"An outside URL begins with http:// or https:// and has at most {URL_LENGTH:,} characters."
        problems.append(Invalid(message, "url"))
    elif command.page_id is not None:
        try:
            return (await common.find(work, command.page_id, "pageId")).id
        except Refused as refused:
            problems += refused.problems
    return None


def _is_outside(url: str) -> bool:
    return len(url) <= URL_LENGTH and safe_url(url) and urlsplit(url).scheme in {"http", "https"}


def _leads_from(command: CreatePathRedirect, path: str, asked: str) -> bool:
    """Whether the redirect would lead from an asked path; in the end, every chain asks in every locale."""
    return asked == path or (command.is_prefix and f"{asked}/".startswith(f"{path.rstrip('/')}/"))


async def _refuse_current(work: Work, *places: Place) -> None:
    if await routes.occupied(work, places):
        raise Refused(Conflict("PATH_IN_USE", "A published page lives at this path.", "fromPath"))


async def _refuse_loop(work: Work, command: CreatePathRedirect, path: str, page: UUID | None) -> None:
    """Stop a redirect from where its own page lives, and a prefix over it: it would lead back to itself."""
    if page is None:
        return
    paths = (await routes.current(work, [page])).get(page, {})
    for locale, target in paths.items():
        over = command.is_prefix and f"{target}/".startswith(f"{path.rstrip('/')}/")
        if command.locale in (None, locale) and (target == path or over):
            raise Refused(RedirectLoop(path, target))


async def delete_path_redirect(work: Work, command: DeletePathRedirect) -> UUID:
    """Take a redirect away."""
    work.require(command.needs)
    await routes.lock(work)
    id = as_id(command.id)
    redirect = await redirects.get(work, id) if id else None
    if redirect is None:
        raise Refused(NotFound("redirect", command.id, "id"))
    redirect.version += 1
    work.record(redirect, Event("redirect.deleted", redirect.id, redirect.version))
    await work.session.flush()
    await redirects.remove(work, redirect)
    return redirect.id

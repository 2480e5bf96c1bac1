"""Renaming a page at once, for readers too."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Invalid, Problem, refuse_if
from pages_graphql.core.text import normalise_slug
from pages_graphql.core.view import ContentStage
from pages_graphql.documents import lifecycle
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.pages.commands import ChangePageSlug
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.events import page_event
from pages_graphql.pages.model import Page, PagePublication
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service import common, projections
from pages_graphql.pages.service.locating import locating
from pages_graphql.pages.service.publish import tell_moves
from pages_graphql.routes import repository as routes
from pages_graphql.routes.rules import Place
from pages_graphql.routes.service import claim, claimed, clashes, home_places, reroute
from pages_graphql.storage.work import Work


async def change_page_slug(work: Work, command: ChangePageSlug) -> Page:
    """Give a page another slug in one locale, in the draft and in what is live, and publish nothing else."""
    await routes.lock(work)
    page = await common.target(work, command, Permission.PAGES_PUBLISH)
    common.refuse_archived(page)
    draft, live = await writing.draft(work, page), await writing.live(work, page)
    slug = normalise_slug(command.slug)
    refuse_if(_faults(work, command.locale, slug, draft, live))
    renamed = _renamed(draft.content, command.locale, slug)
    shown = _renamed(live.content, command.locale, slug) if live else None
    before = (await claimed(work, [page.id]))[page.id]
    claims = {page.id: replace(before, draft=slugs(renamed), live=slugs(shown) if shown else {})}
    if claims[page.id] == before:
        return page
    refuse_if(await _placed(work, claims))
    home = await writing.home(work)
    left = set[Place]() if command.keep_redirect else await home_places(work, home)
    await _save(work, page, (draft, renamed), (live, shown) if live and shown else None, command.note)
    await claim(work, claims)
    lifecycle.touch(work, page, shown=claims[page.id].live != before.live)
    work.record(page, page_event("updated", page, renamed))
    if page.is_live:
        with locating("slug"):
            changes = await reroute(work, [page.id], home=home, keep=command.keep_redirect, left=left)
            await tell_moves(work, page, changes)
    return page


def _faults(work: Work, locale: str, slug: str, *contents: Saved | None) -> Iterator[Problem]:
    if not any(content and locale in content.content["translations"] for content in contents):
        yield Invalid(f"The page has no translation in “{locale}”.", "locale")
    if not 1 <= len(slug) <= work.limits.max_slug:
        yield Invalid(f"A slug has 1 to {work.limits.max_slug} characters.", "slug")


async def _placed(work: Work, claims: Mapping[Any, Any]) -> list[Any]:
    problems = await clashes(work, claims)
    for problem in problems:
        problem.path = ["slug"]
    return problems[:1]


def _renamed(content: Mapping[str, Any], locale: str, slug: str) -> dict[str, Any]:
    texts = dict(content["translations"])
    if locale in texts:
        texts[locale] = {**texts[locale], "slug": slug}
    return {**content, "translations": texts}


async def _save(
    work: Work,
    page: Page,
    draft: tuple[Saved, dict[str, Any]],
    live: tuple[Saved, dict[str, Any]] | None,
    note: str | None,
) -> None:
    """Append a revision to what is live, if that changes, and one to the draft where it says something else then."""
    if live is not None and live[1] != live[0].content:
        await common.save(work, page, live[1], live[0], note)
        last = (await writing.publications(work, [page.id])).get(page.id)
        columns = lifecycle.replace_live(work, page, last, note)
        work.pending.insert(PagePublication, {"page_id": page.id, **columns})
        await projections.project(work, ContentStage.LIVE, {page.id: live[1]})
    if lifecycle.differs(page, draft[1]):
        await common.save(work, page, draft[1], draft[0], note)

"""What comes of writing pages, as the graph shows it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import strawberry

from pages_graphql.api.context import Info
from pages_graphql.api.fields import Shown, column, derived, named, relation
from pages_graphql.api.problems import ContentProblem, Outcome, attempt, named_locale, payload_view, shows_problem
from pages_graphql.core import errors
from pages_graphql.core.inputs import Command
from pages_graphql.core.view import Source
from pages_graphql.documents.pointing import ReferenceRow, shown
from pages_graphql.documents.types import ContentReference
from pages_graphql.pages.model import Page as PageRecord
from pages_graphql.pages.repository import redirects
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.types import Page, PathRedirect
from pages_graphql.routes.model import Redirect
from pages_graphql.storage.work import Work

C = TypeVar("C", bound=Command)


@shows_problem
@strawberry.type(description="Another page has this slug, or its path.")
class ContentSlugTakenProblem(ContentProblem):
    """The slug is taken."""

    of = errors.SlugTaken

    slug: str = column("slug", "The slug that was wanted.")
    locale: str = column("locale", "The locale that it was wanted in.")
    taken_by: Page | None = relation(by_ids, "taken_by", "Who has it; null where the caller may not see it.")
    suggestion: str = column("suggestion", "A slug that is free.")


@shows_problem
@strawberry.type(description="A redirect that would lead back to itself.")
class ContentRedirectLoopProblem(ContentProblem):
    """A redirect in a circle."""

    of = errors.RedirectLoop

    cycle: list[str] = column("cycle", "The paths on the way round.")


def pointing(problem: Source[errors.StillReferenced]) -> list[Source[ReferenceRow]]:
    """Who points at what shall go."""
    return [shown(row, problem.view) for row in problem.row.references]


@shows_problem
@strawberry.type(description="Others point at what shall go.")
class ContentStillReferencedProblem(ContentProblem):
    """Others point here."""

    of = errors.StillReferenced

    pointing: list[ContentReference] = named("references", derived(pointing, "Who points, and from where."))


@strawberry.type(description="What came of a write to a page.")
class PagePayload(Shown[Outcome]):
    """What came of it."""

    page: Page | None = column("result", "The page as it is now; null where nothing was done.")
    problems: list[ContentProblem] = column("problems", "What to mend; empty where it was done.")


@strawberry.type(description="What came of taking something away.")
class ContentDeletePayload(Shown[Outcome]):
    """What came of it."""

    deleted_id: strawberry.ID | None = column("deleted_id", "The id of what is gone; null where nothing was done.")
    problems: list[ContentProblem] = column("problems", "What to mend; empty where it was done.")


@strawberry.type(description="What came of making a redirect.")
class PathRedirectPayload(Shown[Outcome]):
    """What came of it."""

    redirect: PathRedirect | None = column("result", "The redirect; null where nothing was done.")
    problems: list[ContentProblem] = column("problems", "What to mend; empty where it was done.")


async def written(
    info: Info, command: type[C], given: object, act: Callable[[Work, C], Awaitable[PageRecord]]
) -> PagePayload:
    """Do a use case on a page, and show the page as it left it."""
    page, problems = await attempt(info.context, command, given, act)
    view = payload_view(info.context.view, named_locale(given))
    shown = await info.context.load(by_ids, view, page.id) if page else None
    return PagePayload(Source(Outcome(shown, problems=problems), None, view, view.locale))


async def deleted(
    info: Info, command: type[C], given: object, act: Callable[[Work, C], Awaitable[UUID]]
) -> ContentDeletePayload:
    """Do a use case that takes something away."""
    id, problems = await attempt(info.context, command, given, act)
    view = payload_view(info.context.view)
    return ContentDeletePayload(Source(Outcome(None, id and str(id), problems), None, view, view.locale))


async def redirected(
    info: Info, command: type[C], given: object, act: Callable[[Work, C], Awaitable[Redirect]]
) -> PathRedirectPayload:
    """Do a use case that makes a redirect."""
    redirect, problems = await attempt(info.context, command, given, act)
    view = payload_view(info.context.view)
    shown = await info.context.load(redirects.by_ids, view, redirect.id) if redirect else None
    return PathRedirectPayload(Source(Outcome(shown, problems=problems), None, view, view.locale))

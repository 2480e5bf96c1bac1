"""Where writing pages begins."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import strawberry

from pages_graphql.api.arguments import Given
from pages_graphql.api.context import Info
from pages_graphql.api.fields import Shown, column, relation
from pages_graphql.api.problems import ContentProblem, Outcome, attempt, payload_view, shows_problem
from pages_graphql.core import errors
from pages_graphql.core.inputs import Command
from pages_graphql.core.view import Source
from pages_graphql.pages import commands, inputs
from pages_graphql.pages.model import Page as PageRecord
from pages_graphql.pages.repository import rows
from pages_graphql.pages.service.create import create_page
from pages_graphql.pages.service.publish import publish_page, unpublish_page
from pages_graphql.pages.service.update import update_page
from pages_graphql.pages.types import Page
from pages_graphql.storage.work import Work

C = TypeVar("C", bound=Command)


@shows_problem
@strawberry.type(description="Another page has this slug, or its path.")
class ContentSlugTakenProblem(ContentProblem):
    """The slug is taken."""

    of = errors.SlugTaken

    slug: str = column("slug", "The slug that was wanted.")
    locale: str = column("locale", "The locale that it was wanted in.")
    taken_by: Page | None = relation(rows.by_ids, "taken_by", "Who has it; null where the caller may not see it.")
    suggestion: str = column("suggestion", "A slug that is free.")


@strawberry.type(description="What came of a write to a page.")
class PagePayload(Shown[Outcome]):
    """What came of it."""

    page: Page | None = column("result", "The page as it is now; null where nothing was done.")
    problems: list[ContentProblem] = column("problems", "What to mend; empty where it was done.")


async def written(
    info: Info, command: type[C], given: object, act: Callable[[Work, C], Awaitable[PageRecord]]
) -> PagePayload:
    """Do a use case on a page, and show the page as it left it."""
    page, problems = await attempt(info.context, command, given, act)
    view = payload_view(info.context.view, command_locale(given))
    shown = await info.context.load(rows.by_ids, view, page.id) if page else None
    return PagePayload(Source(Outcome(shown, problems=problems), None, view, view.locale))


def command_locale(given: object) -> str | None:
    """The locale that an input names: its own, or that of its first translation."""
    translations: list[inputs.PageTranslationInput] = getattr(given, "translations", None) or []
    return getattr(given, "locale", None) or next((text.locale for text in translations), None)


@strawberry.type
class PageMutations:
    """The mutations of pages."""

    @strawberry.mutation(description="Make a page; it is a draft unless `publish` says otherwise.")
    async def create_page(self, info: Info, input: Given[inputs.CreatePageInput]) -> PagePayload | None:
        """Make a page."""
        return await written(info, commands.CreatePage, input, create_page)

    @strawberry.mutation(description="Change a page's draft, or its template and channels.")
    async def update_page(self, info: Info, input: Given[inputs.UpdatePageInput]) -> PagePayload | None:
        """Change a page."""
        return await written(info, commands.UpdatePage, input, update_page)

    @strawberry.mutation(description="Show readers the draft.")
    async def publish_page(self, info: Info, input: Given[inputs.PublishPageInput]) -> PagePayload | None:
        """Publish a page."""
        return await written(info, commands.PublishPage, input, publish_page)

    @strawberry.mutation(description="Take the page from readers; its paths answer gone.")
    async def unpublish_page(self, info: Info, input: Given[inputs.UnpublishPageInput]) -> PagePayload | None:
        """Unpublish a page."""
        return await written(info, commands.UnpublishPage, input, unpublish_page)

"""What comes of writing menus, as the graph shows it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import strawberry

from pages_graphql.api.context import Info
from pages_graphql.api.fields import Shown, column
from pages_graphql.api.problems import ContentProblem, Outcome, attempt, named_locale, payload_view
from pages_graphql.core.inputs import Command
from pages_graphql.core.view import Source
from pages_graphql.menus.model import Menu as MenuRecord
from pages_graphql.menus.repository import rows
from pages_graphql.menus.types import Menu
from pages_graphql.storage.work import Work

C = TypeVar("C", bound=Command)


@strawberry.type(description="What came of a write to a menu.")
class MenuPayload(Shown[Outcome]):
    """What came of it."""

    menu: Menu | None = column("result", "The menu as it is now; null where nothing was done.")
    problems: list[ContentProblem] = column("problems", "What to mend; empty where it was done.")


async def written(
    info: Info, command: type[C], given: object, act: Callable[[Work, C], Awaitable[MenuRecord]]
) -> MenuPayload:
    """Do a use case on a menu, and show the menu as it left it."""
    menu, problems = await attempt(info.context, command, given, act)
    view = payload_view(info.context.view, named_locale(given))
    shown = await info.context.load(rows.by_ids, view, menu.id) if menu else None
    return MenuPayload(Source(Outcome(shown, problems=problems), None, view, view.locale))

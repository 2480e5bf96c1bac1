"""Which menu holds which place in the layout."""

from collections.abc import Sequence

from pages_graphql.core.errors import Conflict, Invalid, NotFound, Problem
from pages_graphql.menus.content import Binding
from pages_graphql.menus.model import Menu
from pages_graphql.menus.repository import writing
from pages_graphql.storage.work import Work


async def taken(work: Work, bindings: Sequence[Binding]) -> list[Problem]:
    """A problem for each place, at its place in the list, that is nowhere, given twice, or held by a menu."""
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for n, binding in enumerate(bindings):
        if problem := unknown_channel(work, binding.channel):
            problems.append(problem.under(n))
        elif place_of(binding) in seen:
            problems.append(Invalid("This place is given twice.", n))
        elif await writing.binding(work, *place_of(binding)):
            problems.append(place_taken(n, "location"))
        seen.add(place_of(binding))
    return problems


def place_of(binding: Binding) -> tuple[str, str]:
    """A place as it is kept: '' is every channel."""
    return binding.channel or "", binding.location.value


def unknown_channel(work: Work, channel: str | None) -> Problem | None:
    """A problem where the tenant lacks a channel that is named."""
    if channel is None or channel in work.tenant.by_channel:
        return None
    return NotFound("channel", channel, "channel")


def place_taken(*path: str | int) -> Problem:
    """The problem of a place that another menu holds."""
    return Conflict("BINDING_TAKEN", "Another menu holds this place.", *path)


async def bind_new(work: Work, menu: Menu, bindings: Sequence[Binding]) -> list[Problem]:
    """Give a new menu places that were free; a problem for each where another work was faster."""
    return [
        place_taken(n, "location")
        for n, binding in enumerate(bindings)
        if not await writing.take_place(work, menu, *place_of(binding))
    ]

"""Which menu holds which place in the layout."""

from collections.abc import Sequence

from pages_graphql.core.access import Permission
from pages_graphql.core.errors import Conflict, Invalid, NotFound, Problem, Refused, refuse_if
from pages_graphql.documents import lifecycle
from pages_graphql.menus.commands import BindMenu, PlaceCommand, UnbindMenu
from pages_graphql.menus.content import Binding
from pages_graphql.menus.events import menu_event
from pages_graphql.menus.model import Menu, MenuBinding
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service import common
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


def place_of(binding: Binding | PlaceCommand) -> tuple[str, str]:
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


async def bind_menu(work: Work, command: BindMenu) -> Menu:
    """Let a menu hold a place; acts at once, and takes it from another where asked."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    if problem := unknown_channel(work, command.channel):
        raise Refused(problem)
    place = place_of(command)
    held = await writing.binding(work, *place)
    if held is None and menu.is_live:
        work.require(Permission.MENUS_PUBLISH)
    if held is None and not await writing.take_place(work, menu, *place):
        held = await writing.binding(work, *place)
    if held is not None and held.menu_id == menu.id:
        return menu
    if held is not None:
        await _take_over(work, menu, held, command)
    _tell(work, menu)
    return menu


async def _take_over(work: Work, menu: Menu, held: MenuBinding, command: BindMenu) -> None:
    """Take a place from the menu that holds it."""
    if not command.replace:
        raise Refused(place_taken("location"))
    if menu.is_live or await writing.is_live(work, held.menu_id):
        work.require(Permission.MENUS_PUBLISH)
    await writing.give_place(work, held, menu)


async def unbind_menu(work: Work, command: UnbindMenu) -> Menu:
    """Let a menu hold a place no more; acts at once, and does nothing where it does not hold it."""
    menu = await common.permitted(work, command.id, command.needs, command.expected_version, "id")
    held = await writing.binding(work, *place_of(command))
    if held is None or held.menu_id != menu.id:
        refuse_if([problem] if (problem := unknown_channel(work, command.channel)) else [])
        return menu
    if menu.is_live:
        work.require(Permission.MENUS_PUBLISH)
    await writing.leave_place(work, held)
    _tell(work, menu)
    return menu


def _tell(work: Work, menu: Menu) -> None:
    lifecycle.touch(work, menu, shown=menu.is_live)
    work.record(menu, menu_event("updated", menu))

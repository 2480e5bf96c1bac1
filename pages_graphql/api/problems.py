"""What the caller can mend, as data; and the one way every mutation is made."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, ClassVar, TypeVar, cast

import strawberry

from pages_graphql.api.context import Context
from pages_graphql.api.enums import describe
from pages_graphql.api.fields import Shown, column
from pages_graphql.core import errors
from pages_graphql.core import locale as bcp47
from pages_graphql.core.access import Permission
from pages_graphql.core.errors import ProblemKind, Refused
from pages_graphql.core.inputs import Command, parse_rest
from pages_graphql.core.view import ContentStage, ContentStatus, Source, View
from pages_graphql.storage.work import Work

describe(
    ProblemKind,
    "What sort of mending a problem asks for.",
    name="ContentProblemKind",
    VALIDATION="The input breaks a rule.",
    NOT_FOUND="There is no such thing to be seen.",
    CONFLICT="Something else is in the way.",
    FORBIDDEN="A permission is missing.",
    BUSINESS_LOGIC="A rule of the house says no.",
    RATE_LIMITED="It was too much at once.",
)
describe(
    ContentStatus,
    "Where in its life a page or a menu is.",
    DRAFT="Readers do not see it.",
    SCHEDULED="Readers do not see it yet.",
    PUBLISHED="Readers see it.",
    ARCHIVED="It was put away.",
)


@strawberry.interface(description="Something that the caller can mend.")
class ContentProblem(Shown[errors.Problem]):
    """Something that the caller can mend."""

    of: ClassVar[type[errors.Problem]] = errors.Problem

    code: str = column("code", "Stable, for programs.")
    kind: ProblemKind = column("kind", "What sort of mending it asks for.")
    message: str = column("message", "A sentence for the user.")
    path: list[str] = column("path", "Names and indices of the input, from outside in; empty for the whole input.")

    @classmethod
    def pick(cls, source: Source[Any]) -> "type[ContentProblem]":
        """The type of problem that the error is."""
        return PROBLEMS[type(source.row)]


@strawberry.type(description="The input breaks a rule that it could keep.")
class ContentValidationProblem(ContentProblem):
    """The input is wrong."""

    of = errors.Invalid


@strawberry.type(description="There is no such thing, or none that the caller may see.")
class ContentNotFoundProblem(ContentProblem):
    """Nothing was found."""

    of = errors.NotFound

    id: strawberry.ID | None = column("id", "The id that found nothing.")


@strawberry.type(description="The caller lacks a permission.")
class ContentForbiddenProblem(ContentProblem):
    """Not permitted."""

    of = errors.Forbidden

    permission: str = column("permission", "The permission that would do.")


@strawberry.type(description="Somebody else was faster.")
class ContentVersionConflictProblem(ContentProblem):
    """Another version is there."""

    of = errors.VersionConflict

    expected_version: int = column("expected_version", "The version that the caller read.")
    actual_version: int = column("actual_version", "The version that is there now.")


@strawberry.type(description="The state of things forbids it.")
class ContentStateProblem(ContentProblem):
    """The state forbids it."""

    of = errors.Conflict

    status: ContentStatus | None = column("status", "The status that is in the way.")


PROBLEMS: dict[type[errors.Problem], type[ContentProblem]] = {
    type_.of: type_
    for type_ in (
        ContentValidationProblem,
        ContentNotFoundProblem,
        ContentForbiddenProblem,
        ContentVersionConflictProblem,
        ContentStateProblem,
    )
}


def shows_problem(type_: type[ContentProblem]) -> type[ContentProblem]:
    """Let this type show the problems that it is `of`; for types that need what stands above `api`."""
    PROBLEMS[type_.of] = type_
    return type_


@dataclass(frozen=True)
class Outcome:
    """What came of a use case: what it changed, or why it did nothing."""

    result: Source[Any] | None = None
    deleted_id: str | None = None
    problems: tuple[Source[errors.Problem], ...] = ()


C = TypeVar("C", bound=Command)
R = TypeVar("R")


def given(value: object) -> Any:
    """What a caller gave, as JSON with the graph's names: what he left out is not there."""
    if is_dataclass(value) and not isinstance(value, type):
        names = cast(Any, type(value)).__strawberry_definition__.fields
        graph = {field.python_name: _name(field) for field in names}
        parts = {graph[part.name]: getattr(value, part.name) for part in fields(value)}
        return {name: given(part) for name, part in parts.items() if part is not strawberry.UNSET}
    if isinstance(value, list):
        return [given(item) for item in cast(list[object], value)]
    return value.value if isinstance(value, Enum) else value


def _name(field: Any) -> str:
    head, *rest = field.python_name.split("_")
    return field.graphql_name or head + "".join(part.capitalize() for part in rest)


async def attempt(
    context: Context, model: type[C], value: object, act: Callable[[Work, C], Awaitable[R]]
) -> tuple[R | None, tuple[Source[errors.Problem], ...]]:
    """Do a use case as one Work; what the caller can mend comes back as problems."""
    view = payload_view(context.view)
    try:
        demand(view, model.needs)
        command, faults = parse_rest(model, cast(Mapping[str, Any], given(value)))
        async with context.begin() as work:
            return await _done(work, command, faults, act), ()
    except Refused as refused:
        problems = [Source(problem, None, view, view.locale) for problem in refused.problems]
        return None, tuple(problems)


async def _done(work: Work, command: C, faults: Sequence[errors.Problem], act: Callable[[Work, C], Awaitable[R]]) -> R:
    """What a use case answers; where the input was at fault, what else it would refuse is told with the faults."""
    try:
        result = await act(work, command)
    except Refused as refused:
        known = {tuple(fault.path) for fault in faults}
        raise Refused(*faults, *(problem for problem in refused.problems if tuple(problem.path) not in known)) from None
    if faults:
        raise Refused(*faults)
    return result


def payload_view(view: View, locale: str | None = None) -> View:
    """How a mutation shows what it changed: as a draft, in every channel, in the locale that it wrote."""
    return view.but(stage=ContentStage.DRAFT, channel=None, locale=locale or view.locale)


def named_locale(given: object) -> str | None:
    """The locale that an input names: its own, or that of its first translation, or of its item's."""
    translations: list[Any] = getattr(given, "translations", None) or []
    translations = translations or getattr(getattr(given, "item", None), "translations", None) or []
    named = getattr(given, "locale", None) or next((text.locale for text in translations), None)
    try:
        return named and bcp47.normalise(named)
    except bcp47.InvalidLocale:
        return None


def demand(view: View, permission: Permission) -> None:
    """Stop a caller who may do this to nothing at all, before his input is read."""
    if not view.actor.might(permission):
        raise Refused(errors.Forbidden(permission.value, known=view.actor.id is not None))

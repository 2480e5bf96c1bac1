"""What goes wrong: what the caller can mend, and what ends his request."""

from collections.abc import Iterable, Sequence
from enum import Enum
from uuid import UUID


class ProblemKind(Enum):
    """What sort of mending a problem asks for."""

    VALIDATION = "VALIDATION"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    FORBIDDEN = "FORBIDDEN"
    BUSINESS_LOGIC = "BUSINESS_LOGIC"
    RATE_LIMITED = "RATE_LIMITED"


class Problem:
    """A rule said no: a stable code, a sentence for the user, and the place in the input."""

    kind = ProblemKind.BUSINESS_LOGIC

    def __init__(self, code: str, message: str, *path: str | int) -> None:
        """Say what is wrong and where."""
        self.code = code
        self.message = message
        self.path = [str(step) for step in path]

    def under(self, *path: str | int) -> "Problem":
        """The same, with its place seen from further out."""
        self.path = [*(str(step) for step in path), *self.path]
        return self


class Invalid(Problem):
    """The input breaks a rule that it can keep."""

    kind = ProblemKind.VALIDATION

    def __init__(self, message: str, *path: str | int, code: str = "VALIDATION_ERROR") -> None:
        """Say what is wrong and where."""
        super().__init__(code, message, *path)


class NotFound(Problem):
    """There is no such thing, or none this actor may see."""

    kind = ProblemKind.NOT_FOUND

    def __init__(self, what: str, id: object, *path: str | int) -> None:
        """Name the thing (`page`, `menu`, …) and the id that found nothing."""
        super().__init__(f"{what.upper().replace(' ', '_')}_NOT_FOUND", f"There is no such {what}.", *path)
        self.id = str(id)


class Forbidden(Problem):
    """The actor lacks a permission."""

    kind = ProblemKind.FORBIDDEN

    def __init__(self, permission: str, *, known: bool, path: Iterable[str] = ()) -> None:
        """Name the permission that would do; `known` says whether we know who asks."""
        code = "PERMISSION_DENIED" if known else "UNAUTHENTICATED"
        super().__init__(code, f"This needs the permission {permission}.", *path)
        self.permission = permission


class Conflict(Problem):
    """The state of things forbids it."""

    kind = ProblemKind.CONFLICT

    def __init__(self, code: str, message: str, *path: str | int, status: Enum | None = None) -> None:
        """Say what is in the way; `status` is the status that is."""
        super().__init__(code, message, *path)
        self.status = status


class SlugTaken(Problem):
    """Another page has this slug, or its path."""

    kind = ProblemKind.CONFLICT

    def __init__(self, slug: str, locale: str, taken_by: UUID | None, suggestion: str, *path: str | int) -> None:
        """Name who has it, and offer one that is free."""
        super().__init__("DUPLICATE_SLUG", f"The slug “{slug}” is taken; “{suggestion}” is free.", *path)
        self.slug = slug
        self.locale = locale
        self.taken_by = taken_by
        self.suggestion = suggestion


class VersionConflict(Problem):
    """Somebody else was faster."""

    kind = ProblemKind.CONFLICT

    def __init__(self, what: str, expected: int, actual: int) -> None:
        """Name both versions."""
        message = f"Somebody changed this {what} since: read it again, then repeat your change."
        super().__init__(f"{what.upper()}_VERSION_CONFLICT", message, "expectedVersion")
        self.expected_version = expected
        self.actual_version = actual


class StillReferenced(Problem):
    """Others point at what shall go."""

    kind = ProblemKind.CONFLICT

    def __init__(self, references: Sequence[object]) -> None:
        """Name them: rows of the reference projection."""
        super().__init__("STILL_REFERENCED", "Other pages or menus point here: change them first.", "id")
        self.references = references


class RedirectLoop(Problem):
    """A redirect that would lead back to itself."""

    kind = ProblemKind.CONFLICT

    def __init__(self, *cycle: str) -> None:
        """Name the paths on the way round."""
        super().__init__("REDIRECT_LOOP", "This redirect would lead back to itself.", "fromPath")
        self.cycle = list(cycle)


class Refused(Exception):
    """A use case that did nothing, with all the reasons at once."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the reasons; there is at least one."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def refuse_if(problems: Iterable[Problem]) -> None:
    """Stop where there is any problem, with all of them."""
    if found := tuple(problems):
        raise Refused(*found)


class RequestError(Exception):
    """What ends a request or a field of it: code, kind and HTTP status go to the client with the message."""

    def __init__(self, code: str, message: str, kind: ProblemKind = ProblemKind.VALIDATION, status: int = 400) -> None:
        """Say what is wrong to the client."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.kind = kind
        self.status = status


def denied(permission: str, *, known: bool) -> RequestError:
    """The error of a query's field that needs `permission`."""
    problem = Forbidden(permission, known=known)
    return RequestError(problem.code, problem.message, ProblemKind.FORBIDDEN, 200)


def wrong_argument(message: str) -> RequestError:
    """The error of a query's field whose argument breaks a rule."""
    return RequestError("VALIDATION_ERROR", message, ProblemKind.VALIDATION, 200)


def busy() -> RequestError:
    """The error of a write that waited too long for another."""
    message = "The database is busy with other writes: try again."
    return RequestError("DATABASE_BUSY", message, ProblemKind.CONFLICT, 503)

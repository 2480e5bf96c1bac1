"""Where an input is told of what is wrong with slugs and paths: they are checked by locale, and inputs are lists."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager

from pages_graphql.core.errors import Problem, Refused


def located(problems: Iterable[Problem], locales: Sequence[str], *path: str) -> list[Problem]:
    """Problems whose paths begin with a locale, placed where the input gives that locale; else at `path`."""
    found: list[Problem] = []
    for problem in problems:
        locale, *rest = problem.path or [""]
        problem.path = ["translations", str(locales.index(locale)), *rest] if locale in locales else list(path)
        found.append(problem)
    return found


@contextmanager
def locating(*path: str, locales: Sequence[str] = ()) -> Generator[None]:
    """Place what claiming slugs and making routes refuse: where the input gives the locale, else at `path`."""
    try:
        yield
    except Refused as refused:
        raise Refused(*located(refused.problems, locales, *path)) from None

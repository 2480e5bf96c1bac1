"""The rules of locales in what is written: each is the tenant's, and given once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pages_graphql.core.errors import Invalid, Problem
from pages_graphql.core.tenancy import Tenant


def wrong_locales(tenant: Tenant, locales: Sequence[str]) -> Iterator[Problem]:
    """A problem, at `locale` of its place in the list, for each that the tenant lacks or that is given twice."""
    seen: set[str] = set()
    for n, locale in enumerate(locales):
        if locale not in tenant.by_locale:
            yield Invalid(f"The tenant has no locale “{locale}”.", n, "locale")
        if locale in seen:
            yield Invalid(f"The locale “{locale}” is given twice.", n, "locale")
        seen.add(locale)


def unknown_locales(tenant: Tenant, locales: Iterable[str]) -> Iterator[Problem]:
    """A problem for each locale of a revision that the tenant has lost since."""
    for locale in locales:
        if locale not in tenant.by_locale:
            yield Invalid(f"This revision speaks “{locale}”, which the tenant does no more.", "revision")


def without(translations: Mapping[str, Any], locales: Sequence[str]) -> tuple[dict[str, Any], list[Problem]]:
    """The translations without some locales, and a problem, at its place in the list, for each that is not there."""
    kept = dict(translations)
    problems: list[Problem] = []
    for n, locale in enumerate(locales):
        if kept.pop(locale, None) is None:
            problems.append(Invalid(f"There is no translation in “{locale}”.", n))
    return kept, problems

"""What can be done to a tenant's locales: each says what the tenant is then, or refuses; nothing is written here."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from pages_graphql.core import locale as bcp47
from pages_graphql.core.errors import Conflict, Invalid, NotFound, Problem, Refused, refuse_if
from pages_graphql.core.tenancy import Locale, Tenant
from pages_graphql.tenants.names import is_url_prefix


@dataclass(frozen=True)
class NewLocale:
    """A locale to add; without a prefix the default locale has none, and the URLs of others begin with their tag."""

    locale: str
    url_prefix: str | None = None
    fallbacks: Sequence[str] = ()


@dataclass(frozen=True)
class LocaleChange:
    """What shall be different in a locale; None leaves it as it is."""

    locale: str
    url_prefix: str | None = None
    fallbacks: Sequence[str] | None = None
    is_default: bool = False


def with_locale(tenant: Tenant, new: NewLocale, among: Container[str] = ()) -> Tenant:
    """The tenant with one more locale, which comes last; `among` are locales that it will have too."""
    tag, *fallbacks = _normalised(new.locale, *new.fallbacks)
    default_prefix = f"/{tag.lower()}" if tenant.locales else ""
    prefix = default_prefix if new.url_prefix is None else new.url_prefix
    locale = Locale(tag, prefix, _once(fallbacks), is_default=not tenant.locales)
    problems: list[Problem] = []
    if tag in tenant.by_locale:
        problems.append(Conflict("VALIDATION_ERROR", f"There is a locale {tag} already.", "locale"))
    refuse_if([*problems, *_problems(tenant.locales, locale, among)])
    return replace(tenant, locales=(*tenant.locales, locale))


def with_change(tenant: Tenant, change: LocaleChange) -> Tenant:
    """The tenant with other facts of one of its locales."""
    old = _known(tenant, change.locale)
    fallbacks = old.fallbacks if change.fallbacks is None else _once(_normalised(*change.fallbacks))
    prefix = old.url_prefix if change.url_prefix is None else change.url_prefix
    new = Locale(old.locale, prefix, fallbacks, is_default=old.is_default or change.is_default)
    others = [locale for locale in tenant.locales if locale is not old]
    refuse_if(_problems(others, new))
    if change.is_default:
        others = [replace(locale, is_default=False) for locale in others]
    by_tag = {locale.locale: locale for locale in (*others, new)}
    return replace(tenant, locales=tuple(by_tag[tag] for tag in tenant.by_locale))


def without_locale(tenant: Tenant, locale: str) -> Tenant:
    """The tenant without one of its locales, which none of the others falls back on any more."""
    old = _known(tenant, locale)
    if old.locale == tenant.default_locale:
        message = f"{old.locale} is the default locale: make another the default first."
        raise Refused(Conflict("VALIDATION_ERROR", message, "locale"))
    left = [
        replace(other, fallbacks=tuple(tag for tag in other.fallbacks if tag != old.locale))
        for other in tenant.locales
        if other is not old
    ]
    return replace(tenant, locales=tuple(left))


def with_order(tenant: Tenant, order: Sequence[str]) -> Tenant:
    """The tenant with the same locales in this order."""
    tags = _normalised(*order)
    if sorted(tags) != sorted(tenant.by_locale):
        raise Refused(Invalid(f"Name each locale once: {' '.join(tenant.by_locale)}.", "locales"))
    return replace(tenant, locales=tuple(tenant.by_locale[tag] for tag in tags))


def _known(tenant: Tenant, locale: str) -> Locale:
    [tag] = _normalised(locale)
    if tag not in tenant.by_locale:
        raise Refused(NotFound("locale", tag, "locale"))
    return tenant.by_locale[tag]


def _problems(others: Iterable[Locale], locale: Locale, among: Container[str] = ()) -> list[Problem]:
    """What is wrong with a locale beside the others."""
    others = list(others)
    known = {other.locale for other in others}
    problems: list[Problem] = []
    if not is_url_prefix(locale.url_prefix):
        problems.append(Invalid("A URL prefix is empty, or one segment such as /de.", "urlPrefix"))
    if locale.url_prefix in {other.url_prefix for other in others}:
        problems.append(Invalid(f"Another locale has the URL prefix “{locale.url_prefix}”.", "urlPrefix"))
    unknown = [tag for tag in locale.fallbacks if tag == locale.locale or not (tag in known or tag in among)]
    if unknown:
        problems.append(Invalid(f"{', '.join(unknown)}: a locale falls back on others of its tenant.", "fallbacks"))
    return problems


def _normalised(*tags: str) -> list[str]:
    refuse_if(problem for tag in tags for problem in tag_problems(tag))
    return [bcp47.normalise(tag) for tag in tags]


def _once(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))


def tag_problems(tag: str) -> list[Problem]:
    """A problem where this is no BCP 47 tag."""
    try:
        _ = bcp47.normalise(tag)
    except bcp47.InvalidLocale as error:
        return [Invalid(str(error), "locale")]
    return []

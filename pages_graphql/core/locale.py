"""Locales: BCP 47 tags, and the order in which a page's translations are tried."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain as joined
from typing import cast

from langcodes.tag_parser import LanguageTagError, parse_tag  # pyright: ignore[reportUnknownVariableType]

LOCALE_LENGTH = 35
"""How many characters a tag may have: what BCP 47 asks every implementation to take."""

_ACCEPTED = re.compile(
    r"\s*(?P<tag>[A-Za-z0-9_-]+)\s*(?:;\s*[qQ]\s*=\s*(?P<quality>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)


_parse = cast("Callable[[str], list[tuple[str, str]]]", parse_tag)


class InvalidLocale(ValueError):
    """What was given is no BCP 47 language tag."""

    def __init__(self, tag: str) -> None:
        """Say which, in characters that can be shown anywhere."""
        super().__init__(f"{tag[:LOCALE_LENGTH]!a} is not a BCP 47 language tag.")
        self.tag = tag


def normalise(tag: str) -> str:
    """`tag` in the case and with the hyphens that BCP 47 recommends: `pt_br` becomes `pt-BR`.

    Only the writing changes: no subtag is replaced, dropped, added or moved (`iw` stays `iw`, `en-Latn-US` keeps its
    script), and none is looked up, so a language nobody has registered is well-formed too. What has another form, or
    more than 35 characters, is an `InvalidLocale`.
    """
    if len(tag) > LOCALE_LENGTH:
        raise InvalidLocale(tag)
    try:
        parsed = _parse(tag)
    except LanguageTagError:
        raise InvalidLocale(tag) from None
    normalised = "-".join(subtag for _, subtag in parsed)
    if not language(normalised).isalpha():
        raise InvalidLocale(tag)
    return normalised


def language(tag: str) -> str:
    """The primary language of a tag: `de` of `de-AT`."""
    return tag.partition("-")[0]


def accepted(header: str) -> list[str]:
    """The normalised tags of an `Accept-Language` header, best first; what is malformed, `*` or refused is left out."""
    qualities: dict[str, float] = {}
    for part in header.split(","):
        found = _ACCEPTED.fullmatch(part)
        if found is None:
            continue
        try:
            tag = normalise(found["tag"])
        except InvalidLocale:
            continue
        quality = float(found["quality"] or 1)
        qualities[tag] = max(quality, qualities.get(tag, 0))
    return sorted((tag for tag, quality in qualities.items() if quality), key=lambda tag: -qualities[tag])


def match(wanted: str, available: Iterable[str]) -> str | None:
    """The tag among `available` that is nearest to `wanted`: itself, else cut from its end (the lookup of RFC 4647)."""
    there = set(available)
    return next((tag for tag in _cut(wanted) if tag in there), None)


def chain(
    requested: str, fallbacks: Mapping[str, Sequence[str]], default: str, order: Sequence[str]
) -> tuple[str, ...]:
    """The locales of a tenant in the order in which a page shows them to who asked for `requested`; each once.

    That is the requested one, its fallbacks, what is left of it cut from its end down to its language, the tenant's
    default, and the rest in the tenant's `order`. All tags are normalised; those not in `order` are left out.
    """
    wanted = joined([requested], fallbacks.get(requested, ()), _cut(requested), [default], order)
    return tuple(dict.fromkeys(locale for locale in wanted if locale in order))


def _cut(tag: str) -> Iterable[str]:
    subtags = tag.split("-")
    while subtags:
        yield "-".join(subtags)
        _ = subtags.pop()
        if subtags and len(subtags[-1]) == 1:
            _ = subtags.pop()

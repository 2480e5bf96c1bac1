"""How the values of a bundle's rows are read; a ValueError says what one is not."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Final, TypeAlias, cast
from uuid import UUID

import orjson

from pages_graphql.core import locale as bcp47
from pages_graphql.core.json_schema import refusals

Read: TypeAlias = Callable[[object], object]

_INTEGERS: Final = range(-(2**31), 2**31)


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no text that can be kept")
    return value


def number(value: object) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool) or value not in _INTEGERS:
        raise ValueError("no number that can be kept")
    return value


def boolean(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")  # noqa: TRY004 -- of the file, not of the code
    return value


def id(value: object) -> UUID:
    """A UUID."""
    try:
        return UUID(text(value))
    except ValueError:
        raise ValueError("no id") from None


def moment(value: object) -> datetime:
    """A time, in UTC."""
    try:
        found = datetime.fromisoformat(text(value))
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("no time") from None
    raise ValueError("a time without its offset")


def locale(value: object) -> str:
    """A locale, as this service writes it."""
    tag = text(value)
    try:
        is_one = bcp47.normalise(tag) == tag
    except bcp47.InvalidLocale:
        is_one = False
    if not is_one:
        raise ValueError("no locale")
    return tag


def locales(value: object) -> str:
    """The text of a JSON list of locales."""
    for each in _listed(value, "locales"):
        _ = locale(each)
    return text(value)


def texts(value: object) -> str:
    """The text of a JSON list of texts."""
    for each in _listed(value, "texts"):
        _ = text(each)
    return text(value)


def json_schema(value: object) -> str:
    """The text of a JSON Schema that a type of block may have."""
    if problems := refusals(text(value)):
        raise ValueError(f"no schema for blocks: {problems[0].message}")
    return text(value)


def one_of(choices: type[Enum]) -> Read:
    """One of the values of an enum."""
    known = {choice.value for choice in choices}

    def read(value: object) -> str:
        if text(value) not in known:
            raise ValueError(f"none of {', '.join(sorted(known))}")
        return text(value)

    return read


def _listed(value: object, what: str) -> list[object]:
    try:
        found: object = orjson.loads(text(value))
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, list):
        raise ValueError(f"no list of {what}")  # noqa: TRY004 -- of the file, not of the code
    return cast("list[object]", found)

"""Content in which every string can be told from every other, to see where it comes out."""

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLList, get_named_type, get_nullable_type

from tests.pages.block_examples import EXAMPLES
from tests.walker import CORE

CANARY = re.compile(r"qz([a-z]+)qz\d+qz")
KEPT = {"locale", "type", "channel", "channels", "format", "size", "phone", "location", "provider"}
"""Strings of an input that must be what they are."""
OMITTED = {"id", "parentId", "beforeId", "afterId", "pageId", "expectedVersion", "bindings", "removeLocales", "entity"}
"""Parts of an input that are not content."""
URLS = {"url", "src", "canonicalUrl"}


class Nest:
    """Makes canaries of one kind."""

    def __init__(self, kind: str) -> None:
        self.kind, self.numbers = kind, count()
        self.laid: set[str] = set()

    def lay(self) -> str:
        """A new canary."""
        canary = f"qz{self.kind}qz{next(self.numbers)}qz"
        self.laid.add(canary)
        return canary

    def input(self, name: str, **given: Any) -> dict[str, Any]:
        """An input of a type with a canary in every string, and what is given."""
        type_ = CORE.type_map[name]
        assert isinstance(type_, GraphQLInputObjectType)
        parts = {part: field for part, field in type_.fields.items() if part not in OMITTED and part not in given}
        made = {part: self.part(part, field) for part, field in parts.items()}
        return {part: value for part, value in {**made, **given}.items() if value is not None}

    def part(self, name: str, field: Any) -> Any:
        """A part of an input with a canary in every string; None where it is not content."""
        type_ = get_named_type(field.type)
        if name in ("translations", "blocks", "items", "children"):
            return {"translations": self.texts, "blocks": self.blocks, "items": self.items}.get(name, lambda _: [])(
                type_
            )
        if isinstance(type_, GraphQLInputObjectType):
            return self.input(type_.name)
        value = self.string(name) if type_.name in ("String", "ID") and name not in KEPT else None
        if type_.name == "JSON":
            value = {"public": self.lay(), "list": [self.lay()]}
        return [value] if value and isinstance(get_nullable_type(field.type), GraphQLList) else value

    def texts(self, type_: Any) -> list[dict[str, Any]]:
        """What something says in two locales."""
        return [self.input(type_.name, locale=locale) for locale in ("en", "de")]

    def items(self, type_: Any) -> list[dict[str, Any]]:
        """Items of a menu, two deep."""
        below = self.input(type_.name, link={"url": self.string("url")})
        return [self.input(type_.name, children=[below], link={"url": self.string("url")})]

    def blocks(self, _: Any) -> list[dict[str, Any]]:
        """A block of every type, each overridden in a locale."""
        return [
            {
                "type": one.type,
                "data": self.data("", one.data),
                "overrides": [{"locale": "de", "data": self.data("", one.data)}],
            }
            for one in EXAMPLES
        ]

    def data(self, name: str, part: Any) -> Any:
        """The data of a block with a canary in every string."""
        if isinstance(part, dict):
            return {key: self.data(key, value) for key, value in part.items()}
        if isinstance(part, list):
            return [self.data(name, item) for item in part]
        return self.string(name, part) if isinstance(part, str) else part

    def string(self, name: str, was: str = "https://shop.example/") -> str:
        """A string with a canary, fit for its place."""
        if name in KEPT:
            return was
        if name in URLS:
            return f"{was.partition('?')[0].partition('#')[0].rstrip('x')}{self.lay()}"
        return f"{self.lay()}@mail.example" if name == "email" else self.lay()


def heard(part: Any) -> set[str]:
    """All canaries in an answer, those in keys, in errors and in what is encoded too."""
    if isinstance(part, dict):
        return set().union(*(heard(key) | heard(value) for key, value in part.items()))
    if isinstance(part, list):
        return set().union(*map(heard, part))
    return (
        {found[0] for text in readings(part) for found in CANARY.finditer(text.lower())}
        if isinstance(part, str)
        else set()
    )


def readings(text: str) -> Iterator[str]:
    """A text, and what it says if it is an encoded one."""
    yield text
    if re.fullmatch(r"[A-Za-z0-9_+/-]{12,}={0,2}", text):
        try:
            yield base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode(errors="replace")
        except binascii.Error:
            return


def kinds(canaries: set[str]) -> set[str]:
    """Of which kinds some canaries are."""
    return {found[1] for canary in canaries if (found := CANARY.fullmatch(canary))}

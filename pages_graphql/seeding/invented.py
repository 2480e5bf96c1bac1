"""What a seed makes up: pure functions of its number and a page's, so the same everywhere and every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from pages_graphql.core.tenancy import Tenant

BELOW = 3
"""How many pages stand below each but the last: 100,000 are eleven deep."""
ITEMS_A_MENU = 60
TEXTS = 256
"""How many different texts there are for bodies, and for blocks: rendering is what takes time."""

_WORDS = (
    "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "harbour",
    "island", "juniper", "kestrel", "lantern", "meadow", "nettle", "orchard", "pebble",
    "quarry", "river", "saffron", "thistle", "umber", "valley", "willow", "yarrow",
    "zephyr", "atlas", "beacon", "cobalt", "dune", "elm", "fern", "glade",
)  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """What there is to say about each page of a seed."""

    tenant: Tenant
    seed: int

    def number(self, *about: object) -> int:
        """A number that looks random, and is the same every time."""
        return int.from_bytes(self._digest(8, about))

    def words(self, count: int, *about: object) -> str:
        """Up to 64 words."""
        return " ".join(_WORDS[byte % len(_WORDS)] for byte in self._digest(count, about))

    def parent(self, n: int) -> int | None:
        """The page above a page; the first is above all."""
        return (n - 1) // BELOW if n else None

    def lineage(self, n: int) -> list[int]:
        """A page and those above it, the nearest first."""
        parent = self.parent(n)
        return [n] if parent is None else [n, *self.lineage(parent)]

    def may_be_live(self, n: int) -> bool:
        """Whether readers see a page where they see the one above: most."""
        return n == 0 or self.number("live", n) % 20 > 0

    def is_live(self, n: int) -> bool:
        """Whether readers see a page; none below one that they do not see."""
        return all(self.may_be_live(above) for above in self.lineage(n))

    def locales(self, n: int) -> list[str]:
        """The locales that a page speaks: the tenant's own, and three of four others."""
        number = self.number("locale", n)
        own = self.tenant.default_locale
        others = list(self.tenant.by_locale)
        return [locale for at, locale in enumerate(others) if locale == own or (number >> 2 * at) % 4]

    def names(self, n: int) -> dict[str, tuple[str, str]]:
        """The title and the slug of a page in each of its locales; no other page's slug has its number."""
        titles = {locale: self.words(3, "title", n, locale).capitalize() for locale in self.locales(n)}
        if n == 0:
            return {locale: (title, f"seed-{self.seed}") for locale, title in titles.items()}
        return {locale: (title, f"{title.replace(' ', '-').lower()}-{n}") for locale, title in titles.items()}

    def body(self, n: int, locale: str) -> str:
        """The body of a page, one of a few."""
        return self._bodies[self.number("body", n, locale) % TEXTS]

    def blocks(self, n: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """The types and data of a page's blocks, none to three."""
        number = self.number("blocks", n)
        for each in range(number % 4):
            part = number >> 8 * (each + 1)
            if part % 2:
                yield "hero", {"title": self.words(3, "hero", part % TEXTS).capitalize()}
            else:
                yield "text", {"text": {"format": "PLAIN", "content": self.words(25, "text", part % TEXTS)}}

    def page(self, n: int) -> dict[str, Any]:
        """The input that makes a page, but for its parent."""
        return {
            "translations": [
                {"locale": locale, "title": title, "slug": slug, "body": {"content": self.body(n, locale)}}
                for locale, (title, slug) in self.names(n).items()
            ],
            "blocks": [{"type": type_, "data": data} for type_, data in self.blocks(n)],
            "metadata": {"seed": {"number": n}},
            "publish": self.is_live(n),
        }

    def menu(self, m: int, ids: list[str]) -> dict[str, Any]:
        """The input that makes a menu: an item for each of some pages, four below each fifth."""
        chosen = [ids[self.number("item", m, n) % len(ids)] for n in range(min(ITEMS_A_MENU, len(ids)))]
        items = [{"link": {"pageId": id}} for id in chosen]
        names = [{"locale": locale, "name": f"Menu {m}"} for locale in self.tenant.by_locale]
        tops = [{**items[n], "children": items[n + 1 : n + 5]} for n in range(0, len(items), 5)]
        return {"handle": f"seed-{self.seed}-{m}", "translations": names, "items": tops, "publish": True}

    @cached_property
    def _bodies(self) -> list[str]:
        return [
            "\n\n".join(f"{self.words(40, 'body', k, each).capitalize()}." for each in range(1 + k % 4))
            for k in range(TEXTS)
        ]

    def _digest(self, size: int, about: tuple[object, ...]) -> bytes:
        return blake2b(repr((self.seed, *about)).encode(), digest_size=size).digest()

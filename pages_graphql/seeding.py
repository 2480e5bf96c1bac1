"""Much made-up content to try things with: the same for the same number, whatever the machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from time import perf_counter
from typing import Any

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.inputs import parse
from pages_graphql.core.tenancy import Tenant
from pages_graphql.menus.commands import CreateMenu
from pages_graphql.menus.service.create import create_menu
from pages_graphql.pages.commands import CreatePage
from pages_graphql.pages.service.create import create_page
from pages_graphql.storage.database import Database
from pages_graphql.storage.work import Work

SeedProgress = Callable[[str, int, int], None]
"""Told what is being made (`pages`, `menus`), how much of it is, and how much there will be."""

SEEDER = Actor("seed", ROLES[Role.ADMIN])
BELOW = 3
"""How many pages stand below each but the last: 100,000 are eleven deep."""
WORK_S = 0.5
"""After how many seconds a Work begins no further page: others who write wait for it."""
PAGES_A_MENU = 1_000
ITEMS_A_MENU = 60

_WORDS = (
    "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "harbour",
    "island", "juniper", "kestrel", "lantern", "meadow", "nettle", "orchard", "pebble",
    "quarry", "river", "saffron", "thistle", "umber", "valley", "willow", "yarrow",
    "zephyr", "atlas", "beacon", "cobalt", "dune", "elm", "fern", "glade",
)  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """What there is to say about each page of a seed: pure functions of its number."""

    tenant: Tenant
    seed: int

    def number(self, *about: object) -> int:
        """A number that looks random, and is the same every time."""
        return int.from_bytes(blake2b(repr((self.seed, *about)).encode(), digest_size=8).digest())

    def words(self, count: int, *about: object) -> str:
        """Some words."""
        return " ".join(_WORDS[self.number(*about, n) % len(_WORDS)] for n in range(count))

    def parent(self, n: int) -> int | None:
        """The page above a page; the first is above all."""
        return (n - 1) // BELOW if n else None

    def is_live(self, n: int) -> bool:
        """Whether readers see a page: most, and none below one that they do not see."""
        parent = self.parent(n)
        return parent is None or (self.number("live", n) % 20 > 0 and self.is_live(parent))

    def locales(self, n: int) -> Iterator[str]:
        """The locales that a page speaks: the tenant's own, and two of three others."""
        for locale in self.tenant.by_locale:
            if locale == self.tenant.default_locale or self.number("locale", locale, n) % 3:
                yield locale

    def page(self, n: int) -> dict[str, Any]:
        """The input that makes a page, but for its parent."""
        return {
            "translations": [self._text(n, locale) for locale in self.locales(n)],
            "blocks": [self._block(n, each) for each in range(self.number("blocks", n) % 4)],
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

    def _text(self, n: int, locale: str) -> dict[str, Any]:
        title = self.words(3, "title", n, locale).capitalize()
        slug = f"{title}-{n}" if n else f"seed-{self.seed}"
        paragraphs = [self.words(40, "body", n, locale, each) for each in range(1 + self.number("length", n) % 4)]
        body = {"content": "\n\n".join(f"{text.capitalize()}." for text in paragraphs)}
        return {"locale": locale, "title": title, "slug": slug, "body": body}

    def _block(self, n: int, each: int) -> dict[str, Any]:
        if self.number("type", n, each) % 2:
            return {"type": "hero", "data": {"title": self.words(3, "hero", n, each).capitalize()}}
        text = {"format": "PLAIN", "content": self.words(25, "text", n, each)}
        return {"type": "text", "data": {"text": text}}


async def seed(database: Database, tenant: Tenant, pages: int, seed: int, progress: SeedProgress) -> None:
    """Make so many pages in all locales of a tenant, below one root, and menus that link to them.

    Refused where the tenant has a root page of this seed already.
    """
    invented = Invented(tenant, seed)
    ids: list[str] = []
    while len(ids) < pages:
        async with database.begin(tenant, SEEDER) as work:
            await _make_some(work, invented, ids, pages)
        progress("pages", len(ids), pages)
    menus = 1 + pages // PAGES_A_MENU
    for m in range(menus):
        async with database.begin(tenant, SEEDER) as work:
            _ = await create_menu(work, parse(CreateMenu, invented.menu(m, ids)))
        progress("menus", m + 1, menus)


async def _make_some(work: Work, invented: Invented, ids: list[str], count: int) -> None:
    """Make further pages, until there are so many or the Work is long enough."""
    until = perf_counter() + WORK_S
    while len(ids) < count and perf_counter() < until:
        parent = invented.parent(len(ids))
        given = {"parentId": None if parent is None else ids[parent], **invented.page(len(ids))}
        ids.append(str((await create_page(work, parse(CreatePage, given))).id))

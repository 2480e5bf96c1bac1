"""Loads that differ in one size alone: pages, items of a menu, fields selected, writes beside."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from benchmarks import asking, deck
from benchmarks.bench import check, prepared
from benchmarks.content import Alike, make_menu, make_tenant, plant
from benchmarks.pressure import Beside, Effort
from benchmarks.questions import FIRST, MENU, PAGE, PAGES, SELECTIONS, Operation, by_slug, edit, routes
from benchmarks.rounds import Load, Rounds, in_turn
from benchmarks.services import Service, Services, Variant, has_cache
from pages_graphql.seeding.invented import Invented
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database

ASKED = 1_000
"""How many pages of a large tenant are asked for, spread over all."""


class Curve(NamedTuple):
    """What came of loads of several sizes, by what their size is called."""

    name: str
    sizes: Mapping[str, Rounds]


@dataclass(frozen=True)
class Ground:
    """Where curves are measured: databases, processes, decks, all of which go in the end."""

    create: Callable[[str], str]
    folder: Path
    stack: ExitStack
    engine: str
    effort: Effort
    advance: Callable[[], object]
    _numbers: Iterator[int] = field(default_factory=count)

    def services(self, url: str) -> Services:
        """What starts services on a database."""
        return Services(url, self.folder)

    def service(self, services: Services, *, with_cache: bool = False, with_others: bool = False) -> Service:
        """A process of one service."""
        return self.stack.enter_context(services.started(Variant(self.engine, with_cache), with_others=with_others))[0]

    def load(self, service: Service, operations: Sequence[Operation], token: str = "") -> Load:
        """Operations to ask of a service, which has answered the first of them well."""
        requests = [asking.post(operation, token) for operation in operations]
        _ = check("The service", asking.ask(service.port, requests[0]))
        file = self.folder / f"deck-{next(self._numbers)}"
        deck.write(file, requests)
        return Load([service], file)

    def curve(self, name: str, loads: Mapping[str, Load]) -> Curve:
        """What comes of loads in turn."""
        return Curve(name, in_turn(loads, self.effort, self.advance))


class Planted(NamedTuple):
    """Live pages of a large tenant: slugs and parents, and what to edit."""

    slugs: list[dict[str, str | None]]
    ids: list[UUID]


async def planted(url: str, pages: int) -> Planted:
    """Some pages of a new tenant that has so many, in a tree, as `pages-graphql seed` makes them."""
    await migrations.upgrade(url)
    database = Database(url)
    try:
        invented = Invented(await make_tenant(database), 1)
        ids = await plant(database, invented, pages)
    finally:
        await database.close()
    live = [n for n in range(0, pages, max(pages // ASKED, 1)) if invented.is_live(n)]
    return Planted([_address(invented, ids, n) for n in live], [ids[n] for n in live])


def _address(invented: Invented, ids: Sequence[UUID], n: int) -> dict[str, str | None]:
    parent = invented.parent(n)
    return {
        "slug": invented.names(n)[invented.tenant.default_locale][1],
        "parent": None if parent is None else str(ids[parent]),
    }


def of_pages(ground: Ground, sizes: Iterable[int]) -> Iterator[Curve]:
    """Reads and a write in tenants of so many pages."""
    places: dict[str, tuple[Service, Services, Planted]] = {}
    for size in sizes:
        url = ground.create(f"pages_{size}")
        pages, services = asyncio.run(planted(url, size)), ground.services(url)
        places[f"{size:,} pages"] = ground.service(services), services, pages
    asked: dict[str, Callable[[Planted], list[Operation]]] = {
        "page by slug": lambda pages: [Operation(PAGE, dict(slug)) for slug in pages.slugs],
        "20 pages": lambda _: [Operation(FIRST, {"n": 20})],
        "20 pages and how many there are": lambda _: [Operation(PAGES, {"n": 20})],
        "edit and publish": lambda pages: [edit(id) for id in pages.ids],
    }
    for name, operations in asked.items():
        loads = {
            size: ground.load(service, operations(pages), services.token)
            for size, (service, services, pages) in places.items()
        }
        yield ground.curve(name, loads)


def of_menus(ground: Ground, sizes: Iterable[int]) -> Iterator[Curve]:
    """Menus of so many items."""
    url = ground.create("menus")
    asyncio.run(_with_menus(url, sizes))
    service = ground.service(ground.services(url))
    asked = {f"{size} items": [Operation(MENU, {"handle": f"of-{size}", "locale": None})] for size in sizes}
    yield ground.curve("menu with link targets", {size: ground.load(service, each) for size, each in asked.items()})


async def _with_menus(url: str, sizes: Iterable[int]) -> None:
    await migrations.upgrade(url)
    database = Database(url)
    try:
        tenant = await make_tenant(database)
        ids = await plant(database, Alike(tenant, 1), max(sizes))
        for size in sizes:
            await make_menu(database, tenant, f"of-{size}", ids[:size])
    finally:
        await database.close()


def of_selections(ground: Ground, pages: int) -> Iterator[Curve]:
    """Selections of so many fields."""
    url = ground.create("selections")
    _ = asyncio.run(prepared(url, pages))
    service = ground.service(ground.services(url))
    asked = {
        f"{size} fields": by_slug(query, (f"page-{n}" for n in range(pages))) for size, query in SELECTIONS.items()
    }
    yield ground.curve(
        "page by slug, so many fields", {size: ground.load(service, each) for size, each in asked.items()}
    )


def of_writes(ground: Ground, rates: Iterable[int], pages: int) -> Iterator[Curve]:
    """Reads of every path in every locale, with so many writes a second by another process."""
    url = ground.create("writes")
    ids = asyncio.run(prepared(url, pages))
    services = ground.services(url)
    reading, writing = ground.service(services, with_cache=has_cache()), ground.service(services, with_others=True)
    reads = ground.load(reading, routes(pages))
    writes = ground.load(writing, [edit(id) for id in ids], services.token)
    loads = {f"{rate} writes a second": reads._replace(beside=Beside(writing, writes.deck, rate)) for rate in rates}
    yield ground.curve(f"route of {len(ids) * 3:,} paths, {'cached' if has_cache() else 'not cached'}", loads)

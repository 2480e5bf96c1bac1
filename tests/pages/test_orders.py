"""Two acts at once end as one of them after the other would."""

from asyncio import gather
from collections.abc import Sequence
from typing import Any

import pytest

from pages_graphql.pages import finding
from pages_graphql.storage.database import Database
from tests.world import World, new_world

Act = tuple[str, dict[str, Any]]
"""A mutation and its input; a page is named by its title."""

NAMES = {"id", "parentId", "redirectToId", "pageId"}
PATHS = [
    "/",
    "/left",
    "/right",
    "/left/right",
    "/right/left",
    "/new",
    "/left-2",
    "/top",
    "/top/child",
    "/drafts",
    "/p/c",
]

STATE = """query ($first: Int!) { pages(first: $first, stage: DRAFT) { totalCount nodes { id title slug path status version
  hasUnpublishedChanges isHome channels parent { title } revision { number } translations { locale path } } } }"""


def text(title: str, locale: str = "en", **more: Any) -> dict[str, Any]:
    return {"locale": locale, "title": title, **more}


def at(page: str, mutation: str, **given: Any) -> Act:
    return mutation, {"id": page, **given}


RACES: dict[str, tuple[Act, Act]] = {
    "a child goes live, its parent leaves": (at("Child", "publishPage"), at("Top", "unpublishPage")),
    "a child goes live, its parent is archived": (at("Child", "publishPage"), at("Top", "archivePage")),
    "two moves make a circle": (
        at("Left", "movePage", parentId="Right"),
        at("Right", "movePage", parentId="Left"),
    ),
    "a page moves under one that leaves": (at("Left", "movePage", parentId="Right"), at("Right", "unpublishPage")),
    "two live pages take a slug": (
        at("Left", "changePageSlug", locale="en", slug="new"),
        at("Right", "changePageSlug", locale="en", slug="new"),
    ),
    "a draft and a new page take a slug": (
        at("Left", "updatePage", translations=[text("Left", slug="new")]),
        ("createPage", {"translations": [text("New")], "publish": True}),
    ),
    "a page moves to where another is made": (
        at("Child", "movePage", parentId=None),
        ("createPage", {"translations": [text("Child")], "publish": True}),
    ),
    "two copies of a page": (at("Left", "duplicatePage"), at("Left", "duplicatePage")),
    "two writers of one draft": (
        at("Left", "updatePage", translations=[text("A", "de")]),
        at("Left", "updatePage", translations=[text("B", "ru")]),
    ),
    "two writers who read one version": (
        at("Left", "updatePage", translations=[text("A", "de")], expectedVersion=2),
        at("Left", "updatePage", translations=[text("B", "ru")], expectedVersion=2),
    ),
    "a draft is written and published": (
        at("Drafts", "updatePage", translations=[text("Drafts", slug="new")]),
        at("Drafts", "publishPage"),
    ),
    "two home pages": (at("Left", "setHomePage"), at("Right", "setHomePage")),
    "a home page leaves": (at("Left", "setHomePage"), at("Left", "unpublishPage")),
    "a home page leaves a channel": (at("Left", "setHomePage"), at("Left", "updatePage", channels=["web"])),
    "a page is deleted, a child made": (
        at("Drafts", "deletePage"),
        ("createPage", {"translations": [text("New")], "parentId": "Drafts"}),
    ),
    "a page is deleted, another moves under it": (
        at("Drafts", "deletePage"),
        at("Child", "movePage", parentId="Drafts"),
    ),
    "an heir leaves": (at("Drafts", "deletePage", redirectToId="Left"), at("Left", "unpublishPage")),
    "a path is taken by a fallback and by a slug": (
        at("English", "publishPage"),
        at("German", "publishPage"),
    ),
}


MADE: dict[str, dict[str, Any]] = {
    "Top": {},
    "Child": {"parentId": "Top", "publish": False},
    "Left": {},
    "Right": {},
    "Drafts": {"publish": False},
    "P": {},
    "Q": {"translations": [text("P", "de")]},
    "English": {"translations": [text("English", "de", slug="c")], "parentId": "P", "publish": False},
    "German": {"translations": [text("German", "de", slug="c")], "parentId": "Q", "publish": False},
}
"""Pages of every kind, by title."""


async def begin(world: World, acts: Sequence[Act]) -> dict[str, str]:
    """The ids of the pages that acts name, and of those above them."""
    wanted = {value for _, given in acts for name, value in given.items() if name in NAMES}
    wanted |= {MADE[title]["parentId"] for title in wanted if title and "parentId" in MADE[title]}
    pages: dict[str, str] = {}
    for title, given in MADE.items():
        if title in wanted:
            pages[title] = await world.page(title, **named(pages, given))
    return pages


def named(pages: dict[str, str], given: dict[str, Any]) -> dict[str, Any]:
    """What is given, with ids for titles."""
    return {name: pages.get(value, value) if name in NAMES else value for name, value in given.items()}


async def act(world: World, pages: dict[str, str], race: Act) -> list[str]:
    """The codes of what stood in the way."""
    mutation, given = race
    return [problem["code"] for problem in (await world.do(mutation, **named(pages, given)))["problems"]]


async def end(world: World) -> Any:
    """What everybody sees in the end, ids aside."""
    listed = (await world.ask(STATE, first=100))["pages"]
    assert len({node.pop("id") for node in listed["nodes"]}) == listed["totalCount"]
    async with world.database.read(world.view(locale="de")) as read:
        routes = [route.row for route in await finding.routes(read, PATHS)]
    told = [(row.status_code, row.canonical_path, row.canonical_locale, row.location) for row in routes]
    return sorted(listed["nodes"], key=lambda page: (page["slug"], page["title"])), told


async def outcome(database: Database, acts: Sequence[Act], *, together: bool = False) -> Any:
    """What each act got, and the end."""
    async with new_world(database) as world:
        pages = await begin(world, acts)
        if together:
            got = await gather(*(act(world, pages, one) for one in acts))
        else:
            got = [await act(world, pages, one) for one in acts]
        return dict(zip(map(str, acts), got, strict=True)) if acts[0] != acts[1] else sorted(got), await end(world)


@pytest.mark.parametrize("race", RACES)
async def test_the_outcome_is_that_of_one_order(database: Database, race: str) -> None:
    first, second = RACES[race]
    orders = [await outcome(database, [first, second]), await outcome(database, [second, first])]
    for acts in ([first, second], [second, first]):
        assert await outcome(database, acts, together=True) in orders

"""What answers are made of: all of it, and no more than needed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from pages_graphql.api.kinds import Relation
from pages_graphql.core import tags
from pages_graphql.menus.types import Menu
from pages_graphql.pages.types import Page
from tests.api.answers.kept import keeping
from tests.api.answers.questions import questions
from tests.menus.items import item
from tests.test_every_mutation_tells import CASES, Case, done
from tests.test_fields import FIELDS
from tests.world import World

FOR_EDITORS = {"ContentRevision.page", "Page.revisions", "Menu.revisions"}
"""What is null for anonymous readers, or seldom asked for."""

BY_ID = "query ($id: ID!) { page(id: $id) { title blocks { id } } }"
BY_SLUG = "query ($slug: String!) { pageBySlug(slug: $slug) { title } }"
BY_PATH = "query ($path: String!) { pageByPath(path: $path) { title } }"
ROUTE = "query ($path: String!) { route(path: $path) { statusCode ... on PageRoute { page { title } } } }"
AROUND = "query ($id: ID!) { page(id: $id) { breadcrumbs { title } ancestors { id } alternates { path } } }"
BELOW = "query ($id: ID!) { page(id: $id) { children { nodes { title } } } }"
LIST = "{ pages { nodes { title } } }"
MENU = "query ($handle: String!) { menuByHandle(handle: $handle) { items { label url } } }"
ACTIVE = "{ activeMenu(location: HEADER) { items { label url } } }"
ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Page { title } ... on Menu { name } } }"


def test_every_relation_says_what_it_is_made_of() -> None:
    relations = {name: field.kind.batch for name, _, field in FIELDS if isinstance(field.kind, Relation)}
    references = [reference.batch for type_ in (Page, Menu) for reference in type_.references.values()]
    assert {name for name, batch in relations.items() if not tags.is_tagged(batch)} <= FOR_EDITORS
    assert all(map(tags.is_tagged, references))


async def test_nothing_that_readers_ask_is_made_of_what_nobody_named(world: World) -> None:
    async with keeping(world, cache_control="s-maxage=9") as kept:
        page = await world.page("A")
        menu = await world.menu("main", [item("One", link={"pageId": page})])
        for query, variables, headers in questions([page], [menu], ["a"]):
            answer = await kept.ask(query, headers, **variables)
            assert tags.ALL not in answer.headers["Cache-Tag"].split(","), query


async def site(world: World) -> dict[str, tuple[str, dict[str, Any]]]:
    """Two pages with one below each, menus that link to one, and questions about each."""
    one, two = await world.page("One"), await world.page("Two")
    below = await world.page("Below", parentId=two)
    for handle, page in (("first", one), ("second", two)):
        place = {"location": "HEADER", "channel": {"first": None, "second": "app"}[handle]}
        await world.menu(handle, [item(None, link={"pageId": page})], bindings=[place])
    asked: dict[str, tuple[str, dict[str, Any]]] = {"list": (LIST, {}), "active": (ACTIVE, {})}
    for name, id, slug in (("one", one, "one"), ("two", two, "two")):
        asked |= {
            f"{name} by id": (BY_ID, {"id": id}),
            f"{name} by slug": (BY_SLUG, {"slug": slug}),
            f"{name} by path": (BY_PATH, {"path": f"/{slug}"}),
            f"{name} by route": (ROUTE, {"path": f"/{slug}"}),
            f"{name} as entity": (ENTITIES, {"r": [{"__typename": "Page", "id": id}]}),
            f"{name} at address": (ENTITIES, {"r": [{"__typename": "Page", "path": f"/{slug}", "locale": "en"}]}),
            f"{name} with way": (AROUND, {"id": id}),
            f"{name} with children": (BELOW, {"id": id}),
            f"menu to {name}": (MENU, {"handle": {"one": "first", "two": "second"}[name]}),
        }
    asked["below with way"] = (AROUND, {"id": below})
    asked["nowhere"] = (ROUTE, {"path": "/nowhere"})
    asked["no slug"] = (BY_SLUG, {"slug": "nowhere"})
    return asked


def about(name: str, asked: Iterable[str]) -> set[str]:
    return {one for one in asked if name in one}


ACTS: list[tuple[str, dict[str, Any], set[str]]] = [
    (
        "updatePage",
        {"id": "two", "translations": [{"locale": "en", "title": "New", "slug": "two"}]},
        set(),  # readers see the new version alone, and nobody asked for it
    ),
    ("publishPage", {"id": "two"}, {"two", "below", "list"}),
    ("createPage", {"translations": [{"locale": "en", "title": "Draft"}]}, set()),
    ("createPage", {"translations": [{"locale": "en", "title": "Live"}], "publish": True}, {"list", "children"}),
    (
        "createPage",
        {"translations": [{"locale": "en", "title": "Nowhere"}], "publish": True},
        {"list", "children", "no"},
    ),
    ("publishMenu", {"id": "second"}, {"menu to two"}),
    (
        "createMenu",
        {"handle": "third", "translations": [{"locale": "en", "name": "Third"}], "publish": True},
        {"active"},
    ),
    ("createPathRedirect", {"fromPath": "/old", "url": "https://a.example"}, {"nowhere"}),
]


@pytest.mark.parametrize(("mutation", "input", "dropped"), ACTS)
async def test_a_write_drops_what_it_changes_and_keeps_the_rest(
    world: World, mutation: str, input: dict[str, Any], dropped: set[str]
) -> None:
    async with keeping(world) as kept:
        asked = await site(world)
        ids = {"two": asked["two by id"][1]["id"]}
        if mutation == "publishPage":
            await world.do("updatePage", id=ids["two"], translations=[{"locale": "en", "title": "New"}])
        if mutation == "publishMenu":
            ids["second"] = (await world.ask('{ menuByHandle(handle: "second") { id } }'))["menuByHandle"]["id"]
            await world.do("updateMenu", id=ids["second"], translations=[{"locale": "en", "name": "New"}])
        for query, variables in asked.values():
            await kept.ask(query, **variables)
        given = {**input, "id": ids[input["id"]]} if "id" in input else input
        assert await done(world, mutation, given) == []
        gone = {name for name, (query, variables) in asked.items() if not await kept.is_hit(query, **variables)}
        assert gone == {name for part in dropped for name in about(part, asked)}


class Listener:
    """Hears what caches are told."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def drop(self, tenant: UUID, names: Iterable[str]) -> None:
        self.names |= {tags.ALL, *names}

    def drop_everything(self) -> None:
        self.names.add("everything")

    def trust(self, until: float) -> None: ...


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{n}-{case.mutation}") for n, case in enumerate(CASES)])
async def test_events_tell_the_same_tags_as_caches_hear(world: World, case: Case) -> None:
    given = await case.prepare(world)
    before = len(await world.outbox())
    world.database.keepers.add(listener := Listener())
    assert await done(world, case.mutation, given) == []
    told = [tag for _, data in (await world.outbox())[before:] for tag in data["cache_tags"]]
    assert {*told} == listener.names

"""Nobody is told what he may not see: every field is asked, and no string of what is hidden comes out anywhere."""

from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from graphql import OperationDefinitionNode, parse, validate

from pages_graphql.api.context import Context
from pages_graphql.api.execution import Executor, GraphQLCoreExecutor, Operation
from pages_graphql.core.access import Actor
from pages_graphql.core.errors import RequestError
from pages_graphql.core.view import ContentStage, View
from pages_graphql.engine.executor import CompiledExecutor
from pages_graphql.pages.repository import rows as repository
from pages_graphql.schema import schema
from pages_graphql.storage.database import Database
from tests.canaries import Nest, heard, kinds
from tests.depth import THOUSANDFOLD, times
from tests.walker import CORE, ROOTS, Known, Walker
from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, World, new_world

pytestmark = THOUSANDFOLD

EXECUTORS: dict[str, Executor] = {"compiled": CompiledExecutor(schema), "core": GraphQLCoreExecutor(schema)}
ASKED = times(1, 2, check=2)
"""How many of the executors are asked."""


REDIRECT = """mutation ($input: CreatePathRedirectInput!) {
  createPathRedirect(input: $input) { redirect { id } problems { code } } }"""


@dataclass
class House:
    """A tenant full of canaries: what everybody may see, and what is hidden in every way there is."""

    world: World
    name: str
    nests: dict[str, Nest] = field(default_factory=dict[str, Nest])
    pages: dict[str, str] = field(default_factory=dict[str, str])
    menus: dict[str, str] = field(default_factory=dict[str, str])

    def nest(self, kind: str) -> Nest:
        """What makes canaries of a kind in this house."""
        return self.nests.setdefault(kind, Nest(self.name + kind))

    async def page(self, kind: str, *, publish: bool = True, **given: Any) -> str:
        """A page with a canary in every string."""
        made = self.nest(kind).input("CreatePageInput", note=self.nest("note").lay(), **given)
        self.pages[kind] = (await self.done("createPage", **made, publish=publish))["page"]["id"]
        return self.pages[kind]

    async def menu(self, kind: str, *, publish: bool = True) -> str:
        """A menu with a canary in every string."""
        given = {"hiddenTargetPolicy": "TEXT", "note": self.nest("note").lay()}
        made = self.nest(kind).input("CreateMenuInput", **given)
        self.menus[kind] = (await self.done("createMenu", **made, publish=publish))["menu"]["id"]
        return self.menus[kind]

    async def done(self, mutation: str, **given: Any) -> dict[str, Any]:
        """The payload of a mutation that is done."""
        payload = await self.world.do(mutation, **given)
        assert payload["problems"] == [], payload["problems"]
        return payload

    @property
    def laid(self) -> set[str]:
        """All canaries of the house."""
        return set().union(*(nest.laid for nest in self.nests.values()))


async def filled(world: World, name: str) -> House:
    """A house with pages and menus of every kind."""
    house = House(world, name)
    top = house.pages["plain"] = await world.page("Plain")
    await house.page("public", parentId=top)
    await _hide_pages(house, top)
    await _hide_menus(house)
    await _link(house)
    return house


async def _hide_pages(house: House, top: str) -> None:
    world = house.world
    await house.page("draft", publish=False, parentId=top)
    await house.done("archivePage", id=await house.page("archived", parentId=top))
    unpublished = await house.page("unpublished")
    house.pages["own"] = await world.page("Own", parentId=unpublished, publish=False, actor=AUTHOR)
    await house.done("unpublishPage", id=unpublished)
    await house.page("channel", channels=["app"])
    newer = house.pages["newer"] = await world.page("Newer")
    await house.done("updatePage", **house.nest("newer").input("UpdatePageInput", id=newer, template=None))
    older = await house.page("older", publish=False, template=None)
    texts = [{"locale": tag, "title": "Older", "slug": "older", "body": None, "seo": None} for tag in ("en", "de")]
    await house.done("updatePage", id=older, translations=texts, metadata={}, blocks=[])
    await house.done("publishPage", id=older)


async def _hide_menus(house: House) -> None:
    await house.menu("menu")
    await house.menu("menudraft", publish=False)
    await house.done("unpublishMenu", id=await house.menu("menuunpublished"))
    newer = house.menus["menunewer"] = await house.world.menu("newer")
    nest = house.nest("menunewer")
    await house.done("updateMenu", **nest.input("UpdateMenuInput", id=newer, handle=None, hiddenTargetPolicy=None))
    await house.done("replaceMenuItems", **nest.input("ReplaceMenuItemsInput", menuId=newer))


async def _link(house: House) -> None:
    """What everybody sees leads to what is hidden, in every way there is."""
    hidden = [id for kind, id in house.pages.items() if kind not in ("plain", "public")]
    blocks = [{"type": "cta", "data": {"cta": {"label": "Go", "pageId": id}}} for id in hidden]
    house.pages["linking"] = await house.world.page("Linking", blocks=blocks)
    items = [{"link": {"pageId": id}, "translations": []} for id in hidden]
    for policy in ("HIDE", "TEXT", "PROMOTE_CHILDREN"):
        handle = policy.lower().replace("_", "-")
        house.menus[policy] = await house.world.menu(handle, items, hiddenTargetPolicy=policy)
    url = f"https://else.example/{house.nest('target').lay()}"
    for target in ({"url": url}, {"pageId": house.pages["draft"]}):
        data = await house.world.ask(REDIRECT, input={"fromPath": f"/{house.nest('redirect').lay()}", **target})
        assert data["createPathRedirect"]["problems"] == []


SEEN = """{ pages(first: 100) { nodes { id template translations { title slug path } blocks { id } } }
  menus(first: 100) { nodes { id handle allItems { id } } } pathRedirects(first: 100) { nodes { id fromPath } } }"""


async def known(*houses: House) -> dict[str, list[Any]]:
    """What one may know of houses: every id, and every name that things go by."""
    found: dict[str, list[Any]] = {name: [] for name in ("id", "slug", "path", "handle", "template", "title")}
    for house in houses:
        data = await house.world.ask(SEEN, view=View(house.world.tenant, ADMIN, "en", None, ContentStage.DRAFT))
        pages, menus, redirects = (data[name]["nodes"] for name in ("pages", "menus", "pathRedirects"))
        texts = [page["translations"][0] for page in pages]
        found["id"] += [one["id"] for one in (*pages, *menus, *redirects)]
        found["template"] += [page["template"] for page in pages]
        found["handle"] += [menu["handle"] for menu in menus]
        for name in ("slug", "path", "title"):
            found[name] += [text[name] for text in texts]
        found["path"] += [redirect["fromPath"] for redirect in redirects]
    draft = houses[0].pages["draft"]
    few = {"parentId": [draft], "ancestorId": [draft], "exceptPageId": [draft], "pageId": [draft], "text": ["Draft"]}
    return {**{name: sorted(set(values)) for name, values in found.items()}, **few}


async def heard_by(world: World, view: View, documents: Iterable[tuple[str, Any]]) -> set[str]:
    """The canaries in all that somebody is told by whichever executor, but those that he said himself."""
    asked = list(documents)
    told = [await heard_through(one, world, view, asked) for one in [*EXECUTORS.values()][:ASKED]]
    return set().union(*told)


async def heard_through(executor: Executor, world: World, view: View, documents: Iterable[tuple[str, Any]]) -> set[str]:
    """The canaries in all that somebody is told by an executor, but those that he said himself."""
    told: set[str] = set()
    for document, variables in documents:
        parsed = parse(document)
        operation = Operation(parsed, cast(OperationDefinitionNode, parsed.definitions[0]))
        if isinstance(executor, CompiledExecutor):
            operation = executor.prepared(operation)
        result = await executor.execute(operation, variables, Context(world.database, view))
        unexpected = [error for error in result.errors or () if not isinstance(error.original_error, RequestError)]
        assert not unexpected, unexpected
        told |= heard([result.data, [error.formatted for error in result.errors or ()]]) - heard([document, variables])
    return told


def queries(given: Known, depth: int = 2) -> Iterator[tuple[str, Any]]:
    """Requests for every field, and for everything as gateways refer to it."""
    walker = Walker(given, depth, {"first": 100})
    yield from ((document, None) for document in walker.documents(ROOTS["Query"]))
    ids = [{"__typename": type_, "id": id} for type_ in ("Page", "Menu") for id in given["id"]]
    paths = [
        {"__typename": "Page", "path": path, "locale": tag} for path in given.get("path", ()) for tag in ("en", "de")
    ]
    yield walker.entities([*ids, *paths])


@pytest.fixture(scope="module")
async def houses(database: Database) -> AsyncGenerator[tuple[House, House]]:
    """Two tenants, both full."""
    async with new_world(database) as one, new_world(database) as other:
        yield await filled(one, "a"), await filled(other, "b")


@pytest.mark.parametrize("own", [0, 1])
async def test_an_editor_finds_all_that_his_tenant_has_and_nothing_else(houses: Any, own: int) -> None:
    house = houses[own]
    view = View(house.world.tenant, ADMIN, "en", None, ContentStage.DRAFT)
    ids = [*house.pages.values(), *house.menus.values()]
    told = await heard_by(house.world, view, queries({"id": ids, "locale": ["en"]}))
    deep = Walker({"id": [house.pages["older"], *house.menus.values()]}, 3, {"first": 100})
    whole = [(document, None) for document in deep.documents(ROOTS["Query"]) if "pages_0" not in document]
    assert told | await heard_by(house.world, view, whole) == house.laid


VIEWS: dict[str, tuple[Actor, str, str, list[str]]] = {
    "a reader": (ANONYMOUS, "en", "LIVE", ["web"]),
    "a reader of both channels": (ANONYMOUS, "de", "LIVE", ["web", "app"]),
    "a customer": (CUSTOMER, "en", "LIVE", ["web"]),
    "an author": (AUTHOR, "en", "LIVE", ["web"]),
    "an author who asks for drafts": (AUTHOR, "en", "DRAFT", ["web"]),
}
"""Who asks, in which locale, at which stage, and in which channels."""


@pytest.mark.parametrize("name", EXECUTORS)
async def test_without_the_filter_of_channels_both_executors_tell_what_is_in_others(
    houses: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_every_channel(view: View) -> dict[str, object]:
        return {"channel": "%", "actor": view.actor.id}

    house, _ = houses
    monkeypatch.setattr(repository, "parameters", in_every_channel)
    documents = list(queries({"id": [house.pages["channel"]]}, 1))
    assert "achannel" in kinds(await heard_through(EXECUTORS[name], house.world, house.world.view(), documents))


@pytest.mark.parametrize("who", VIEWS)
async def test_a_stranger_is_told_what_is_public_alone(houses: Any, who: str) -> None:
    house, other = houses
    actor, locale, stage, channels = VIEWS[who]
    view = house.world.view(actor, locale, "web", stage)
    given = {**await known(house, other), "locale": ["de"], "stage": ["LIVE", "DRAFT"], "channel": channels}
    told = await heard_by(house.world, view, queries(given))
    public = {"apublic", "amenu", "atarget", *(["achannel"] if "app" in channels else [])}
    assert kinds(told) == public
    assert house.nest("public").laid & told


async def test_an_admin_of_another_tenant_is_told_what_is_his_own_alone(houses: Any) -> None:
    other, house = houses
    view = View(house.world.tenant, ADMIN, "en", None, ContentStage.DRAFT)
    given = {**await known(other), "locale": ["de"], "stage": ["LIVE"], "channel": ["web", "app"]}
    assert await heard_by(house.world, view, queries(given)) <= house.laid


async def tries(house: House) -> list[tuple[str, Any]]:
    """Requests for every mutation, of what is hidden in a house."""
    ids = [*(house.pages[kind] for kind in ("draft", "channel", "newer")), house.menus["menudraft"]]
    draft = next(iter(house.nest("draft").laid))[:10]
    named = (await known(house)).items()
    names = {name: [value for value in values if draft in value][:1] or values[:1] for name, values in named}
    items = {"itemId": ids[:1], "blockId": ids[:1], "blockIds": [ids[:1]], "withDescendants": [True]}
    texts = {"content": ["x"], "name": ["x"], "label": ["x"], "type": ["text"], "fromPath": names["path"]}
    more = {"data": [{"text": {"content": "x"}}], "revision": [1], "channels": [["web"]], "locale": ["de"]}
    nothing = {"seo": [], "body": [], "overrides": [], "metadata": []}  # these hold no ids, and would be many
    given = {**names, **items, **texts, **more, **nothing, "id": ids, "pageId": ids, "menuId": ids, "parentId": ids}
    return [(document, None) for document in Walker(given, 2, {}).documents(ROOTS["Mutation"])]


@pytest.mark.parametrize("actor", [ANONYMOUS, CUSTOMER], ids=["a reader", "a customer"])
async def test_who_may_not_write_learns_nothing_from_trying(houses: Any, actor: Actor) -> None:
    house, _ = houses
    assert await heard_by(house.world, house.world.view(actor), await tries(house)) == set()


async def test_an_author_learns_nothing_hidden_from_writing(database: Database) -> None:
    async with new_world(database) as world:
        house = await filled(world, "a")
        told = await heard_by(world, world.view(AUTHOR), await tries(house))
        assert kinds(told) == {"achannel"}  # who has a slug: what a mutation shows, it shows in every channel


async def test_an_admin_learns_nothing_of_another_tenant_from_writing(database: Database) -> None:
    async with new_world(database) as one, new_world(database) as other:
        house = await filled(one, "a")
        assert await heard_by(other, other.view(ADMIN), await tries(house)) == set()


async def test_all_that_is_asked_can_be_asked(houses: Any) -> None:
    house, _ = houses
    given = {**await known(house), "locale": ["de"], "stage": ["DRAFT"], "channel": ["web"]}
    documents = [document for document, _ in (*queries(given), *await tries(house))]
    asked = "\n".join(documents)
    assert [error for document in documents for error in validate(CORE, parse(document))] == []
    unasked = [name for root in ROOTS.values() for name in root.fields if f"{name}_0:" not in asked]
    assert unasked == ["_entities", "_service"]
    assert "_entities(" in asked

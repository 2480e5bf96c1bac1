"""Every mutation leaves its events in the outbox, in order; one that is refused, or does nothing, leaves none."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from graphql import GraphQLInputObjectType, get_named_type
from sqlalchemy import select

from pages_graphql.schema import schema
from pages_graphql.storage.columns import col
from pages_graphql.storage.outbox import Outbox
from tests.menus.items import ids, item
from tests.world import ADMIN, ANONYMOUS, Actor, World

EN, EN_MENU = [{"locale": "en", "title": "New"}], [{"locale": "en", "name": "New"}]
TEXT = {"type": "text", "data": {"text": {"content": "Hi"}}}


@dataclass(frozen=True)
class Case:
    """A mutation, what it is given, what it tells, and what it tells when it is done once more."""

    mutation: str
    prepare: Callable[[World], Awaitable[dict[str, Any]]]
    told: Sequence[str]
    again: Sequence[str] = ()


def given(**input: Any) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """This input, whatever is there."""

    async def prepare(_: World) -> dict[str, Any]:
        return input

    return prepare


def page(*, publish: bool = True, key: str = "id", **input: Any) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """A page without content, and this input."""

    async def prepare(world: World) -> dict[str, Any]:
        return {key: await world.page(publish=publish), **input}

    return prepare


def family(*, live: bool = True, **input: Any) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """A page with another below it, and this input."""

    async def prepare(world: World) -> dict[str, Any]:
        top = await world.page("Top", publish=live)
        await world.page("Child", publish=live, parentId=top)
        return {"id": top, **input}

    return prepare


def blocks(choose: Callable[[list[str]], dict[str, Any]]) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """A page with two blocks, and the input that is made of their ids."""

    async def prepare(world: World) -> dict[str, Any]:
        id = await world.page(blocks=[TEXT, TEXT])
        found = await world.ask("query ($id: ID!) { page(id: $id, stage: DRAFT) { blocks { id } } }", id=id)
        return {"pageId": id, **choose([block["id"] for block in found["page"]["blocks"]])}

    return prepare


def edited(**input: Any) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """A live page whose draft says something else, and this input."""

    async def prepare(world: World) -> dict[str, Any]:
        id = await world.page()
        await world.do("updatePage", id=id, translations=[{"locale": "en", "title": "Other"}])
        return {"id": id, **input}

    return prepare


async def archived(world: World) -> dict[str, Any]:
    id = await world.page(publish=False)
    await world.do("archivePage", id=id)
    return {"id": id}


async def moving(world: World) -> dict[str, Any]:
    return {"id": await world.page(), "parentId": await world.page("Top")}


async def moving_a_draft(world: World) -> dict[str, Any]:
    return {"id": await world.page(publish=False), "parentId": await world.page("Top")}


def menu(*, publish: bool = True, **input: Any) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """A menu without items, and this input."""

    async def prepare(world: World) -> dict[str, Any]:
        return {"id": await world.menu(publish=publish), **input}

    return prepare


def items(choose: Callable[[dict[str, str]], dict[str, Any]]) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """A menu with the items A and B, and the input that is made of their ids."""

    async def prepare(world: World) -> dict[str, Any]:
        id = await world.menu(items=[item("A"), item("B")])
        return {"menuId": id, **choose(await ids(world, id))}

    return prepare


def edited_menu(**input: Any) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """A live menu whose draft says something else, and this input."""

    async def prepare(world: World) -> dict[str, Any]:
        id = await world.menu()
        await world.do("updateMenu", id=id, translations=EN_MENU)
        return {"id": id, **input}

    return prepare


async def bound(world: World) -> dict[str, Any]:
    return {"id": await world.menu(bindings=[{"location": "HEADER"}]), "location": "HEADER"}


async def held_by_another(world: World) -> dict[str, Any]:
    await world.menu("other", bindings=[{"location": "HEADER"}])
    return {"id": await world.menu(), "location": "HEADER", "replace": True}


async def redirect(world: World) -> dict[str, Any]:
    made = await world.ask(
        """mutation { createPathRedirect(input: {fromPath: "/old", url: "https://a.example"}) {
            redirect { id } } }"""
    )
    return {"id": made["createPathRedirect"]["redirect"]["id"]}


CASES = [
    Case("createPage", given(translations=EN), ["page.created"]),
    Case("createPage", given(translations=EN, publish=True), ["page.created", "page.published", "page.moved"]),
    Case("duplicatePage", page(), ["page.created"], ["page.created"]),
    Case("duplicatePage", family(withDescendants=True), ["page.created"] * 2, ["page.created"] * 2),
    Case("updatePage", page(translations=EN), ["page.updated"]),
    Case("updatePage", page(template="wide", channels=["app"]), ["page.updated"]),
    Case("addPageBlock", page(key="pageId", block=TEXT), ["page.updated"], ["page.updated"]),
    Case("updatePageBlock", blocks(lambda b: {"blockId": b[0], "data": {"text": {"content": "Ho"}}}), ["page.updated"]),
    Case("movePageBlock", blocks(lambda b: {"blockId": b[1], "beforeId": b[0]}), ["page.updated"]),
    Case("deletePageBlock", blocks(lambda b: {"blockId": b[0]}), ["page.updated"]),
    Case("reorderPageBlocks", blocks(lambda b: {"blockIds": b[::-1]}), ["page.updated"]),
    Case("replacePageBlocks", blocks(lambda _: {"blocks": []}), ["page.updated"]),
    Case("discardPageDraft", edited(), ["page.updated"]),
    Case("restorePageRevision", edited(revision=1), ["page.updated"]),
    Case("changePageSlug", page(locale="en", slug="new"), ["page.updated", "page.moved"]),
    Case("changePageSlug", page(publish=False, locale="en", slug="new"), ["page.updated"]),
    Case("setHomePage", page(), ["page.updated", "page.moved"]),
    Case("movePage", moving, ["page.moved"]),
    Case("movePage", moving_a_draft, ["page.moved"]),
    Case("publishPage", page(publish=False), ["page.published", "page.moved"]),
    Case("publishPage", edited(), ["page.published"]),
    Case("publishPage", family(live=False, withDescendants=True), ["page.published"] * 2 + ["page.moved"]),
    Case("unpublishPage", page(), ["page.unpublished", "page.moved"]),
    Case("unpublishPage", family(withDescendants=True), ["page.unpublished"] * 2 + ["page.moved"]),
    Case("unpublishPage", archived, ["page.updated"]),
    Case("archivePage", page(), ["page.unpublished", "page.moved", "page.archived"]),
    Case("archivePage", family(live=False, withDescendants=True), ["page.archived"] * 2),
    Case("deletePage", page(publish=False), ["page.deleted"]),
    Case("deletePage", family(live=False, withDescendants=True), ["page.deleted"] * 2),
    Case("createMenu", given(handle="new", translations=EN_MENU), ["menu.created"]),
    Case("createMenu", given(handle="new", translations=EN_MENU, publish=True), ["menu.created", "menu.published"]),
    Case("updateMenu", menu(translations=EN_MENU), ["menu.updated"]),
    Case("updateMenu", menu(handle="second"), ["menu.updated"]),
    Case("addMenuItem", items(lambda _: {"item": item("C")}), ["menu.updated"], ["menu.updated"]),
    Case("updateMenuItem", items(lambda i: {"itemId": i["A"], "icon": "star"}), ["menu.updated"]),
    Case("moveMenuItems", items(lambda i: {"moves": [{"itemId": i["B"], "beforeId": i["A"]}]}), ["menu.updated"]),
    Case("deleteMenuItem", items(lambda i: {"itemId": i["A"]}), ["menu.updated"]),
    Case("replaceMenuItems", items(lambda _: {"items": []}), ["menu.updated"]),
    Case("discardMenuDraft", edited_menu(), ["menu.updated"]),
    Case("restoreMenuRevision", edited_menu(revision=1), ["menu.updated"]),
    Case("bindMenu", menu(location="HEADER"), ["menu.updated"]),
    Case("bindMenu", held_by_another, ["menu.updated"]),
    Case("unbindMenu", bound, ["menu.updated"]),
    Case("publishMenu", edited_menu(), ["menu.published"]),
    Case("unpublishMenu", menu(), ["menu.unpublished"]),
    Case("deleteMenu", menu(publish=False), ["menu.deleted"]),
    Case("createPathRedirect", given(fromPath="/old", url="https://a.example"), ["redirect.created"]),
    Case("deletePathRedirect", redirect, ["redirect.deleted"]),
]


def mutation_inputs() -> dict[str, GraphQLInputObjectType]:
    """The mutations of the schema, and the input of each."""
    root = schema._schema.mutation_type
    assert root
    inputs = {name: get_named_type(field.args["input"].type) for name, field in root.fields.items()}
    return {name: kind for name, kind in inputs.items() if isinstance(kind, GraphQLInputObjectType)}


def test_every_mutation_is_here() -> None:
    assert {case.mutation for case in CASES} == mutation_inputs().keys()


async def done(world: World, mutation: str, input: dict[str, Any], actor: Actor = ADMIN) -> list[str]:
    """Do it; the codes of the problems."""
    kind = mutation[0].upper() + mutation[1:]
    document = f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ problems {{ code }} }} }}"
    return [problem["code"] for problem in (await world.ask(document, actor, input=input))[mutation]["problems"]]


async def names(world: World) -> list[str]:
    return [name for name, _ in await world.outbox()]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{n}-{case.mutation}") for n, case in enumerate(CASES)])
async def test_it_tells_the_world_when_and_only_when_it_does_something(world: World, case: Case) -> None:
    input = await case.prepare(world)
    before = await names(world)
    assert await done(world, case.mutation, input, ANONYMOUS) != []
    if "expectedVersion" in mutation_inputs()[case.mutation].fields:
        [stale] = await done(world, case.mutation, {**input, "expectedVersion": 99})
        assert stale.endswith("_VERSION_CONFLICT")
    assert await names(world) == before

    assert await done(world, case.mutation, input) == []
    told = await names(world)
    assert sorted(told[len(before) :]) == sorted(case.told)
    await done(world, case.mutation, input)
    assert (await names(world))[len(told) :] == list(case.again)
    await assert_counted(world)


async def assert_counted(world: World) -> None:
    """What happened to one thing is counted 1, 2, 3 …, and no version is left out."""
    columns = (col(Outbox.subject), col(Outbox.sequence), col(Outbox.type))
    statement = select(*columns, col(Outbox.data)).where(col(Outbox.tenant_id) == world.tenant.id)
    async with world.database.connect() as connection:
        rows = list(await connection.execute(statement.order_by(*columns[:2])))
    seen: dict[Any, tuple[int, int]] = {}
    for row in rows:
        sequence, version = seen.get(row.subject, (0, 0))
        now = orjson.loads(row.data)["version"]
        assert row.sequence == sequence + 1, row.type
        assert now - version in (0, 1), row.type
        assert version or now == 1, row.type
        seen[row.subject] = row.sequence, now

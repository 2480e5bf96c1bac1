"""Menus as the gateway asks for them: by reference, many at once."""

from typing import Any
from uuid import uuid4

import pytest

from tests.world import ADMIN, ANONYMOUS, CUSTOMER, MANAGER, World, new_world

ENTITIES = """query ($r: [_Any!]!) { _entities(representations: $r) { __typename
    ... on Menu { id name items { label } } ... on Page { id title } } }"""


def reference(id: str, type_: str = "Menu", **more: object) -> dict[str, object]:
    return {"__typename": type_, "id": id, **more}


async def names(world: World, representations: list[Any], **who: Any) -> list[str | None]:
    data = await world.ask(
        "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Menu { name } } }",
        **{"actor": ANONYMOUS, **who},
        r=representations,
    )
    return [entity and entity["name"] for entity in data["_entities"]]


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
async def test_fifty_references_keep_their_order_and_cost_two_statements(world: World, stage: str) -> None:
    menus = [await world.menu(f"menu-{n}") for n in range(50)]
    shuffled = sorted(range(50), key=lambda n: n * 37 % 50)

    found = await names(world, [reference(menus[n]) for n in shuffled], view=world.view(MANAGER, stage=stage))

    assert found == [f"menu-{n}" for n in shuffled]
    assert len(world.statements) <= 2


async def test_pages_and_menus_in_one_request_keep_their_places(world: World) -> None:
    page = await world.page("Tea")
    bar = await world.menu("bar", [{"link": {"pageId": page}}])

    data = await world.ask(ENTITIES, ANONYMOUS, r=[reference(page, "Page"), reference(bar), reference(page, "Page")])

    tea = {"__typename": "Page", "id": page, "title": "Tea"}
    assert data["_entities"] == [
        tea,
        {"__typename": "Menu", "id": bar, "name": "bar", "items": [{"label": "Tea"}]},
        tea,
    ]


async def test_what_is_not_there_or_not_to_be_seen_is_null_at_its_place(world: World) -> None:
    seen, draft = await world.menu("seen"), await world.menu("draft", publish=False)
    async with new_world(world.database) as other:
        foreign = await other.menu("foreign")
    page = await world.page("A page")

    asked = [draft, str(uuid4()), seen, "no-uuid", foreign, page, "", "\x00", seen]

    assert await names(world, [reference(id) for id in asked]) == [None, None, "seen", *[None] * 5, "seen"]


@pytest.mark.parametrize("broken", [{}, {"id": None}, {"id": 7}, {"handle": "bar"}, {"path": "/", "locale": "en"}])
async def test_a_malformed_key_is_an_error_at_its_own_place(world: World, broken: dict[str, object]) -> None:
    fine = await world.menu("fine")
    answer = await world.answer(
        ENTITIES, ANONYMOUS, r=[reference(fine), {"__typename": "Menu", **broken}, reference(fine, info=1)]
    )

    assert answer.data
    assert [entity and entity["name"] for entity in answer.data["_entities"]] == ["fine", None, "fine"]
    assert [(error.path, error.original_error.code) for error in answer.errors] == [
        (["_entities", 1], "VALIDATION_ERROR")
    ]


@pytest.mark.parametrize(("actor", "code"), [(ANONYMOUS, "UNAUTHENTICATED"), (CUSTOMER, "PERMISSION_DENIED")])
async def test_drafts_without_the_right_are_an_error_at_each_place(world: World, actor: Any, code: str) -> None:
    menus = [await world.menu("live"), await world.menu("draft", publish=False)]
    answer = await world.answer(ENTITIES, view=world.view(actor, stage="DRAFT"), r=[reference(one) for one in menus])

    assert answer.data == {"_entities": [None, None]}
    assert answer.codes == [code, code]


async def test_editors_get_drafts(world: World) -> None:
    draft = await world.menu("draft", publish=False)
    assert await names(world, [reference(draft)], view=world.view(ADMIN, stage="DRAFT")) == ["draft"]

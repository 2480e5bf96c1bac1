"""Pages as the gateway asks for them: by reference, many at once."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest

from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, World, new_world

ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Page { id title path } } }"


def reference(id: str, **more: object) -> dict[str, object]:
    return {"__typename": "Page", "id": id, **more}


async def titles(world: World, representations: list[Any], **who: Any) -> list[str | None]:
    data = await world.ask(ENTITIES, **{"actor": ANONYMOUS, **who}, r=representations)
    return [entity and entity["title"] for entity in data["_entities"]]


async def test_fifty_references_keep_their_order_and_cost_two_statements(world: World) -> None:
    pages = [await world.page(f"Page {n}") for n in range(50)]
    shuffled = sorted(range(50), key=lambda n: n * 37 % 50)

    assert await titles(world, [reference(pages[n]) for n in shuffled]) == [f"Page {n}" for n in shuffled]
    assert len(world.statements) <= 2


async def test_an_id_that_is_written_in_several_ways_is_one_page(world: World) -> None:
    page, other = await world.page("Page"), await world.page("Other")
    asked = [reference(id) for id in (page, page.upper(), other, page, page.replace("-", ""))]

    for _ in range(2):  # at first, and as it was shown before
        assert await titles(world, asked) == ["Page", "Page", "Other", "Page", "Page"]


async def test_fifty_drafts_cost_two_statements(world: World) -> None:
    pages = [await world.page(f"Page {n}", publish=False) for n in range(50)]

    found = await titles(world, [reference(page) for page in pages], view=world.view(ADMIN, stage="DRAFT"))

    assert found == [f"Page {n}" for n in range(50)]
    assert len(world.statements) <= 2


async def test_references_under_several_names_are_loaded_together(world: World) -> None:
    pages = [await world.page(f"Page {n}") for n in range(10)]
    asked = [[reference(page) for page in half] for half in (pages[:5], pages[3:])]
    query = """query ($a: [_Any!]!, $b: [_Any!]!) {
        a: _entities(representations: $a) { ... on Page { id } } b: _entities(representations: $b) { ... on Page { id } } }"""

    data = await world.ask(query, ANONYMOUS, a=asked[0], b=asked[1])

    assert [[page["id"] for page in data[name]] for name in "ab"] == [pages[:5], pages[3:]]
    assert len(world.statements) <= 2


async def test_what_is_not_there_or_not_to_be_seen_is_null_at_its_place(world: World) -> None:
    seen, draft = await world.page("Seen"), await world.page("Draft", publish=False)
    elsewhere = await world.page("Elsewhere", channels=["app"])
    async with new_world(world.database) as other:
        foreign = await other.page("Foreign")

    asked = [draft, str(uuid4()), seen, "no-uuid", elsewhere, "", "\x00", foreign, seen]
    assert await titles(world, [reference(page) for page in asked], view=world.view()) == [
        *[None] * 2,
        "Seen",
        *[None] * 5,
        "Seen",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"__typename": "Page"},
        {"__typename": "Page", "id": None},
        {"__typename": "Page", "id": 7},
        {"__typename": "Page", "id": ["x"]},
        {"__typename": "Page", "uuid": "x"},
        {"__typename": "Unknown", "id": "x"},
        {"__typename": "User", "id": "x"},
        {"__typename": "PageBody", "id": "x"},
        {"__typename": "ContentStage", "id": "x"},
        {"__typename": 5, "id": "x"},
        {"__typename": None},
        {"id": "x"},
        {},
        [],
        "Page",
    ],
)
async def test_a_representation_that_means_nothing_is_an_error_at_its_own_place(world: World, broken: object) -> None:
    page = await world.page("Fine")
    answer = await world.answer(ENTITIES, ANONYMOUS, r=[reference(page), broken, reference(page)])

    assert answer.data
    assert [entity and entity["title"] for entity in answer.data["_entities"]] == ["Fine", None, "Fine"]
    assert [(error.path, error.original_error.code) for error in answer.errors] == [
        (["_entities", 1], "VALIDATION_ERROR")
    ]


async def test_fields_beside_the_key_are_ignored(world: World) -> None:
    page = await world.page("Fine")
    assert await titles(world, [reference(page, info=1, cls=2, given=3, title="Other", locale="de")]) == ["Fine"]


async def test_the_callers_variables_stay_as_they_are(world: World) -> None:
    given = [reference(await world.page("Fine")), {"__typename": "Unknown"}]
    before = deepcopy(given)

    await world.answer(ENTITIES, ANONYMOUS, r=given)

    assert given == before


async def test_the_requests_view_is_theirs(world: World) -> None:
    texts = [{"locale": "en", "title": "Tree"}, {"locale": "de", "title": "Baum"}]
    page = await world.page(translations=texts)
    data = await world.ask(ENTITIES, view=world.view(locale="de"), r=[reference(page)])
    assert data["_entities"] == [{"__typename": "Page", "id": page, "title": "Baum", "path": "/baum"}]


@pytest.mark.parametrize(("actor", "code"), [(ANONYMOUS, "UNAUTHENTICATED"), (CUSTOMER, "PERMISSION_DENIED")])
async def test_drafts_without_the_right_are_an_error_at_each_place(world: World, actor: Any, code: str) -> None:
    pages = [await world.page("Live"), await world.page("Draft", publish=False)]
    answer = await world.answer(ENTITIES, view=world.view(actor, stage="DRAFT"), r=[reference(page) for page in pages])

    assert answer.data == {"_entities": [None, None]}
    assert [error.path for error in answer.errors] == [["_entities", 0], ["_entities", 1]]
    assert answer.codes == [code, code]


async def test_an_author_gets_his_drafts_and_what_is_live_of_others(world: World) -> None:
    own = await world.page("Own", publish=False, actor=AUTHOR)
    live, draft = await world.page("Live"), await world.page("Draft", publish=False)
    view = world.view(AUTHOR, stage="DRAFT")
    assert await titles(world, [reference(page) for page in (own, live, draft)], view=view) == ["Own", "Live", None]

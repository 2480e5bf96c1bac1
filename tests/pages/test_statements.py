"""What reading costs: statements by the kind of question, never by the number of rows."""

from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, World

BLOCKS = [
    {"type": "hero", "data": {"title": "Big"}},
    {"type": "text", "data": {"text": {"content": "*Hi*"}}, "overrides": [{"locale": "de", "data": {}}]},
]
TEXTS = [{"locale": "en", "title": "Page"}, {"locale": "de", "title": "Seite"}, {"locale": "ru", "title": "Страница"}]


async def cost(world: World, query: str, view: Any = None, **variables: Any) -> int:
    """How many statements a question takes."""
    await world.ask(query, ANONYMOUS, view, **variables)
    return len(world.statements)


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
@pytest.mark.parametrize("depth", [1, 6])
@pytest.mark.parametrize("field", ["pageByPath", "route"])
async def test_a_page_by_path_with_translations_ancestors_and_alternates_costs_four(
    world: World, depth: int, field: str, stage: str
) -> None:
    parent = None
    for _ in range(depth):
        parent = await world.page(translations=TEXTS, parentId=parent, blocks=BLOCKS)
    shown = """{ title body { html } seo { title openGraph { title } } blocks { type data } revision { number }
        translations { locale title path blocks { data } } ancestors { id title path } alternates { locale path url } }"""
    selected = f"{{ ... on PageRoute {{ isCanonical page {shown} }} }}" if field == "route" else shown
    query = f'query ($path: String!) {{ {field}(path: $path, locale: "de") {selected} }}'
    assert await cost(world, query, world.view(ADMIN, stage=stage), path="/seite" * depth) <= 4


async def test_twenty_pages_with_blocks_cost_four(world: World) -> None:
    for n in range(22):
        await world.page(f"Page {n}", blocks=BLOCKS)
    query = """{ pages(first: 20) { totalCount nodes { title path parent { title }
        blocks { id type data ... on PageTextBlock { text { html } } } } } }"""
    assert await cost(world, query) <= 4
    assert await cost(world, query.replace("totalCount", "")) <= 2


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
async def test_fifty_pages_by_reference_cost_two(world: World, stage: str) -> None:
    pages = [await world.page(f"Page {n}", blocks=BLOCKS) for n in range(50)]
    query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Page { title path blocks { data } } } }"
    representations = [{"__typename": "Page", "id": page} for page in pages]
    assert await cost(world, query, world.view(ADMIN, stage=stage), r=representations) <= 2


async def test_the_path_of_a_page_costs_one_and_with_its_breadcrumbs_two_below_another(world: World) -> None:
    above = await world.page("Above")
    await world.page("Below", parentId=above)
    query = (
        "query ($path: String!) { route(path: $path) { ... on PageRoute { canonicalPath page { title path %s } } } }"
    )
    assert await cost(world, query % "", path="/above/below") == 1
    assert await cost(world, query % "breadcrumbs { title path }", path="/above/below") == 2
    assert await cost(world, query % "depth ancestors { id } breadcrumbs { title path }", path="/above") == 1


async def test_a_path_that_was_or_is_nowhere_costs_few(world: World) -> None:
    page = await world.page("Old")
    await world.do("updatePage", id=page, translations=[{"locale": "en", "slug": "new"}])
    await world.do("publishPage", id=page)
    query = """query ($path: String!) { route(path: $path) { ... on PathRedirectRoute { location targetPage { title } }
        ... on PathGoneRoute { goneAt } } }"""
    assert await cost(world, query, path="/old") <= 4
    assert await cost(world, query, path="/nothing") <= 4
    assert await cost(world, query, path="/a%2Fb") == 0
    for path in ("/old", "/nothing"):
        assert await cost(world, query, world.view(ADMIN, stage="DRAFT"), path=path) <= 5
    await world.do("unpublishPage", id=page)
    assert await cost(world, query, path="/old") <= 5


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
async def test_no_question_costs_more_where_there_are_more_pages(world: World, stage: str) -> None:
    query = """{ pages(first: 50) { totalCount nodes { title path depth parent { title } ancestors { title } breadcrumbs { path }
        alternates { path } author { id } blocks { data } children(first: 3) { totalCount nodes { title path
        parent { title } children { totalCount nodes { title } } } } } } }"""
    costs: set[int] = set()
    for round_ in range(3):
        texts = [{**text, "slug": f"top-{round_}"} for text in TEXTS]
        top = await world.page(translations=texts)
        for n in range(4):
            child = await world.page(f"Child {n}", parentId=top, blocks=BLOCKS)
            await world.page("Leaf", parentId=child)
        view = world.view(ADMIN, stage=stage)
        _ = await cost(
            world, query, view
        )  # what was shown last time is asked for without texts, and once more where there is more
        costs.add(await cost(world, query, view))
    assert len(costs) == 1


async def test_moving_what_stands_below_costs_the_same_however_much_it_is(world: World) -> None:
    costs: set[int] = set()
    for children in (1, 5, 20):
        top = await world.page(f"Top {children}")
        for n in range(children):
            await world.page(f"Child {n}", parentId=top)
        await world.do("updatePage", id=top, translations=[{"locale": "en", "slug": f"new-{children}"}])
        await world.do("publishPage", id=top)
        costs.add(len(world.statements))
    assert len(costs) == 1

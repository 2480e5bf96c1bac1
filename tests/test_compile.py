"""The four kinds of field suffice to answer a query without a resolver below its root fields."""

from typing import Any

import orjson
import pytest
from graphql import parse

from pages_graphql.api.context import Context
from pages_graphql.schema import schema
from tests.compiled import run
from tests.world import ADMIN, ANONYMOUS, World, recorded

QUERY = """query ($path: String!, $id: ID!, $n: Int!, $locale: String) {
  list: pages(first: $n, locale: $locale) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { ...facts } }
    nodes {
      ...facts
      parent { title path parent { id } }
      blocks { ...block }
      children(first: 2) { totalCount nodes { ...facts parent { id title } blocks { ...block } } pageInfo { hasNextPage } }
    }
  }
  page(id: $id, locale: $locale) {
    ancestors { title path blocks { __typename id } } breadcrumbs { title path pageId } alternates { locale path url isDefault }
    translation(locale: "de") { title seo { title openGraph { title locale } } } revision { number createdAt author { id } }
    blocks(types: ["text"]) { ...block }
  }
  route(path: $path) { __typename statusCode path ... on PageRoute { isCanonical page { title } } ... on PathNotFoundRoute { locale } }
  menuByHandle(handle: "main", locale: $locale) {
    name isFallback depth bindings { location channel } flatItems { id parentId }
    items { label url link { __typename ... on MenuPageLink { page { ...facts } } ... on MenuUrlLink { isExternal } } children { label } }
  }
  nothing: page(id: "00000000-0000-0000-0000-000000000000") { id }
}
fragment facts on Page {
  __typename id name: title path depth status stage locale isFallback metadata publishedAt author { id }
  body { format html wordCount short: excerpt(length: $n) excerpt }
  translations { locale title path updatedAt body { content } blocks { type } }
}
fragment block on PageBlock {
  __typename id type data overrides { locale data } ... on PageHeroBlock { title subtitle backgroundImage { src width media { id } } }
  ... on PageTextBlock { text { html readingMinutes } }
}"""


async def tree(world: World) -> str:
    """Pages three deep with blocks and two locales; the id of the deepest."""
    blocks: list[dict[str, Any]] = [
        {"type": "hero", "data": {"title": "Big", "backgroundImage": {"mediaId": "m1", "width": 9}}},
        {"type": "text", "data": {"text": {"content": "*Hi* there"}}, "overrides": [{"locale": "de", "data": {}}]},
    ]
    leaf = ""
    for n in range(4):
        text = {"title": f"Top {n}", "body": {"content": f"# Body {n}\n\nof the *page*"}}
        texts = [{"locale": "en", **text}, {"locale": "de", "title": f"Oben {n}"}]
        top = await world.page(translations=texts, blocks=blocks, metadata={"n": n, "deep": {"list": [1, None]}})
        for m in range(3):
            child = await world.page(f"Child {n}.{m}", parentId=top, blocks=blocks[:m])
            leaf = await world.page(f"Leaf {n}.{m}", parentId=child, publish=n > 0)
    links = [{"link": {"pageId": leaf}, "children": [{"link": {"url": "/x"}}]}, {"link": {"url": "https://x.example"}}]
    await world.menu("main", links, bindings=[{"location": "HEADER"}])
    return leaf


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
async def test_a_query_compiled_from_the_kinds_gives_the_bytes_of_graphql_core(world: World, stage: str) -> None:
    variables = {"path": "/top-1", "id": await tree(world), "n": 9, "locale": "de"}
    view = world.view(ADMIN if stage == "DRAFT" else ANONYMOUS, stage=stage)
    expected = await world.ask(QUERY, view=view, **variables)
    cost = len(world.statements)

    with recorded(world.database, world.statements):
        data = await run(schema, parse(QUERY), Context(world.database, view), variables)

    assert orjson.dumps(data) == orjson.dumps(expected)
    assert len(world.statements) <= cost
    assert len(expected["list"]["nodes"]) == 9
    assert {"PageHeroBlock", "PageTextBlock"} <= {b["__typename"] for n in data["list"]["nodes"] for b in n["blocks"]}

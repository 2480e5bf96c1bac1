"""Whatever is sent, the answer is JSON, its errors have codes, and nothing breaks."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.api.conftest import bearer
from tests.depth import THOUSANDFOLD, times
from tests.world import World

pytestmark = THOUSANDFOLD

JSON = "application/json"
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
KEYS = st.one_of(st.text(max_size=8), st.sampled_from(["id", "__typename", "path", "locale", "input", "translations"]))
VALUES = st.recursive(SCALARS, lambda part: st.lists(part, max_size=4) | st.dictionaries(KEYS, part, max_size=4))

ASKED = [
    "query ($v: [_Any!]!) { _entities(representations: $v) { __typename } }",
    "query ($v: ID!) { page(id: $v) { id } menu(id: $v) { id } }",
    "query ($v: String!) { pageByPath(path: $v) { id } route(path: $v) { statusCode } menuByHandle(handle: $v) { id } }",
    "query ($v: String!) { pageBySlug(slug: $v, parentId: $v, locale: $v) { id } }",
    "query ($v: String) { pages(after: $v, locale: $v, channel: $v) { totalCount } }",
    "query ($v: Int) { pages(first: $v) { totalCount } menus(last: $v) { totalCount } }",
    "query ($v: PageWhere) { pages(where: $v) { totalCount } }",
    "query ($v: [String!]!) { pages { nodes { blocks(types: $v) { id } } } }",
    "mutation ($v: JSON!) { createPage(input: { translations: [], metadata: $v }) { problems { code path } } }",
    "mutation ($v: CreatePageInput!) { createPage(input: $v) { problems { code path } } }",
    "mutation ($v: UpdatePageInput!) { updatePage(input: $v) { problems { code path } } }",
    "mutation ($v: CreateMenuInput!) { createMenu(input: $v) { problems { code path } } }",
]


def checked(response: httpx.Response) -> None:
    """An answer has the form that every answer has."""
    body = response.json()
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.status_code < 500, body
    codes = [error["extensions"]["code"] for error in body.get("errors", [])]
    assert "INTERNAL_ERROR" not in codes
    assert codes or "data" in body


@MANY
@given(body=st.binary(max_size=200))
@example(body=b"\xef\xbb\xbf{}")
@example(body=b'{"query":"{ __typename }","variables":' + b"[" * 2_000 + b"]" * 2_000 + b"}")
@example(body=b'{"query":"' + b"{ page" * 5_000 + b'"}')
@example(body=b'{"query":"{ __typename }","variables":{"a":"' + b"x" * 2 * 1024 * 1024 + b'"}}')
@example(body=b"[" * 2 * 1024 * 1024)
async def test_any_bytes(client: httpx.AsyncClient, body: bytes) -> None:
    checked(await client.post("/graphql", content=body, headers={"Content-Type": JSON}))


@MANY
@given(
    body=st.dictionaries(st.sampled_from(["query", "operationName", "variables", "extensions"]), VALUES) | VALUES,
    query=st.sampled_from([None, "{ __typename }", "query A { __typename }", *ASKED]),
)
async def test_any_json(client: httpx.AsyncClient, body: Any, query: str | None) -> None:
    if isinstance(body, dict) and query:
        body["query"] = query
    content = json.dumps(body).encode()
    checked(await client.post("/graphql", content=content, headers={"Content-Type": JSON}))


@MANY
@given(query=st.text(alphabet='{}()[]!:$@#"\\ \n\ta1_.…\ud800é', max_size=60))
async def test_any_document(client: httpx.AsyncClient, query: str) -> None:
    checked(await client.post("/graphql", content=json.dumps({"query": query}), headers={"Content-Type": JSON}))


@pytest.mark.parametrize("query", ASKED)
@settings(MANY, max_examples=times(15, 1_000))
@given(value=VALUES)
@example(value={"__typename": "Page", "path": "\ud800", "locale": "\x00"})
@example(value=[{"__typename": "Page", "id": "\x00"}, {"__typename": "Menu", "id": ["x"]}, None, 1, []])
@example(value="\x00")
@example(value="\ud800")
@example(value=2**31)
@example(value=1e400)
async def test_any_variable(client: httpx.AsyncClient, world: World, query: str, value: Any) -> None:
    content = json.dumps({"query": query, "variables": {"v": value}})
    checked(await client.post("/graphql", content=content, headers={"Content-Type": JSON, **bearer(world)}))


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("content_type", [None, "", JSON, "text/plain", "application/json; charset=utf-16", "\xff"])
async def test_any_method_and_media_type(client: httpx.AsyncClient, method: str, content_type: str | None) -> None:
    headers = [] if content_type is None else [(b"Content-Type", content_type.encode("latin-1"))]
    request = client.build_request(method, "/graphql", content=b"{}", headers=headers)
    response = await client.send(request)
    assert 400 <= response.status_code < 500
    if method != "HEAD":
        checked(response)

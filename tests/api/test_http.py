"""GraphQL over HTTP: media types, methods, bodies and statuses."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.api.conftest import open_client
from tests.world import World

NEW = "application/graphql-response+json"
OLD = "application/json"
ASK = {"query": "{ __typename }"}


def code(response: httpx.Response) -> str:
    """The code of the first error, whose form every error has."""
    error = response.json()["errors"][0]
    assert set(error["extensions"]) == {"code", "kind", "status", "traceId"}
    assert len(error["extensions"]["traceId"]) == 32
    return error["extensions"]["code"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", OLD),
        (NEW, NEW),
        (OLD, OLD),
        (f"{NEW}, */*", NEW),
        (f"{OLD}, {NEW}", NEW),
        (f"{NEW};q=0.5, {OLD}", OLD),
        (f"{NEW}, {OLD};q=0.9", NEW),
        ("image/png", OLD),
    ],
)
async def test_the_caller_chooses_the_media_type(client: httpx.AsyncClient, accept: str, media: str) -> None:
    response = await client.post("/graphql", json=ASK, headers={"Accept": accept})
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})
    assert response.headers["Content-Type"] == f"{media}; charset=utf-8"


async def test_answers_vary_by_what_they_depend_on(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json=ASK)
    assert response.headers["Vary"] == (
        "Accept, Authorization, X-Tenant-ID, X-Tenant-Slug, X-Locale, Accept-Language, X-Channel, X-Stage"
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"query": "{ __typename "}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ " * 5_000}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "[" * 50_000}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "\ud800"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "fragment f on Query { __typename }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ __typename }", "operationName": "Other"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A { __typename } query B { __typename }"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query ($id: ID!) { page(id: $id) { id } }"}, "BAD_USER_INPUT"),
        ({"query": "query ($id: ID!) { page(id: $id) { id } }", "variables": {"id": {}}}, "BAD_USER_INPUT"),
    ],
)
async def test_a_document_that_cannot_be_executed_is_400(
    client: httpx.AsyncClient, asked: dict[str, Any], expected: str
) -> None:
    response = await client.post("/graphql", content=json.dumps(asked), headers={"Content-Type": OLD})
    assert (response.status_code, code(response)) == (400, expected)
    assert "data" not in response.json()


async def test_for_plain_json_a_wrong_document_is_no_http_error(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{"}, headers={"Accept": OLD})
    assert (response.status_code, code(response)) == (200, "GRAPHQL_PARSE_FAILED")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"1",
        b'"x"',
        b"[]",
        b'[{"query":"{ __typename }"}]',
        b"{}",
        b'{"query":null}',
        b'{"query":""}',
        b'{"query":1}',
        b'{"query":"{ __typename }","variables":[]}',
        b'{"query":"{ __typename }","variables":"{}"}',
        b'{"query":"{ __typename }","extensions":1}',
        b'{"query":"{ __typename }","operationName":1}',
        b'{"query":"\xff"}',
        b'\xff\xfe{\x00"\x00q\x00',
        b'{"query":"{ __typename }","variables":{"a":NaN}}',
        b'{"query":"{ __typename }","variables":{"a":NaN,"b":"\\ud800"}}',
        b'{"query":"\\ud800","variables":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
async def test_a_body_in_another_form_is_400(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/graphql", content=body, headers={"Content-Type": OLD, "Accept": OLD})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("content_type", [OLD, "application/json; charset=UTF-8", 'APPLICATION/JSON;charset="utf-8"'])
async def test_json_in_utf_8_is_read_with_a_byte_order_mark_or_without(
    client: httpx.AsyncClient, content_type: str
) -> None:
    body = '\ufeff{"query":"{ __typename }"}'.encode()
    response = await client.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/json; charset=latin-1", "multipart/form-data; boundary=x"]
)
async def test_other_media_types_are_415(client: httpx.AsyncClient, content_type: str) -> None:
    response = await client.post("/graphql", content=b"{}", headers={"Content-Type": content_type})
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_405_and_the_answer_says_which_are_not(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql")
    assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


async def test_queries_are_taken_by_get(client: httpx.AsyncClient) -> None:
    document = "query Q($is: Boolean!) { __typename @include(if: $is) } query R { __typename }"
    given = {"query": document, "operationName": "Q", "variables": '{"is":false}', "extensions": "{}"}
    response = await client.get("/graphql?" + urlencode(given))
    assert (response.status_code, response.json()) == (200, {"data": {}})
    assert (await client.head("/graphql?" + urlencode(given))).status_code == 200


@pytest.mark.parametrize("given", [{}, {"query": ""}, {"query": "{ __typename }", "variables": "{"}])
async def test_a_get_in_another_form_is_400(client: httpx.AsyncClient, given: dict[str, str]) -> None:
    response = await client.get("/graphql?" + urlencode(given))
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


async def test_a_mutation_by_get_is_405(client: httpx.AsyncClient) -> None:
    mutation = 'mutation { publishPage(input: {id: "1"}) { problems { code } } }'
    response = await client.get("/graphql?" + urlencode({"query": mutation}))
    assert (response.status_code, code(response), response.headers["Allow"]) == (405, "METHOD_NOT_ALLOWED", "POST")


async def test_a_large_body_is_413_whether_it_is_announced_or_not(world: World) -> None:
    body = json.dumps({"query": "{ __typename }", "variables": {"a": "x" * 2_000}}).encode()

    async def chunks() -> AsyncIterator[bytes]:
        yield body[:1_000]
        yield body[1_000:]

    async with open_client(world.database, max_request_bytes=1_024) as client:
        headers = {"X-Tenant-Slug": world.tenant.slug, "Content-Type": OLD}
        announced: tuple[bytes | AsyncIterator[bytes], ...] = (body, chunks())
        for content in announced:
            response = await client.post("/graphql", content=content, headers=headers)
            assert (response.status_code, code(response)) == (413, "PAYLOAD_TOO_LARGE")


async def test_a_browser_gets_graphiql(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")
    assert "GraphiQL" in response.text


async def test_graphiql_gets_its_files(client: httpx.AsyncClient) -> None:
    page = (await client.get("/graphql", headers={"Accept": "text/html"})).text
    script = page.partition('<script type="module" src="')[2].partition('"')[0]
    assert (await client.get(script)).status_code == 200


async def test_other_paths_answer_json(client: httpx.AsyncClient) -> None:
    response = await client.get("/nothing/here")
    assert (response.status_code, code(response)) == (404, "NOT_FOUND")


async def test_origins_that_are_listed_may_ask_from_a_browser(world: World) -> None:
    preflight = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-channel,x-locale,x-stage,x-tenant-id",
    }
    async with open_client(world.database, cors_origins="https://shop.example, https://other.example") as client:
        allowed = await client.options("/graphql", headers=preflight)
        refused = await client.options("/graphql", headers={**preflight, "Origin": "https://bad.example"})
    assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (200, "https://shop.example")
    assert refused.status_code == 400
    assert "Access-Control-Allow-Origin" not in refused.headers

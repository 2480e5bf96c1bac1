"""Executing documents: their size, their reuse, and what becomes of failing fields."""

import asyncio
import json
from typing import Any

import pytest
import strawberry
from starlette.responses import Response

from pages_graphql.api.context import Context
from pages_graphql.api.errors import DocumentRefused
from pages_graphql.api.execution import GraphQLCoreExecutor
from pages_graphql.api.headers import Views
from pages_graphql.api.http import GraphQLEndpoint
from pages_graphql.api.identity import Identities, KeyRing
from pages_graphql.api.json import loads
from pages_graphql.api.metrics import Metrics
from pages_graphql.api.protection import QueryLimits
from pages_graphql.core.errors import busy, denied, wrong_argument
from pages_graphql.core.tenancy import Tenant
from pages_graphql.schema import schema as whole_schema
from pages_graphql.storage.database import Database
from tests.api.test_identity import TENANT


@strawberry.type
class Node:
    name: str = "node"

    @strawberry.field
    def child(self) -> "Node":
        return self


@strawberry.input
class Tree:
    children: "list[Tree] | None" = None

    def height(self) -> int:
        return 1 + max((child.height() for child in self.children or ()), default=0)


@strawberry.type
class Query:
    @strawberry.field
    def height(self, tree: Tree) -> int:
        return tree.height()

    @strawberry.field
    def node(self) -> Node:
        return Node()

    @strawberry.field
    async def slow(self) -> str:
        await asyncio.sleep(0)
        return "done"

    @strawberry.field
    def broken(self) -> str | None:
        raise LookupError("a title that nobody may see")

    @strawberry.field
    def missing(self) -> str:
        return None  # pyright: ignore[reportReturnType]

    @strawberry.field
    def large(self) -> int | None:
        return 2**40

    @strawberry.field
    def forbidden(self) -> str | None:
        raise denied("pages:update", known=True)

    @strawberry.field
    def wrong(self, first: int = 1, maybe: strawberry.Maybe[str] = None) -> str | None:
        if maybe is not None:
            return maybe.value
        raise wrong_argument(f"{first} is too many.")

    @strawberry.field
    def busy(self) -> str | None:
        raise busy()

    @strawberry.field
    def surrogate(self) -> str:
        return "\ud800"


class OneTenant:
    """A directory with one tenant in it."""

    async def named(self, name: str) -> Tenant:
        return TENANT

    async def by_slug(self, slug: str) -> Tenant:
        return TENANT

    async def by_host(self, host: str) -> Tenant:
        return TENANT


SCHEMA = strawberry.Schema(query=Query)


async def page() -> Response:
    return Response()


async def ask(query: str, variables: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    """The status and the body of an answer from the small schema above."""
    endpoint = GraphQLEndpoint(
        executor=GraphQLCoreExecutor(SCHEMA),
        views=Views(OneTenant(), Identities(KeyRing("x" * 32))),
        make_context=lambda view, trace: Context(Database("sqlite+aiosqlite:///nothing.db"), view, trace=trace),
        metrics=Metrics(),
        graphiql=page,
        max_request_bytes=1_000_000,
    )
    body = json.dumps({"query": query, "variables": variables}).encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    headers = {b"content-type": b"application/json", b"host": b"x"}
    start, answer = await endpoint.answer({"type": "http", "method": "POST"}, receive, headers)
    return start["status"], loads(answer["body"])


def codes(body: dict[str, Any]) -> list[str]:
    return [error["extensions"]["code"] for error in body["errors"]]


async def test_one_field_that_fails_leaves_the_others() -> None:
    status, body = await ask("{ a: slow forbidden wrong(first: 1000) }")
    assert status == 200
    assert body["data"] == {"a": "done", "forbidden": None, "wrong": None}
    assert [(error["message"], error["path"], error["extensions"]["status"]) for error in body["errors"]] == [
        ("This needs the permission pages:update.", ["forbidden"], 200),
        ("1000 is too many.", ["wrong"], 200),
    ]
    assert codes(body) == ["PERMISSION_DENIED", "VALIDATION_ERROR"]


@pytest.mark.parametrize("field", ["broken", "missing", "large"])
async def test_what_nobody_expected_shows_no_inner_text(field: str) -> None:
    status, body = await ask(f"{{ {field} }}")
    error = body["errors"][0]
    assert (status, error["extensions"]["code"], error["extensions"]["kind"]) == (200, "INTERNAL_ERROR", "INTERNAL")
    assert "title" not in error["message"]
    assert error["path"] == [field]


async def test_a_busy_database_is_503_where_it_left_nothing_to_answer() -> None:
    assert (await ask("{ busy }"))[0] == 503
    assert (await ask("{ busy slow }"))[0] == 200
    assert codes((await ask("{ busy }"))[1]) == ["DATABASE_BUSY"]


async def test_text_with_lone_surrogates_goes_out_as_json() -> None:
    assert (await ask("{ surrogate }"))[1] == {"data": {"surrogate": "\ud800"}}


async def test_a_null_that_the_argument_does_not_take_is_bad_input() -> None:
    for query, variables in (("{ wrong(maybe: null) }", None), ("query($m: String) { wrong(maybe: $m) }", {"m": None})):
        _, body = await ask(query, variables)
        assert codes(body)[0] in {"GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}
    assert (await ask('{ wrong(maybe: "x") }'))[1] == {"data": {"wrong": "x"}}


def nested(depth: int) -> str:
    return "{ node " + "{ child " * (depth - 2) + "{ name }" + " }" * (depth - 1)


def refused(executor: GraphQLCoreExecutor, query: str) -> str:
    with pytest.raises(DocumentRefused) as caught:
        executor.prepare(query, None)
    return caught.value.errors[0].message


def test_what_is_more_than_the_limits_is_refused() -> None:
    executor = GraphQLCoreExecutor(SCHEMA, QueryLimits(tokens=100, depth=5, fields=20, aliases=3))
    assert executor.prepare(nested(5), None).kind == "query"
    assert "depth 6" in refused(executor, nested(6))
    assert executor.prepare("{ a: slow b: slow c: slow }", None).kind == "query"
    assert "aliases 4" in refused(executor, "{ a: slow b: slow c: slow d: slow }")
    assert "fields 21" in refused(executor, "{ " + "slow " * 21 + "}")
    assert "token" in refused(executor, "{ " + "slow " * 100 + "}")


def test_fragments_are_measured_as_if_they_were_written_out() -> None:
    executor = GraphQLCoreExecutor(SCHEMA, QueryLimits(depth=5, fields=1_000))
    doubled = " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ... {{ ...f{n + 1} }} }}" for n in range(40))
    bomb = f"{{ ...f0 }} {doubled} fragment f40 on Query {{ slow }}"
    assert f"fields {2**40}" in refused(executor, bomb)
    deep = "{ ...a } fragment a on Query { node { ...b } } fragment b on Node { child { child { child { child { name } } } } }"
    assert "depth 6" in refused(executor, deep)


@pytest.mark.parametrize(
    "query",
    [
        "{ ...a } fragment a on Query { slow ...a }",
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
        "{ ...nowhere }",
        "{ ...f0 } " + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} }}" for n in range(1_200)),
    ],
)
def test_fragments_that_end_nowhere_are_refused(query: str) -> None:
    with pytest.raises(DocumentRefused):
        GraphQLCoreExecutor(SCHEMA).prepare(query, None)


def test_what_gateways_and_tools_send_passes() -> None:
    executor = GraphQLCoreExecutor(whole_schema)
    entities = " ".join(f"e{n}: _entities(representations: $r{n}) {{ ... on Page {{ id title }} }}" for n in range(50))
    given = ", ".join(f"$r{n}: [_Any!]!" for n in range(50))
    assert executor.prepare(f"query ({given}) {{ {entities} }}", None).kind == "query"
    of_type = "kind name " + "ofType { kind name " * 9 + "}" * 9
    introspection = f"""{{ __schema {{ types {{ name kind fields(includeDeprecated: true) {{
        name args {{ name type {{ {of_type} }} }} type {{ {of_type} }} }} }} }} }}"""
    assert executor.prepare(introspection, None).kind == "query"


async def test_variables_that_nest_too_deeply_are_bad_input() -> None:
    tree: dict[str, Any] = {}
    for _ in range(450):
        tree = {"children": [tree]}
    status, body = await ask("query ($tree: Tree!) { height(tree: $tree) }", {"tree": tree})
    assert (status, codes(body)) == (400, ["BAD_USER_INPUT"])
    few = {"children": [{}, {"children": []}]}
    assert (await ask("query ($tree: Tree!) { height(tree: $tree) }", {"tree": few}))[1] == {"data": {"height": 2}}


def test_a_document_is_validated_once() -> None:
    executor = GraphQLCoreExecutor(SCHEMA)
    query = "query A { slow } query B { node { name } }"
    first = executor.prepare(query, "A")
    assert executor.prepare(query, "B").document is first.document
    for n in range(501):
        executor.prepare(f"{{ a{n}: slow }}", None)
    assert executor.prepare(query, "A").document is not first.document

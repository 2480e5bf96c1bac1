"""Apollo's inline traces: asked for by a header, and as large as the answer."""

from base64 import b64decode
from typing import Any

import httpx

from tests.world import World

ASKED = {"Apollo-Federation-Include-Trace": "ftv1"}

CHILD, ERROR, NAME, INDEX, TYPE, STARTED, ENDED, PARENT, ORIGINAL = 12, 11, 1, 2, 3, 8, 9, 13, 14
"""The numbers of a node's fields in reports.proto."""


def read(message: bytes) -> dict[int, list[Any]]:
    """The fields of a protobuf message by their numbers: integers, and bytes for all else."""
    found: dict[int, list[Any]] = {}
    rest = iter(message)

    def varint() -> int:
        value, shift = 0, 0
        while (byte := next(rest)) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
        return value | byte << shift

    for first in rest:
        number, kind = first >> 3, first & 7
        assert kind in {0, 2}
        value = varint()
        found.setdefault(number, []).append(bytes(next(rest) for _ in range(value)) if kind else value)
    return found


async def traced(client: httpx.AsyncClient, query: str) -> dict[int, list[Any]]:
    """The root node of a query's trace."""
    answer = (await client.post("/graphql", json={"query": query}, headers=ASKED)).json()
    trace = read(b64decode(answer["extensions"]["ftv1"]))
    assert {3, 4, 11, 14} == trace.keys()  # begin, end, duration, root
    return read(trace[14][0])


def children(node: dict[int, list[Any]]) -> dict[str | int, dict[int, list[Any]]]:
    """The nodes below one, by name or index."""
    below = [read(child) for child in node.get(CHILD, [])]
    return {one[NAME][0].decode() if NAME in one else one[INDEX][0]: one for one in below}


async def test_each_field_says_what_it_is_and_how_long_it_took(client: httpx.AsyncClient, world: World) -> None:
    for n in range(2):
        await world.page(f"Page {n}")
    root = await traced(client, "{ all: pages { nodes { title parent { id } } } }")

    listed = children(root)["all"]
    nodes = children(children(listed)["nodes"])
    assert list(nodes) == [0, 1]
    title = children(nodes[1])["title"]
    assert (listed[ORIGINAL], title[TYPE], title[PARENT]) == ([b"pages"], [b"String!"], [b"Page"])
    assert 0 < listed[STARTED][0] < listed[ENDED][0] <= title[STARTED][0] <= title[ENDED][0]
    parent = children(nodes[0])["parent"]
    assert parent[STARTED][0] < parent[ENDED][0]


async def test_errors_stand_where_the_answer_has_them(client: httpx.AsyncClient) -> None:
    root = await traced(
        client, '{ pathRedirects { totalCount } _entities(representations: [{__typename: "X"}]) { __typename } }'
    )
    for name in ("pathRedirects", "_entities"):
        [error] = [read(error) for error in children(root)[name][ERROR]]
        assert error.keys() == {1, 2, 4}  # message, place, the whole as JSON
    assert b"UNAUTHENTICATED" in read(children(root)["pathRedirects"][ERROR][0])[4][0]


async def test_nobody_else_gets_one(client: httpx.AsyncClient) -> None:
    for headers in ({}, {"Apollo-Federation-Include-Trace": "other"}):
        answer = await client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
        assert answer.json() == {"data": {"__typename": "Query"}}
    refused = await client.post("/graphql", json={"query": "{"}, headers=ASKED)
    assert "extensions" not in refused.json()

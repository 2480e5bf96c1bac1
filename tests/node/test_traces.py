"""A gateway that asks for a trace gets one, which Apollo's own package can read."""

import json
from typing import Any

from tests.node.graph import Service
from tests.node.processes import output, script

ASKED = {"Apollo-Federation-Include-Trace": "ftv1"}


def traced(pages: Service, query: str) -> dict[str, Any]:
    """The trace of a query."""
    return json.loads(output(script("trace.mjs"), pages.ask(query, ASKED)["extensions"]["ftv1"]))


def below(node: dict[str, Any], *path: str | int) -> dict[str, Any]:
    """The node at a path below another."""
    for key in path:
        node = next(one for one in node["child"] if key in (one.get("responseName"), one.get("index")))
    return node


def test_a_trace_has_each_field_with_its_types_and_times(pages: Service) -> None:
    trace = traced(pages, "{ list: pages(first: 2) { nodes { title children { totalCount } } } }")

    title = below(trace["root"], "list", "nodes", 1, "title")
    assert (title["parentType"], title["type"]) == ("Page", "String!")
    listed = below(trace["root"], "list")
    assert listed["originalFieldName"] == "pages"
    assert 0 < listed["startTime"] < listed["endTime"] <= title["startTime"] <= title["endTime"] <= trace["durationNs"]
    assert below(trace["root"], "list", "nodes", 0, "children", "totalCount")["type"] == "Int!"
    assert 0 <= trace["endTime"]["seconds"] - trace["startTime"]["seconds"] <= 60


def test_errors_stand_at_their_fields_as_the_answer_shows_them(pages: Service) -> None:
    trace = traced(
        pages, '{ pathRedirects { totalCount } _entities(representations: [{__typename: "X"}]) { __typename } }'
    )

    [error] = below(trace["root"], "pathRedirects")["error"]
    shown = json.loads(error["json"])
    assert error["message"] == shown["message"]
    assert shown["extensions"]["code"] == "UNAUTHENTICATED"
    assert error["location"] == [{"line": 1, "column": 3}]
    assert len(below(trace["root"], "_entities")["error"]) == 1


def test_nobody_else_gets_a_trace(pages: Service) -> None:
    for headers in ({}, {"Apollo-Federation-Include-Trace": "other"}):
        assert pages.ask("{ __typename }", headers) == {"data": {"__typename": "Query"}}

"""JSON Schemas that tenants give: which are taken, and how values are checked."""

import json
import time
from typing import Any

import pytest

from pages_graphql.core.json_schema import (
    DRAFT,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FAULTS,
    MAX_PATTERN,
    MAX_STEPS,
    JsonSchema,
    refusals,
)


def places(schema: Any) -> list[str]:
    return ["/".join(problem.path) for problem in refusals(json.dumps(schema))]


def faults(schema: Any, value: Any) -> list[str]:
    assert places(schema) == []
    return ["/".join(problem.path) for problem in JsonSchema(json.dumps(schema)).faults(value)]


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    for _ in range(depth - 1):
        schema = {"not": schema}
    return schema


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"$schema": DRAFT, "$id": "https://shop.example/schema", "type": "object"},
        {"$ref": "#/$defs/a~1b%20c", "$defs": {"a/b c": {"type": "string"}}},
        {"properties": {"child": {"$ref": "#"}}},
        {"properties": {"$id": {"type": "string"}, "patternProperties": {"const": {"$ref": "https://x.example"}}}},
        {"properties": {"code": {"type": "string", "pattern": r"^\p{Lu}[a-z0-9/-]{2,8}$"}}},
        {"items": False, "additionalProperties": True, "x-widget": {"$dynamicRef": 1}},
    ],
)
def test_schemas_are_taken(schema: Any) -> None:
    assert places(schema) == []


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ([], ""),
        (True, ""),
        ({"type": "objekt"}, "type"),
        ({"properties": {"a": {"minLength": -1}}}, "properties/a/minLength"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "$schema"),
        ({"items": {"$ref": "https://other.example/schema"}}, "items/$ref"),
        ({"items": {"$ref": "other.json"}}, "items/$ref"),
        ({"items": {"$ref": "#/$defs/none"}}, "items/$ref"),
        ({"items": {"$ref": "#named"}}, "items/$ref"),
        ({"items": {"$ref": "#/examples/0"}, "examples": [{}]}, "items/$ref"),
        ({"items": {"$ref": "file:///etc/passwd"}}, "items/$ref"),
        ({"allOf": [{}, {"$id": "https://other.example/"}]}, "allOf/1/$id"),
        ({"$defs": {"a": {"$anchor": "x"}}}, "$defs/a/$anchor"),
        ({"$dynamicRef": "#x"}, "$dynamicRef"),
        ({"patternProperties": {"(a+)+$": {}}}, "patternProperties"),
        ({"unevaluatedProperties": False}, "unevaluatedProperties"),
        ({"properties": {"a": {"pattern": "a" * (MAX_PATTERN + 1)}}}, "properties/a/pattern"),
        ({"properties": {"a": {"pattern": "("}}}, "properties/a/pattern"),
        ({"properties": {"a": {"pattern": r"(a)\1"}}}, "properties/a/pattern"),
        ({"properties": {"a": {"pattern": "(?=a)"}}}, "properties/a/pattern"),
        ({"properties": {"a": {"pattern": r"((\w{50}){50}){50}"}}}, "properties/a/pattern"),
        (nested(MAX_DEPTH + 1), ""),
        ({"description": "x" * MAX_BYTES}, ""),
    ],
)
def test_other_schemas_are_refused_at_their_place(schema: Any, place: str) -> None:
    assert places(schema) == [place]


def test_the_deepest_schema_is_taken() -> None:
    assert places(nested(MAX_DEPTH)) == []


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", "nothing", '{"a": NaN}', '"\\ud800"', "[" * 50_000])
def test_what_is_no_json_is_refused(text: str) -> None:
    assert [problem.path for problem in refusals(text)] == [[]]


def test_all_that_is_wrong_with_a_schema_is_told_at_once() -> None:
    parts = {"a": {"pattern": "("}, "b": {"$ref": "https://x.example"}}
    assert places({"$schema": "draft-04", "properties": parts}) == [
        "$schema",
        "properties/a/pattern",
        "properties/b/$ref",
    ]


def test_faults_are_told_at_their_place() -> None:
    schema = {
        "properties": {
            "list": {"items": {"$ref": "#/$defs/item"}, "uniqueItems": True, "maxItems": 3},
            "code": {"pattern": "^[A-Z]+$"},
            "kind": {"enum": ["a", "b"]},
        },
        "required": ["list", "code", "more"],
        "additionalProperties": False,
        "$defs": {"item": {"type": "object", "required": ["n"], "additionalProperties": {"type": "integer"}}},
    }
    assert faults(schema, {"list": [], "code": "AB", "more": 1}) == ["more"]
    value = {"list": [{"n": 1}, {"n": 1}, {"m": "x"}, {"n": 2}], "code": "a", "kind": "c"}
    assert sorted(faults(schema, value)) == ["code", "kind", "list", "list", "list/2/m", "list/2/n", "more"]


@pytest.mark.parametrize(
    ("format", "right", "wrong"),
    [
        ("uri", "https://a.example/b", "javascript:alert(1)"),
        ("uri", "mailto:a@b.example", "/relative"),
        ("uri-reference", "/relative?a=b", "java\tscript:alert(1)"),
        ("iri-reference", "#top", "//evil.example"),
        ("email", "a@b.example", "a"),
        ("date", "2026-02-28", "2026-02-30"),
        ("uuid", "00000000-0000-0000-0000-000000000000", "0"),
    ],
)
def test_formats_are_checked(format: str, right: str, wrong: str) -> None:
    schema = {"properties": {"a": {"format": format}}}
    assert (faults(schema, {"a": right}), faults(schema, {"a": wrong}), faults(schema, {"a": 1})) == ([], ["a"], [])


def test_messages_are_short() -> None:
    (problem,) = JsonSchema('{"type": "string"}').faults(["x" * 50_000])
    assert len(problem.message) < 300


def test_no_more_than_twenty_faults_are_told() -> None:
    assert len(faults({"items": {"type": "string"}}, list(range(1_000)))) == MAX_FAULTS


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"$ref": "#"}, 1),
        ({"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}}, 1),
        ({"anyOf": [{"items": {"$ref": "#"}}, {"items": {"$ref": "#"}}], "minItems": 1}, None),
        ({"items": {"type": "integer"}}, [1] * MAX_STEPS),
    ],
)
def test_a_check_that_would_not_end_soon_is_ended(schema: Any, value: Any) -> None:
    deep: Any = []
    for _ in range(90):
        deep = [deep]
    started = time.perf_counter()
    assert faults(schema, deep if value is None else value) == [""]
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "(.*a){12}", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_no_pattern_takes_long(pattern: str) -> None:
    started = time.perf_counter()
    JsonSchema(json.dumps({"pattern": pattern})).faults("a" * 60_000 + "!")
    assert time.perf_counter() - started < 5


def test_many_different_objects_are_compared_quickly() -> None:
    started = time.perf_counter()
    assert faults({"uniqueItems": True}, [{"n": n} for n in range(6_000)]) == []
    assert time.perf_counter() - started < 2

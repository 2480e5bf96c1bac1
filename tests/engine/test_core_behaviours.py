"""What graphql-core does with nulls, wrong values, abstract types, inputs and merged fields, both executors do."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from pages_graphql.core.view import Source
from pages_graphql.storage.database import Database
from tests.api.test_identity import TENANT
from tests.engine.both import Both, loaded
from tests.engine.broken import NODES, SCHEMA, Colour, Row
from tests.world import ADMIN, View

Ask = Callable[..., Any]
VIEW = View(TENANT, ADMIN, "en")


def it(value: object = None, document: object = None, kind: str = "Leaf") -> Source[Row]:
    return Source(Row(value, kind), document, VIEW, "en")


class Asked:
    """Asks both, of nodes that a test puts in place."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.both = Both(SCHEMA)

    async def __call__(self, query: str, variables: dict[str, Any] | None = None, /, **nodes: Source[Row]) -> Any:
        NODES.clear()
        NODES.update(nodes)
        return await self.both.same(self.database, VIEW, query, variables)

    async def compiled(self, query: str, variables: dict[str, Any] | None = None, /, **nodes: Source[Row]) -> Any:
        """The data of what ran as compiled, without an error."""
        said = await self(query, variables, **nodes)
        assert (self.both.reasons, said.errors) == ([""], [])
        return loaded(said)

    async def failing(self, query: str, /, **nodes: Source[Row]) -> tuple[Any, list[Any]]:
        """The data, and the paths of the errors."""
        self.both.counted.clear()
        said = await self(query, **nodes)
        assert "" not in self.both.counted
        return loaded(said), [path for path, *_ in said.errors]


@pytest.fixture
async def asked(database: Database) -> AsyncGenerator[Asked]:
    yield Asked(database)
    NODES.clear()


VALUES = [
    None, "", "text", "12", "true", True, False, 0, 1, -1, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 1.0, 1.5, -0.0,
    1e400, float("nan"), Colour.RED, "RED", UUID(int=5), datetime(2026, 1, 1, tzinfo=UTC), b"bytes", [], ["a"], ("a", "b"),
    [None], ["a", None], [1, 2], [[1], [2, 3]], [[1, None]], [["x"]], {"a": 1}, {"a"}, ValueError("a value"), range(3), "ab",
]  # fmt: skip
FIELDS = ["text", "neededText", "number", "ratio", "flag", "id", "colour", "texts", "loose", "table"]


@pytest.mark.parametrize("field", FIELDS)
async def test_any_value_in_any_leaf_ends_alike(asked: Asked, field: str) -> None:
    for value in VALUES:
        await asked(f"{{ node {{ {field} }} }}", it=it(value))
    assert 0 < asked.both.counted[""] < len(VALUES)


@pytest.mark.parametrize(
    ("document", "query", "path"),
    [
        ({"parts": [{}, {}]}, "{ node { parts { neededText } } }", None),
        ({"part": {}}, "{ node { part { neededText } } }", ["node", "part", "neededText"]),
        ({"part": {"part": {}}}, "{ node { part { part { neededText } } } }", ["node", "part", "part", "neededText"]),
        (None, "{ needed { neededText } }", ["needed", "neededText"]),
        (None, "{ nodes { neededText } }", ["nodes", 0, "neededText"]),
        ({"parts": [None]}, "{ node { parts { text } } }", ["node", "parts", 0]),
        ({"parts": "text"}, "{ node { parts { text } } }", ["node", "parts"]),
        ({"part": [{}]}, "{ node { part { text } } }", ["node", "part", "text"]),
        ({"part": ValueError("no")}, "{ node { part { __typename } } }", None),
    ],
)
async def test_a_null_that_cannot_be_climbs_to_what_can(asked: Asked, document: Any, query: str, path: Any) -> None:
    _, paths = await asked.failing(query, it=it(None, document))
    assert path is None or path in paths


async def test_a_null_at_the_root_that_cannot_be_leaves_no_data(asked: Asked) -> None:
    assert await asked.failing("{ plain needed { text } }") == (None, [["needed"]])


async def test_fields_that_fail_leave_the_others(asked: Asked) -> None:
    data, paths = await asked.failing("{ a: node { text raises } refused { text } b: node { text } }", it=it("x"))
    assert data == {"a": {"text": "x", "raises": None}, "refused": None, "b": {"text": "x"}}
    assert paths == [["a", "raises"], ["refused"]]


async def test_relations_load_by_wave_and_fail_alone(asked: Asked) -> None:
    nodes = {"it": it("one"), "one": it("two"), "two": it("three")}
    query = "{ node { next { text next(nth: 2) { text next { text } } } all { text } other: all { text } allNeeded { text } } }"
    data = await asked.compiled(query, **nodes)
    assert data["node"]["next"] == {"text": "two", "next": {"text": "three", "next": None}}
    nodes["it"] = it("one nothing two")
    data, paths = await asked.failing("{ node { all { text } allNeeded { text } broken { text } } }", **nodes)
    assert data["node"] == {"all": [{"text": "two"}, None, {"text": "three"}], "allNeeded": None, "broken": None}
    assert paths == [["node", "allNeeded", 1], ["node", "broken"]]


@pytest.mark.parametrize("value", [None, "nowhere"])
async def test_a_relation_that_must_be_there_and_is_not_is_an_error(asked: Asked, value: str | None) -> None:
    assert await asked.failing("{ node { text neededNext { text } } }", it=it(value)) == (
        {"node": None},
        [["node", "neededNext"]],
    )


async def test_abstract_types_are_told_by_what_picks_them(asked: Asked) -> None:
    leaf, branch = it(None, {"name": "l", "size": 1}), it(None, {"name": "b", "things": []}, "Branch")
    query = """query { node { things { __typename name ... on Leaf { size } ... on Branch { b: size things { name } }
        ... on Thing { again: name } ...F } thing { ...F } } } fragment F on Branch { f: name __typename }"""
    data = await asked.compiled(query, it=it(None, {"things": [leaf, branch], "thing": branch}))
    assert data["node"]["things"] == [
        {"__typename": "Leaf", "name": "l", "size": 1, "again": "l"},
        {"__typename": "Branch", "name": "b", "b": None, "things": [], "again": "b", "f": "b"},
    ]
    assert data["node"]["thing"] == {"f": "b", "__typename": "Branch"}


@pytest.mark.parametrize("kind", ["Lost", "Nobody"])
async def test_a_type_that_is_none_of_them_is_an_error(asked: Asked, kind: str) -> None:
    _, paths = await asked.failing("{ node { thing { __typename } } }", it=it(None, {"thing": it(kind=kind)}))
    assert paths == [["node", "thing"]]


async def test_a_union_is_told_by_the_type_of_what_is_given(asked: Asked) -> None:
    query = "{ node { either { ... on Leaf { size } ... on Node { text } } } }"
    assert await asked.compiled(query, it=it("x", {"size": 2})) == {"node": {"either": {"size": 2}}}
    assert loaded(await asked(query, it=it("x", None, "Node"))) == {"node": {"either": {"text": "x"}}}


async def test_a_concrete_type_that_picks_another_is_left_to_core(asked: Asked) -> None:
    assert await asked.compiled("{ node { leaf { size } } }", it=it(None, {"leaf": {"size": 1}}))
    await asked("{ node { leaf { size } } }", it=it(None, {"leaf": it(None, {}, "Branch")}))
    assert asked.both.reasons == ["", "failed"]


async def test_fields_of_one_name_merge_and_keep_the_order_of_the_first(asked: Asked) -> None:
    query = """{ node { ...A part { number: text } text } node { text part { text } ...A ... on Node { part { last: text } } } }
        fragment A on Node { part { first: text } id }"""
    data = await asked.compiled(query, it=it("x", {"part": {}}))
    assert list(data["node"]) == ["part", "id", "text"]
    assert list(data["node"]["part"]) == ["first", "number", "text", "last"]


CONDITIONS = """query ($a: Boolean!, $b: Boolean = true, $c: Boolean = false) {
    node { text @include(if: $a) id @skip(if: $b) ... @skip(if: $c) { number: text } text ...F @include(if: $b)
      part @include(if: $a) { text } part @skip(if: $a) { id } both: id @skip(if: $c) @include(if: $a) }
    gone: node @skip(if: true) { text } plain @include(if: $c)
  }
  fragment F on Node { f: text @skip(if: false) ...G @include(if: $a) } fragment G on Node { g: text }"""


async def test_what_is_left_out_and_let_in_is_the_variables_affair(asked: Asked) -> None:
    orders: set[tuple[str, ...]] = set()
    for a in (True, False):
        for b in (True, False):
            for c in (True, False):
                said = await asked(CONDITIONS, {"a": a, "b": b, "c": c}, it=it("x", {"part": {}}))
                orders.add(tuple(loaded(said)["node"]))
    assert len(orders) == 8
    assert asked.both.counted == {"": 8}
    for given in ({"a": True}, {"a": True, "b": None}, {"a": 1}, {}, {"a": False, "c": "x"}):
        await asked(CONDITIONS, given, it=it("x", {"part": {}}))
    assert asked.both.counted == {"": 9, "unsure": 4}


async def test_more_ways_than_are_kept_run_on_core(asked: Asked) -> None:
    names = [f"v{n}" for n in range(5)]
    fields = " ".join(f"{name}: text @include(if: ${name})" for name in names)
    query = f"query ({', '.join(f'${name}: Boolean!' for name in names)}) {{ node {{ text {fields} }} }}"
    for n in range(32):
        await asked(query, {name: bool(n >> i & 1) for i, name in enumerate(names)}, it=it("x"))
    assert asked.both.counted == {"": 16, "variants": 16}


ECHO = """query ($t: String! = "default", $n: Int, $c: [Colour!], $f: Boolean = true) {
    node { a: echo(text: $t, number: $n, colours: $c, flag: $f) b: echo(text: "x", colours: [RED]) c: echo(number: null)
      d: echo(colours: RED) e: echo f: echo(number: $n) next(nth: $n) { text } } }"""


@pytest.mark.parametrize(
    ("given", "is_sure"),
    [
        ({}, True),
        ({"t": "x", "n": 1, "c": ["BLUE", "RED"], "f": False}, True),
        ({"n": None, "c": None}, True),
        ({"c": "RED"}, True),
        ({"c": []}, True),
        ({"n": 1.0, "unknown": 1}, True),
        ({"t": None}, False),
        ({"t": 1}, False),
        ({"n": "1"}, False),
        ({"n": 2**31}, False),
        ({"n": True}, False),
        ({"c": ["GREEN"]}, False),
        ({"c": [None]}, False),
        ({"f": None}, False),
    ],
)
async def test_variables_are_coerced_alike(asked: Asked, given: dict[str, Any], is_sure: bool) -> None:
    said = await asked(ECHO, given, it=it("it"))
    assert (asked.both.reasons == [""], not said.errors) == (is_sure, is_sure)


TOLD = """query ($text: String!, $n: Int!, $ns: [Int!], $choice: Choice, $last: Int! = 8) {
    a: told(choice: {text: "x", numbers: [1, $n]}) b: told(choice: $choice, numbers: $ns) h: told(choice: {text: $text, numbers: $ns}) c: told(numbers: [1, 2], last: $last)
    d: told(choice: null) e: told f: told(numbers: 4) g: told(choice: {}) }"""


@pytest.mark.parametrize(
    "given",
    [
        {"n": 2, "text": "t"},
        {},
        {"n": 2, "text": "t", "ns": [1], "choice": {"text": "y"}, "last": 0},
        {"n": 2, "text": "t", "ns": 1, "choice": {"numbers": 3}},
        {"n": 2, "text": "t", "ns": None, "choice": None},
        {"n": 2, "text": "t", "choice": {"text": None}},
        {"n": 2, "text": "t", "choice": {"other": 1}},
        {"n": 2, "text": "t", "ns": [[1]]},
    ],
)
async def test_inputs_are_coerced_alike(asked: Asked, given: dict[str, Any]) -> None:
    await asked(TOLD, given)


async def test_what_compiled_code_does_not_know_runs_on_core(asked: Asked) -> None:
    for query, reason in (
        ("{ __schema { queryType { name } } }", "introspection"),
        ('{ plain __type(name: "Node") { name } }', "introspection"),
        ("{ __typename plain }", ""),
    ):
        asked.both.counted.clear()
        await asked(query)
        assert asked.both.reasons == [reason]


async def test_equal_views_and_arguments_are_loaded_together(asked: Asked, database: Database) -> None:
    nodes = {"it": it("one two"), "one": it("two"), "two": it("one")}
    data = await asked.compiled("{ node { all { next { text } other: next { id } } } }", **nodes)
    assert data["node"]["all"][0] == {"next": {"text": "one"}, "other": {"id": "one"}}

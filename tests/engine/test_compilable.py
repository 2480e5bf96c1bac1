"""What the graph has, the engine compiles; what it leaves to graphql-core is marked, and counted."""

import asyncio
from typing import Any

import pytest
import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_leaf_type, is_non_null_type

from pages_graphql.api.context import Context
from pages_graphql.api.execution import core_schema
from pages_graphql.api.metrics import Metrics
from pages_graphql.engine.executor import CompiledExecutor, Prepared
from pages_graphql.engine.fragments import Fragments
from pages_graphql.engine.limits import LEFT_TO_CORE, Unknown
from pages_graphql.engine.plan import compile_plan
from pages_graphql.schema import schema
from pages_graphql.storage.database import Database
from tests.api.conftest import bearer, open_client
from tests.engine.both import Both
from tests.world import World

GRAPH = core_schema(schema)
OWN = {"__Schema", "__Type", "__Field", "__InputValue", "__EnumValue", "__Directive", "Mutation"}
LITERALS = {"representations": "[]", "location": "HEADER"}


def places() -> list[str]:
    """Every field of the graph but the mutations."""
    types = [one for name, one in GRAPH.type_map.items() if name not in OWN]
    objects = [one for one in types if isinstance(one, GraphQLObjectType)]
    return [f"{one.name}.{name}" for one in objects for name in one.fields]


def selected(type_: str, name: str, field: Any) -> str:
    needed = [
        f"{one}: {LITERALS.get(one, chr(34) + 'x' + chr(34))}"
        for one, a in field.args.items()
        if is_non_null_type(a.type)
    ]
    inner = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    return f"{name}({', '.join(needed)}){inner}" if needed else f"{name}{inner}"


def compiles(place: str, graph: strawberry.Schema = schema) -> bool:
    """Whether a query with the field can be compiled; a type that no query reaches is put where one would."""
    type_, _, name = place.partition(".")
    core = core_schema(graph)
    known: Any = core.type_map[type_]
    chosen = selected(type_, name, known.fields[name])
    query = f"{{ {chosen} }}" if type_ == "Query" else f"{{ {ROOTS[type_]} }}".replace("@", chosen)
    prepared = CompiledExecutor(graph).prepare(query, None)
    assert isinstance(prepared, Prepared)
    try:
        compile_plan(graph, prepared.document, prepared.node, {}, Fragments())
    except Unknown:
        return False
    return True


def way_to(wanted: str) -> str | None:
    """A selection from the root to a type, `@` in its place."""
    waiting: list[tuple[Any, str]] = [(GRAPH.query_type, "@")]
    seen: set[str] = set()
    while waiting:
        type_, way = waiting.pop(0)
        if type_.name == wanted:
            return way
        if type_.name in seen:
            continue
        seen.add(type_.name)
        if not isinstance(type_, GraphQLObjectType):
            waiting += [
                (one, way.replace("@", f"... on {one.name} {{ @ }}")) for one in GRAPH.get_possible_types(type_)
            ]
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in type_.fields.items():
                if not is_leaf_type(inner := get_named_type(field.type)):
                    chosen = selected(type_.name, name, field).replace("{ __typename }", "{ @ }")
                    waiting.append((inner, way.replace("@", chosen)))
    return None


ROOTS = {place.partition(".")[0]: way_to(place.partition(".")[0]) for place in places()}
REACHED = [place for place in places() if ROOTS[place.partition(".")[0]]]


def test_nearly_all_of_the_graph_can_be_asked_for() -> None:
    assert {name for name, way in ROOTS.items() if way is None} <= {
        name for name in GRAPH.type_map if name.endswith(("Payload", "Problem"))
    }
    assert len(REACHED) > 200


def test_every_field_is_compiled_or_marked_as_left_to_core() -> None:
    assert {place for place in REACHED if not compiles(place)} == LEFT_TO_CORE


@strawberry.type
class Kindless:
    """An object whose field is only a resolver."""

    @strawberry.field
    def text(self) -> str:
        return "x"


@strawberry.type
class Query:
    @strawberry.field
    async def kindless(self) -> Kindless:
        return Kindless()


def test_a_field_without_a_kind_is_not_compiled() -> None:
    small = strawberry.Schema(query=Query)
    prepared = CompiledExecutor(small).prepare("{ kindless { text } }", None)
    with pytest.raises(Unknown, match="field"):
        compile_plan(small, prepared.document, prepared.node, {}, Fragments())


async def test_mutations_and_the_schema_itself_run_on_core(world: World) -> None:
    both = Both()
    for query in ("{ _service { sdl } }", "{ __schema { types { name } } contentViewer { id } }"):
        assert not (await both.same(world.database, world.view(), query)).errors
    mutation = 'mutation { deletePage(input: {id: "x"}) { deletedId problems { code } } }'
    assert not (await both.same(world.database, world.view(), mutation)).errors
    assert both.reasons == ["left", "introspection", "mutation"]


async def test_a_document_with_several_operations_has_a_plan_for_each(world: World) -> None:
    both = Both()
    query = "query A { contentViewer { locale } } query B { contentViewer { stage } }"
    said = [await both.same(world.database, world.view(), query, None, name) for name in ("A", "B", "A")]
    assert [one.data for one in said] == [
        b'{"contentViewer":{"locale":"en"}}',
        b'{"contentViewer":{"stage":"LIVE"}}',
        b'{"contentViewer":{"locale":"en"}}',
    ]
    assert both.reasons == ["", "", ""]


def test_an_operation_is_prepared_once_and_not_kept_for_ever() -> None:
    executor = CompiledExecutor(schema)
    query = "{ contentViewer { id } }"
    first = executor.prepare(query, None)
    assert executor.prepare(query, None) is first
    for n in range(501):
        executor.prepare(f"{{ a{n}: contentViewer {{ id }} }}", None)
    assert executor.prepare(query, None) is not first
    long = "{ contentViewer { id } }" + " " * 20_000
    assert executor.prepare(long, None) is not executor.prepare(long, None)


async def test_one_plan_serves_many_requests_at_once(world: World) -> None:
    ids = [await world.page(f"Page {n}", parentId=None) for n in range(5)]
    executor = CompiledExecutor(schema)
    query = "query ($id: ID!) { page(id: $id) { id title children { totalCount } } }"

    async def title(id: str) -> str:
        operation = executor.prepare(query, None)
        answer = await executor.execute(operation, {"id": id}, Context(world.database, world.view()))
        assert answer.data
        return answer.data["page"]["title"]

    assert await asyncio.gather(*map(title, ids)) == [f"Page {n}" for n in range(5)]


async def test_the_counter_says_what_ran_where(world: World) -> None:
    metrics = Metrics()
    executor = CompiledExecutor(schema, count=metrics.executed)
    for query in ("{ contentViewer { id } }", "{ contentViewer { id } }", "{ __typename __schema { description } }"):
        await executor.execute(executor.prepare(query, None), None, Context(world.database, world.view()))
    text = metrics.exposition(0).decode()
    assert 'pages_executions_total{executor="compiled",reason=""} 2.0' in text
    assert 'pages_executions_total{executor="core",reason="introspection"} 1.0' in text


@pytest.mark.parametrize("engine", ["compiled", "core"])
async def test_the_setting_chooses_the_engine(database: Database, world: World, engine: str) -> None:
    async with open_client(database, engine=engine, metrics_token="t" * 32) as client:
        headers = {**bearer(world), "X-Tenant-Slug": world.tenant.slug}
        answer = await client.post("/graphql", json={"query": "{ contentViewer { id } }"}, headers=headers)
        assert answer.json() == {"data": {"contentViewer": {"id": "admin"}}}
        numbers = await client.get("/metrics", headers={"Authorization": f"Bearer {'t' * 32}"})
    assert ('executor="compiled"' in numbers.text) == (engine == "compiled")

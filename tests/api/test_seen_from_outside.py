"""Health, metrics and logs."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import structlog
from sqlalchemy import select
from sqlmodel import col
from starlette.requests import ClientDisconnect

from pages_graphql.api.logs import LATER_S, JsonHandler, RequestLog, configure_logs
from pages_graphql.api.traces import trace_of
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from pages_graphql.storage.outbox import Outbox
from tests.api.conftest import bearer, open_client
from tests.world import World

TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged as JSON meanwhile."""
    root = logging.getLogger()
    before = root.handlers, root.level
    configure_logs("info", as_json=True)
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    handler.setStream(stream)
    yield stream
    root.handlers, root.level = before
    structlog.reset_defaults()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """Each line, but those of the client that the test itself is."""
    for handler in logging.getLogger().handlers:
        handler.flush()
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in found if line["logger"] != "httpx"]


async def test_health_says_whether_the_database_can_serve(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/pages.db"
    database = Database(url)
    async with open_client(database) as client:
        for path in ("/health", "/health/ready"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
            assert "revision None" in answer.json()["reason"]
        assert (await client.get("/health/live")).status_code == 200
        await migrations.upgrade(url)
        for path in ("/health", "/health/ready", "/health/live"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    await database.close()


async def test_health_survives_a_database_that_cannot_be_reached() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    async with open_client(database) as client:
        answer = await client.get("/health/ready")
        assert (answer.status_code, answer.json()["reason"]) == (503, "The database cannot be reached.")
        lost = await client.post("/graphql", json={"query": "{ __typename }"}, headers={"X-Tenant-Slug": "demo"})
        assert (lost.status_code, lost.json()["errors"][0]["extensions"]["code"]) == (500, "INTERNAL_ERROR")
    await database.close()


async def test_metrics_count_requests_errors_and_what_waits(world: World) -> None:
    async with open_client(world.database, profile="development", default_tenant=world.tenant.slug) as client:
        await world.page("Home")
        await client.post("/graphql", json={"query": "{ pages { totalCount } }"})
        await client.post("/graphql", json={"query": "{"})
        await client.post("/graphql", json={"query": "{ pages(stage: DRAFT) { totalCount } }"})
        text = (await client.get("/metrics")).text
    assert 'pages_requests_total{operation="query",status="200"} 2.0' in text
    assert 'pages_requests_total{operation="none",status="400"} 1.0' in text
    assert 'pages_errors_total{code="GRAPHQL_PARSE_FAILED"} 1.0' in text
    assert 'pages_errors_total{code="UNAUTHENTICATED"} 1.0' in text
    assert 'pages_request_duration_seconds_count{operation="query"} 2.0' in text
    backlog = text.partition("\npages_outbox_backlog ")[2].partition("\n")[0]
    assert float(backlog) >= 2


async def test_outside_development_metrics_need_their_token(world: World) -> None:
    async with open_client(world.database) as client:
        closed = await client.get("/metrics", headers={"Authorization": "Bearer "})
    assert closed.status_code == 401
    async with open_client(world.database, metrics_token="count me") as client:
        for authorization, status in (("Bearer count me", 200), ("Bearer no", 401), ("Basic count me", 401), ("", 401)):
            answer = await client.get("/metrics", headers={"Authorization": authorization})
            assert answer.status_code == status, authorization


async def test_a_request_is_one_line_without_anything_secret(
    client: httpx.AsyncClient, world: World, log: io.StringIO
) -> None:
    mutation = """mutation Make($input: CreatePageInput!) {
        createPage(input: $input) { page { id } problems { code } } no: __typename }"""
    texts = [{"locale": "en", "title": "Hidden title", "body": {"content": "Hidden body"}}]
    authorization = bearer(world)
    asked = {"query": mutation, "variables": {"input": {"translations": texts}}}
    answer = await client.post("/graphql", json=asked, headers={**authorization, "traceparent": TRACEPARENT})
    assert answer.json()["data"]["createPage"]["problems"] == []

    [line] = lines(log)
    assert {name: line[name] for name in ("event", "tenant", "operation", "kind", "status", "path", "trace_id")} == {
        "event": "request",
        "tenant": world.tenant.slug,
        "operation": "Make",
        "kind": "mutation",
        "status": 200,
        "path": "/graphql",
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
    }
    assert line["ms"] > 0
    for secret in ("Hidden", "createPage", authorization["Authorization"][7:]):
        assert secret not in log.getvalue()


async def test_errors_carry_the_callers_trace_and_the_log_their_codes(
    client: httpx.AsyncClient, log: io.StringIO
) -> None:
    query = {"query": "{ hidden }"}
    answer = await client.post("/graphql", json=query, headers={"traceparent": TRACEPARENT})
    assert answer.json()["errors"][0]["extensions"]["traceId"] == "0af7651916cd43dd8448eb211c80319c"
    [line] = lines(log)
    assert line["codes"] == ["GRAPHQL_VALIDATION_FAILED"]
    assert "hidden" not in log.getvalue()


async def test_events_carry_the_callers_trace_on(client: httpx.AsyncClient, world: World) -> None:
    query = 'mutation { createPage(input: {translations: [{locale: "en", title: "A"}]}) { problems { code } } }'
    await client.post("/graphql", json={"query": query}, headers={**bearer(world), "traceparent": TRACEPARENT})
    own = select(col(Outbox.trace)).where(col(Outbox.tenant_id) == world.tenant.id)
    async with world.database.connect() as connection:
        trace = (await connection.execute(own)).scalar_one()
    assert trace.startswith("00-0af7651916cd43dd8448eb211c80319c-")
    assert trace.endswith("-01")
    assert trace != TRACEPARENT


@pytest.mark.parametrize(
    "traceparent",
    [
        None,
        "",
        "nonsense",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    ],
)
def test_a_trace_that_is_none_is_replaced(traceparent: str | None) -> None:
    first, second = trace_of(traceparent or ""), trace_of(traceparent or "")
    assert first.id != second.id
    assert first.parent == f"00-{first.id}-{first.parent[36:52]}-00"


async def test_what_breaks_beneath_is_logged_whole_and_answered_in_json(log: io.StringIO) -> None:
    message = "first line\nDETAIL: Hidden title"  # as PostgreSQL quotes the row that breaks a rule

    async def broken(*_: Any) -> None:
        try:
            UUID("inner")
        except ValueError as error:
            raise RuntimeError(message) from error

    transport = httpx.ASGITransport(RequestLog(broken))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answer = await client.get("/anywhere")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (500, "INTERNAL_ERROR")
    failure, request = lines(log)
    assert request["status"] == 500
    assert failure["trace_id"] == request["trace_id"] == answer.json()["errors"][0]["extensions"]["traceId"]
    for part in (
        "ValueError: badly formed hexadecimal UUID string",
        "which led to:",
        "RuntimeError: first line",
        "in broken",
    ):
        assert part in failure["exception"]
    assert "Hidden" not in log.getvalue()


async def test_an_answer_that_breaks_off_is_not_begun_again(log: io.StringIO) -> None:
    async def broken(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError

    transport = httpx.ASGITransport(RequestLog(broken))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        with pytest.raises(AssertionError):
            await client.get("/anywhere")
    assert [line["event"] for line in lines(log)] == ["request failed", "request"]


def test_logs_of_libraries_have_the_same_form(log: io.StringIO) -> None:
    error = ValueError("first\nHidden")
    logging.getLogger("a.library").error("It %s", "broke", exc_info=(ValueError, error, None))
    [line] = lines(log)
    assert (line["event"], line["logger"], line["level"], line["exception"]) == (
        "It broke",
        "a.library",
        "error",
        "ValueError: first",
    )


def test_for_people_logs_are_no_json(log: io.StringIO) -> None:
    configure_logs("warning", as_json=False)
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(log)
    logging.getLogger("a.library").warning("Careful")
    logging.getLogger("a.library").info("Nothing")
    assert "Careful" in log.getvalue()
    assert "Nothing" not in log.getvalue()
    assert not log.getvalue().startswith("{")


async def test_who_goes_away_is_no_failure(log: io.StringIO) -> None:
    async def left(*_: Any) -> None:
        raise ClientDisconnect

    transport = httpx.ASGITransport(RequestLog(left))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        with pytest.raises(AssertionError):
            await client.get("/anywhere")
    assert [line["event"] for line in lines(log) if line["level"] != "debug"] == ["request"]


async def test_lines_of_requests_wait_for_one_another_but_never_long() -> None:
    handler, stream = JsonHandler(), io.StringIO()
    handler.setStream(stream)
    for line in "ab":
        handler.write_soon(f"{line}\n")
    assert stream.getvalue() == ""
    handler.handle(logging.LogRecord("elsewhere", logging.WARNING, "", 0, "after them", None, None))
    assert stream.getvalue() == "a\nb\nafter them\n"
    handler.write_soon("c\n")
    handler.write("d\n")
    handler.write_soon("e\n")
    await asyncio.sleep(2 * LATER_S)
    assert stream.getvalue() == "a\nb\nafter them\nc\nd\ne\n"

"""The service on a socket: kept answers at once, all others by the application, in order and whole."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import orjson
import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.server import ServerState

from pages_graphql.api.answers.lookup import State
from pages_graphql.api.wire import MOST_WAITING_BYTES, Wire
from tests.api.answers.kept import keeping
from tests.api.conftest import bearer
from tests.world import World

PATIENCE_S = 10
TITLES = "{ pages { nodes { title } } }"
PIECES = [bytes([n]) * (MOST_WAITING_BYTES // 3) for n in range(100)]


@dataclass
class Served:
    """A service that listens, and what the application was asked."""

    world: World
    cache: Any
    port: int
    asked: list[str]

    def request(self, query: str = "{ __typename }", *, method: str = "POST", **headers: str) -> bytes:
        """A request as it is sent."""
        body = orjson.dumps({"query": query})
        named = {"Host": "x", "X-Tenant-Slug": self.world.tenant.slug, "Content-Type": "application/json"}
        named |= {"Content-Length": str(len(body))} | {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        return f"{method} /graphql HTTP/1.1\r\n{lines}\r\n".encode() + body

    async def answers(self, *pieces: bytes, number: int = 1) -> list[tuple[int, dict[str, str], bytes]]:
        """So many answers to what is sent in pieces."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.02)
            return [await asyncio.wait_for(_answer(reader), PATIENCE_S) for _ in range(number)]
        finally:
            writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    return int(head[0].split()[1]), headers, await reader.readexactly(int(headers.get("content-length", 0)))


@asynccontextmanager
async def served(world: World, **given: Any) -> AsyncGenerator[Served]:
    """The application on a socket, as `pages-graphql serve` puts it there, with an eye on what reaches it."""
    async with keeping(world, **given) as kept:
        asked: list[str] = []

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            asked.append(scope["path"])
            await kept.apps[0](scope, receive, send)

        lookup = kept.apps[0].lookup
        assert lookup is not None
        async with listening(watched, State(lookup=lookup)) as port:
            yield Served(world, kept.cache, port, asked)


@asynccontextmanager
async def listening(app: ASGIApp, state: State) -> AsyncGenerator[int]:
    """Where an application listens that told this at its start."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, ws="none")
    server_state = ServerState()
    server_state.default_headers = [(b"date", b"Sat, 28 Nov 2026 12:00:00 GMT")]
    make = partial(Wire, config, server_state, cast("dict[str, Any]", state))
    async with await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
async def service(world: World) -> AsyncGenerator[Served]:
    """A service that keeps the answer to `TITLES`."""
    await world.page("Page")
    async with served(world) as there:
        _ = await there.answers(there.request(TITLES))
        there.asked.clear()
        yield there


async def test_a_kept_answer_is_what_the_application_answered(service: Served) -> None:
    request = service.request(TITLES)
    [(status, headers, body)] = await service.answers(request)
    [again] = await service.answers(request.replace(b"Host: x\r\n", b"Host: x\r\nHost: x\r\n"))
    assert service.asked == ["/graphql"]  # who gives a header twice is answered by the application
    assert status == again[0] == 200
    assert body == again[2]
    assert orjson.loads(body) == {"data": {"pages": {"nodes": [{"title": "Page"}]}}}
    different = {"date", "cache-control", "etag"}
    assert {name: headers[name] for name in headers if name not in different} == {
        name: again[1][name] for name in again[1] if name not in different
    }
    assert {"date", "etag", "vary", "cache-control"} <= {*headers}


async def test_who_has_a_kept_answer_gets_its_head_alone(service: Served) -> None:
    [(_, headers, _)] = await service.answers(service.request(TITLES))
    [(status, heads, body)] = await service.answers(service.request(TITLES, If_None_Match=headers["etag"]))
    assert (status, body) == (304, b"")
    assert heads["etag"] == headers["etag"]
    assert "content-length" not in heads
    assert (service.cache.hits, service.cache.unmodified, service.asked) == (1, 1, [])


async def test_several_requests_in_one_piece_are_answered_in_order(service: Served) -> None:
    kept, unknown = service.request(TITLES), [service.request(f"{{ a{n}: __typename }}") for n in range(3)]
    answers = await service.answers(kept + unknown[0] + kept + kept + unknown[1] + unknown[2] + kept, number=7)
    names = [next(iter(orjson.loads(body)["data"])) for _, _, body in answers]
    assert names == ["pages", "a0", "pages", "pages", "a1", "a2", "pages"]


@pytest.mark.parametrize("cut", [1, 40, -60, -1])
async def test_a_request_in_pieces_is_answered_by_the_application(service: Served, cut: int) -> None:
    request = service.request(TITLES)
    [(status, _, body)] = await service.answers(request[:cut], request[cut:])
    assert (status, service.asked) == (200, ["/graphql"] if b"\r\n\r\n" in request[:cut] else [])
    assert orjson.loads(body)["data"]["pages"]


async def test_a_body_in_chunks_is_a_question_like_any(service: Served) -> None:
    head, _, body = service.request(TITLES).partition(b"\r\n\r\n")
    head = head.replace(b"Content-Length: %d" % len(body), b"Transfer-Encoding: chunked")
    chunks = b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])
    [(status, _, _)] = await service.answers(head + b"\r\n\r\n" + chunks)
    assert (status, service.cache.hits, service.asked) == (200, 1, [])


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
async def test_a_caller_that_closes_is_closed_to(service: Served, connection: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write(service.request(TITLES, Connection=connection))
    status, headers, _ = await asyncio.wait_for(_answer(reader), PATIENCE_S)
    assert status == 200
    if connection == "close":
        assert headers["connection"] == "close"
        assert await asyncio.wait_for(reader.read(), PATIENCE_S) == b""
    else:
        writer.write(service.request(TITLES))
        assert (await asyncio.wait_for(_answer(reader), PATIENCE_S))[0] == 200
    writer.close()


async def test_who_waits_for_leave_to_send_gets_it(service: Served) -> None:
    head, _, body = service.request(TITLES, Expect="100-continue").partition(b"\r\n\r\n")
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write(head + b"\r\n\r\n")
    assert (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)).startswith(b"HTTP/1.1 100")
    writer.write(body)
    assert (await asyncio.wait_for(_answer(reader), PATIENCE_S))[0] == 200
    writer.close()


async def test_what_is_not_for_all_is_not_answered_at_once(service: Served) -> None:
    await service.world.page("Draft", publish=False)
    drafts = service.request(TITLES, **bearer(service.world), X_Stage="DRAFT")
    elsewhere = service.request(TITLES).replace(b"POST /graphql", b"POST /elsewhere")
    [(_, _, body)] = await service.answers(drafts)
    assert len(orjson.loads(body)["data"]["pages"]["nodes"]) == 2
    assert [status for status, _, _ in await service.answers(elsewhere)] == [404]
    assert service.asked == ["/graphql", "/elsewhere"]


async def test_a_write_is_seen_by_the_next_request(service: Served) -> None:
    await service.world.page("Second")
    [(_, _, body)] = await service.answers(service.request(TITLES))
    assert len(orjson.loads(body)["data"]["pages"]["nodes"]) == 2
    assert service.asked == ["/graphql"]


async def test_browsers_elsewhere_are_answered_by_the_application(world: World) -> None:
    async with served(world, cors_origins=["https://shop.example"]) as service:
        for _ in range(2):
            [(_, headers, _)] = await service.answers(service.request(TITLES, Origin="https://shop.example"))
            assert headers["access-control-allow-origin"] == "https://shop.example"
        assert service.asked == ["/graphql"] * 2


async def test_where_nothing_is_kept_the_application_answers_all(world: World) -> None:
    async with keeping(world) as kept, listening(kept.apps[1], State()) as port:
        there = Served(world, kept.cache, port, [])
        answers = await there.answers(there.request(TITLES) * 2, number=2)
    assert [status for status, _, _ in answers] == [200, 200]


async def test_a_long_answer_arrives_whole(world: World) -> None:
    async def long(_: Scope, __: Receive, send: Send) -> None:
        length = b"%d" % (len(PIECES) * len(PIECES[0]))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        for piece in PIECES:
            await send({"type": "http.response.body", "body": piece, "more_body": piece is not PIECES[-1]})

    async with listening(long, State()) as port:
        there = Served(world, None, port, [])
        [(_, _, body)] = await there.answers(there.request(Connection="close"))
    assert body == b"".join(PIECES)

"""HTTP/1.1 as uvicorn speaks it, with fewer steps: kept answers need no task, and an answer goes out in one write."""

from asyncio import AbstractEventLoop, BaseTransport, Transport
from typing import Any, cast

from starlette.types import Scope
from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from pages_graphql.api.answers.lookup import Lookup, State

MOST_WAITING_BYTES = 64 * 1024
"""How much waits at most to be written with what comes next."""


class Wire(HttpToolsProtocol):
    """A connection whose requests are looked up among the kept answers first.

    A request that came whole, in one piece and alone, is answered at once where its answer is kept. All others go the
    way that uvicorn knows, to the application.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        """Serve a connection; the application said at its start where to look."""
        super().__init__(config, server_state, app_state, _loop)
        self._lookup = cast(State, app_state).get("lookup")
        self._is_new = False
        self._read: tuple[RequestResponseCycle, ASGI3Application] | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Gather what is written."""
        super().connection_made(cast(Transport, Corked(cast(Transport, transport), self.loop)))

    def data_received(self, data: bytes) -> None:
        """Read; a request that is not whole by now begins its task, which waits for the rest."""
        super().data_received(data)
        self._begin()

    def on_headers_complete(self) -> None:
        """Hold a request back for a moment: its body may be here too."""
        self._is_new = True
        super().on_headers_complete()
        self._is_new = False

    def on_message_complete(self) -> None:
        """Answer a request, or let it begin its task."""
        super().on_message_complete()
        if self._lookup and self._read and self._answer(self._lookup, self._read[0]):
            self._read = None
        self._begin()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        if self._is_new and self._lookup:
            self._read = cycle, app
        else:
            super()._start_asgi_task(cycle, app)

    def _begin(self) -> None:
        if self._read is not None:
            begun, self._read = self._read, None
            super()._start_asgi_task(*begun)

    def _answer(self, lookup: Lookup, cycle: RequestResponseCycle) -> bool:
        if not cycle.keep_alive or self.flow.write_paused or self.transport.is_closing():
            return False
        answer = lookup.at_once(cast(Scope, cycle.scope), cycle.body)
        if answer is None:
            return False
        own = b"".join(b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        self.transport.write(b"".join((answer.head, own, b"\r\n", answer.body)))
        cycle.response_started = cycle.response_complete = True
        cycle.on_response()
        return True


class Corked:
    """A transport that writes head and body of an answer together, when what is read now has been dealt with.

    A system call for each would cost a bare answer a third of its time, and wake the caller for half an answer.
    """

    def __init__(self, transport: Transport, loop: AbstractEventLoop) -> None:
        """Write to a transport."""
        self._transport, self._loop = transport, loop
        self._waiting: list[bytes] = []
        self._bytes = 0

    def __getattr__(self, name: str) -> Any:
        """All else is the transport's."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write soon; at once where much waits."""
        if not self._waiting:
            _ = self._loop.call_soon(self._flush)
        self._waiting.append(data)
        self._bytes += len(data)
        if self._bytes > MOST_WAITING_BYTES:
            self._flush()

    def close(self) -> None:
        """Write what waits, and close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        if waiting and not self._transport.is_closing():
            self._transport.write(b"".join(waiting) if len(waiting) > 1 else waiting[0])

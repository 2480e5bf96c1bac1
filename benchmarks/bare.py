"""The least that a server could do: `python -m benchmarks.bare` answers two bytes by plain uvicorn, with `--wire` by ours."""

import socket
import sys

import uvicorn
from rich.console import Console
from starlette.types import Receive, Scope, Send

from pages_graphql.api.wire import Wire

_START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
_BODY = {"type": "http.response.body", "body": b"{}"}


async def bare(_: Scope, __: Receive, send: Send) -> None:
    """Answer two bytes, whatever is asked."""
    await send(_START)
    await send(_BODY)


def main() -> None:
    """Serve on a free port, after saying which."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        options = {"access_log": False, "log_config": None, "server_header": False, "ws": "none", "lifespan": "off"}
        config = uvicorn.Config(bare, http=Wire if "--wire" in sys.argv else "auto", **options)
        Console().print(f"http://localhost:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()

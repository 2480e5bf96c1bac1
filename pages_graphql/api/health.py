"""Whether the service lives, and whether it can serve."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Check = Callable[[], Awaitable[str | None]]
"""Says what is in the way of serving; None where nothing is."""


def health_routes(check: Check) -> list[Route]:
    """GET /health/live answers while the process runs; /health and /health/ready while it can serve."""

    async def live(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def ready(_: Request) -> JSONResponse:
        reason = await check()
        if reason is None:
            return JSONResponse({"status": "ok"})
        return JSONResponse({"status": "unavailable", "reason": reason}, status_code=503)

    return [Route("/health", ready), Route("/health/live", live), Route("/health/ready", ready)]

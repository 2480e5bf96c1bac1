"""pages-graphql serve: the service."""

import asyncio
import gc
import socket
from collections.abc import Callable
from typing import Annotated

import typer
import uvicorn

from pages_graphql.api.http import GRAPHQL_PATH
from pages_graphql.api.logs import configure_logs
from pages_graphql.api.wire import Wire
from pages_graphql.app import create_app, development_tokens, open_database
from pages_graphql.cli.console import Failed, out
from pages_graphql.demo import seed_demo
from pages_graphql.settings import LogFormat, Profile, Settings
from pages_graphql.storage import migrations

GARBAGE = 10_000
"""How many more objects there are, when garbage is looked for, than were there the last time (Python's own: 700)."""


class _Server(uvicorn.Server):
    """Says where it is once it listens."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[int], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            _spare_the_collector()
            self._announce(self.servers[0].sockets[0].getsockname()[1])


def serve(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Prepare the demo tenant, and print tokens for it.")] = False,
) -> None:
    """Serve the graph at PAGES_HOST and PAGES_PORT."""
    settings = _settings(demo=demo)
    as_json = settings.log_format is LogFormat.JSON or (settings.log_format is None and not settings.is_development)
    configure_logs(settings.log_level, as_json=as_json)
    if demo:
        asyncio.run(_prepare_demo(settings))
    config = uvicorn.Config(
        create_app(settings),
        http=Wire,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=10,
    )
    try:
        _Server(config, lambda port: _announce(settings, port, demo=demo)).run()
    except SystemExit:
        raise Failed("The service could not start: the log says why.") from None


def _spare_the_collector() -> None:
    """Let garbage be looked for among what requests leave, not in all that was made until now and stays."""
    _ = gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


def _settings(*, demo: bool) -> Settings:
    settings = Settings()
    if not demo or settings.is_development:
        return settings
    if "profile" in settings.model_fields_set:
        raise Failed("The demo hands out tokens: it is served in the development profile only.")
    return Settings(profile=Profile.DEVELOPMENT)


async def _prepare_demo(settings: Settings) -> None:
    await migrations.upgrade(settings.database_url)
    database = open_database(settings)
    try:
        await seed_demo(database)
    finally:
        await database.close()


def _announce(settings: Settings, port: int, *, demo: bool) -> None:
    host = "localhost" if settings.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else settings.host  # noqa: S104
    out.print(f"GraphiQL: http://{host}:{port}{GRAPHQL_PATH}", markup=False)
    if demo:
        out.print(f"Tokens for the tenant {settings.default_tenant}:", markup=False)
        for role, token in development_tokens(settings, settings.default_tenant).items():
            out.print(f"  {role}: {token}", markup=False)

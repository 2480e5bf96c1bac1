"""The application: everything wired into one Starlette app."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pages_graphql.api.answers.cache import AnswerCache
from pages_graphql.api.answers.doors import Doors
from pages_graphql.api.answers.gate import AnswerGate
from pages_graphql.api.answers.lookup import Lookup, State
from pages_graphql.api.context import Context
from pages_graphql.api.execution import Executor, GraphQLCoreExecutor
from pages_graphql.api.graphiql import OfferedTenant, OfferedToken, graphiql_files, graphiql_page
from pages_graphql.api.headers import VIEW_HEADERS, Views
from pages_graphql.api.health import health_routes
from pages_graphql.api.http import GRAPHQL_PATH, VARY, GraphQLEndpoint, answer_elsewhere
from pages_graphql.api.keys import identities, token_issuer
from pages_graphql.api.logs import RequestLog
from pages_graphql.api.metrics import Metrics, metrics_endpoint
from pages_graphql.api.protection import QueryLimits
from pages_graphql.core.access import Role
from pages_graphql.core.errors import RequestError
from pages_graphql.core.tenancy import Tenant
from pages_graphql.core.view import View
from pages_graphql.engine.executor import CompiledExecutor
from pages_graphql.schema import schema
from pages_graphql.settings import Engine, Settings
from pages_graphql.storage import health
from pages_graphql.storage.database import Database
from pages_graphql.storage.listening import listening
from pages_graphql.tenants.directory import Tenants
from pages_graphql.tenants.service import list_tenants

TOKEN_LIFETIME = timedelta(days=30)
"""How long a token of the development profile holds."""

_log = structlog.stdlib.get_logger(__name__)


def open_database(settings: Settings) -> Database:
    """The database of the settings; nothing is connected yet."""
    return Database(settings.database_url, pool_size=settings.pool_size, limits=settings.limits)


class Application(Starlette):
    """Starlette behind a gate that gives kept answers; what is asked of the endpoint goes straight to it."""

    def __init__(self, *, endpoint: ASGIApp, lookup: Lookup | None, **given: Any) -> None:
        """Serve an endpoint beside routes; without a lookup no answers are kept."""
        super().__init__(**given)
        self._endpoint = endpoint
        self.lookup = lookup

    def build_middleware_stack(self) -> ASGIApp:
        """All that a request goes through."""
        stack, endpoint = super().build_middleware_stack(), self._endpoint

        async def straight(scope: Scope, receive: Receive, send: Send) -> None:
            await (endpoint if _is_plain(scope) else stack)(scope, receive, send)

        return AnswerGate(straight, self.lookup) if self.lookup else straight


def create_app(settings: Settings, database: Database | None = None) -> Application:
    """The application, which closes its database in the end; NotConfigured where a key is missing."""
    opened = database or open_database(settings)
    metrics = Metrics()
    views = _views(settings, opened)
    lookup = _lookup(settings, _answers(settings, opened, metrics), views)
    endpoint = GraphQLEndpoint(
        executor=_executor(settings, metrics),
        views=views,
        make_context=partial(_context, opened),
        metrics=metrics,
        graphiql=partial(_graphiql, settings, opened),
        max_request_bytes=settings.max_request_bytes,
    )
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    numbers = metrics_endpoint(metrics, partial(health.backlog, opened), is_open=settings.is_development, token=token)
    return Application(
        endpoint=RequestLog(endpoint),
        lookup=lookup,
        routes=[
            Route(GRAPHQL_PATH, endpoint, methods=["GET", "POST"]),
            *health_routes(partial(health.obstacle, opened)),
            Route("/metrics", numbers),
            graphiql_files(),
        ],
        middleware=[Middleware(RequestLog), *_cors(settings)],
        exception_handlers={HTTPException: answer_elsewhere, RequestError: answer_elsewhere},
        lifespan=partial(_lifespan, opened, lookup),
    )


@asynccontextmanager
async def _lifespan(database: Database, lookup: Lookup | None, _: Starlette) -> AsyncGenerator[State]:
    if reason := await health.obstacle(database):
        _log.warning("not ready", reason=reason)
    if lookup is None:
        yield {}
    else:
        async with listening(database, lookup.cache):
            yield {"lookup": lookup}
    await database.close()


def _answers(settings: Settings, database: Database, metrics: Metrics) -> AnswerCache | None:
    """The cache of answers, which hears of every write of this process; none where it is turned off."""
    if not settings.answer_cache_mib:
        return None
    cache = AnswerCache(settings.answer_cache_mib * 1024 * 1024, cache_control=settings.cache_control, vary=VARY)
    database.keepers.add(cache)
    metrics.watch(cache)
    return cache


def _is_plain(scope: Scope) -> bool:
    """Whether a request asks the endpoint, and no middleware has a word in it: that of browsers elsewhere has."""
    if scope["type"] != "http" or scope["path"] != GRAPHQL_PATH or scope["method"] not in {"GET", "POST"}:
        return False
    return all(name != b"origin" for name, _ in scope["headers"])


def _lookup(settings: Settings, answers: AnswerCache | None, views: Views) -> Lookup | None:
    """What finds kept answers; requests of other origins go on to who says what browsers may read."""
    beyond = frozenset([b"origin"] if settings.cors_origins else [])
    return None if answers is None else Lookup(answers, Doors(views), GRAPHQL_PATH, beyond)


def _context(database: Database, view: View, trace: str) -> Context:
    return Context(database, view, trace=trace)


def _views(settings: Settings, database: Database) -> Views:
    default = settings.default_tenant if settings.is_development else None
    return Views(Tenants(database), identities(settings), default)


def _executor(settings: Settings, metrics: Metrics) -> Executor:
    if settings.engine is Engine.CORE:
        return GraphQLCoreExecutor(schema, _query_limits(settings))
    return CompiledExecutor(schema, _query_limits(settings), metrics.executed)


def _query_limits(settings: Settings) -> QueryLimits:
    return QueryLimits(
        tokens=settings.max_query_tokens,
        depth=settings.max_query_depth,
        fields=settings.max_query_fields,
        aliases=settings.max_query_aliases,
    )


def _cors(settings: Settings) -> list[Middleware]:
    if not settings.cors_origins:
        return []
    headers = [*VIEW_HEADERS, "Content-Type", "traceparent"]
    origins = settings.cors_origins
    return [Middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=headers)]


async def _graphiql(settings: Settings, database: Database) -> Response:
    """The page of GraphiQL; in development it offers the tenants, and a token for each role."""
    if not settings.is_development:
        return graphiql_page(GRAPHQL_PATH)
    tenants = await list_tenants(database)
    tenants.sort(key=lambda tenant: tenant.slug != settings.default_tenant)
    return graphiql_page(GRAPHQL_PATH, tenants=[_offered(settings, tenant) for tenant in tenants])


def _offered(settings: Settings, tenant: Tenant) -> OfferedTenant:
    return OfferedTenant(
        slug=tenant.slug,
        locales=list(tenant.by_locale),
        channels=list(tenant.by_channel),
        tokens=[OfferedToken(role, token) for role, token in development_tokens(settings, tenant.slug).items()],
    )


def development_tokens(settings: Settings, tenant: str) -> dict[str, str]:
    """A token for each role in a tenant."""
    issuer = token_issuer(settings)
    return {role.value: issuer.issue(role.value, tenant, role, TOKEN_LIFETIME) for role in Role}

"""A tenant to make things in and to ask, as whoever one likes to be."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import select
from sqlmodel import SQLModel, col

from pages_graphql.api.context import Context
from pages_graphql.api.errors import DocumentRefused
from pages_graphql.api.execution import GraphQLCoreExecutor
from pages_graphql.api.json import dumps, loads
from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.tenancy import Channel, Locale, Tenant
from pages_graphql.core.view import ContentStage, View
from pages_graphql.engine.executor import CompiledExecutor
from pages_graphql.schema import schema
from pages_graphql.storage.database import Database
from pages_graphql.storage.outbox import Outbox
from pages_graphql.tenants import model as tenants
from tests.depth import DEPTH
from tests.engine.both import errors_of

LOCALES = (
    Locale("en", is_default=True),
    Locale("de", "/de", ("en",)),
    Locale("ru", "/ru", ("de",)),
)
CHANNELS = (
    Channel("web", "Web", "https://shop.example", is_default=True),
    Channel("app", "App"),
)
ANONYMOUS = Actor()
CORE, COMPILED = GraphQLCoreExecutor(schema), CompiledExecutor(schema)
ADMIN, MANAGER, AUTHOR, CUSTOMER = (
    Actor(role.value, ROLES[role]) for role in (Role.ADMIN, Role.MANAGER, Role.AUTHOR, Role.CUSTOMER)
)


@dataclass
class Answer:
    """What a request got: data, and errors as the graph says them."""

    data: dict[str, Any] | None
    errors: list[Any]

    @property
    def codes(self) -> list[str]:
        """The codes of the errors."""
        return [getattr(error.original_error, "code", "?") for error in self.errors]


@dataclass
class World:
    """A tenant of its own in a database that is shared."""

    database: Database
    tenant: Tenant
    statements: list[str] = field(default_factory=list)

    async def answer(self, query: str, actor: Actor = ADMIN, view: View | None = None, **variables: Any) -> Answer:
        """What a request gets; `make check` asks both executors, which answer alike."""
        view = view or View(self.tenant, actor, self.tenant.default_locale, self.tenant.default_channel)
        try:
            operation = COMPILED.prepare(query, None)
        except DocumentRefused as refused:
            return Answer(None, list(refused.errors))
        with recorded(self.database, self.statements):
            result = await COMPILED.execute(operation, variables, Context(self.database, view))
        if DEPTH != "test" and operation.kind == "query":
            other = await CORE.execute(operation, variables, Context(self.database, view))
            assert (dumps(result.data), errors_of(result)) == (dumps(other.data), errors_of(other)), query
        return Answer(loads(dumps(result.data)), list(result.errors or ()))

    async def ask(self, query: str, actor: Actor = ADMIN, view: View | None = None, **variables: Any) -> dict[str, Any]:
        """The data that a request gets, which has no errors."""
        answer = await self.answer(query, actor, view, **variables)
        assert not answer.errors, answer.errors
        assert answer.data is not None
        return answer.data

    async def do(self, mutation: str, actor: Actor = ADMIN, fields: str = "", **input: Any) -> dict[str, Any]:
        """The payload of a mutation with this input: its object's id, status and version, and `fields`."""
        shown = {"deletePage": "deletedId", "deleteMenu": "deletedId"}
        name = shown.get(mutation, "menu" if "Menu" in mutation else "page")
        selected = name if name == "deletedId" else f"{name} {{ id version status {fields} }}"
        kind = mutation[0].upper() + mutation[1:]
        data = await self.ask(
            f"""mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ {selected}
                problems {{ __typename code kind message path }} }} }}""",
            actor,
            input=input,
        )
        return data[mutation]

    async def page(self, title: str = "Page", *, publish: bool = True, actor: Actor = ADMIN, **given: Any) -> str:
        """A page with this title in English, and more as given; returns its id."""
        texts = given.pop("translations", [{"locale": "en", "title": title}])
        payload = await self.do("createPage", actor, translations=texts, publish=publish, **given)
        assert payload["problems"] == [], payload["problems"]
        return payload["page"]["id"]

    async def menu(self, handle: str = "main", items: Sequence[Any] = (), *, publish: bool = True, **given: Any) -> str:
        """A menu with these items, called as its handle in English, and more as given; returns its id."""
        texts = given.pop("translations", [{"locale": "en", "name": handle}])
        payload = await self.do("createMenu", handle=handle, translations=texts, items=items, publish=publish, **given)
        assert payload["problems"] == [], payload["problems"]
        return payload["menu"]["id"]

    async def problems(self, mutation: str, actor: Actor = ADMIN, **input: Any) -> list[tuple[str, list[str]]]:
        """The problems of a mutation that does nothing: code and path of each."""
        payload = await self.do(mutation, actor, **input)
        assert not payload.get("page"), payload
        assert not payload.get("menu"), payload
        return [(problem["code"], problem["path"]) for problem in payload["problems"]]

    async def outbox(self, *subjects: str) -> list[tuple[str, dict[str, Any]]]:
        """The events that wait for the world, in the order written: name and data; of these subjects if given."""
        columns = (col(Outbox.id), col(Outbox.sequence), col(Outbox.type), col(Outbox.data))
        statement = select(*columns).where(col(Outbox.tenant_id) == self.tenant.id)
        if subjects:
            statement = statement.where(col(Outbox.subject).in_([UUID(subject) for subject in subjects]))
        async with self.database.connect() as connection:
            found = list(await connection.execute(statement))
        found.sort(key=lambda row: (row.id.int >> 80, row.sequence))  # an id begins with its millisecond
        return [(row.type.removeprefix("rustok.pages."), orjson.loads(row.data)) for row in found]

    def view(
        self, actor: Actor = ANONYMOUS, locale: str = "en", channel: str | None = "web", stage: str = "LIVE"
    ) -> View:
        """How somebody looks at this tenant."""
        return View(self.tenant, actor, locale, channel, ContentStage(stage))


@asynccontextmanager
async def new_world(database: Database, **facts: Any) -> AsyncGenerator[World]:
    """A world with a tenant that nobody else knows."""
    id = uuid4()
    tenant = Tenant(id, f"t-{id.hex[:12]}", "Test", **{"locales": LOCALES, "channels": CHANNELS, **facts})
    rows: list[SQLModel] = [tenants.Tenant(id=id, slug=tenant.slug, name=tenant.name, created_at=datetime.now(UTC))]
    for n, locale in enumerate(tenant.locales):
        fallbacks = orjson.dumps(locale.fallbacks).decode()
        facts_ = {"locale": locale.locale, "url_prefix": locale.url_prefix, "is_default": locale.is_default}
        rows.append(tenants.TenantLocale(tenant_id=id, position=n, fallbacks=fallbacks, **facts_))
    for n, channel in enumerate(tenant.channels):
        facts_ = {"slug": channel.slug, "name": channel.name, "base_url": channel.base_url}
        rows.append(tenants.TenantChannel(tenant_id=id, position=n, is_default=channel.is_default, **facts_))
    async with database.session() as session:
        session.add(rows[0])
        await session.flush()
        session.add_all(rows[1:])
    yield World(database, tenant)


class recorded:  # noqa: N801 -- reads as a word
    """While inside, the statements that the database runs are kept in a list, transactions and savepoints aside."""

    def __init__(self, database: Database, statements: list[str]) -> None:
        self.listeners, self.statements = database.direct.listeners, statements

    def __enter__(self) -> None:
        self.statements.clear()
        self.listeners.append(self.hear)

    def __exit__(self, *_: object) -> None:
        self.listeners.remove(self.hear)

    def hear(self, statement: str) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")):
            self.statements.append(statement)

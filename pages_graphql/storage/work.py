"""Writing: one transaction of one actor in one tenant."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Executable
from sqlmodel.ext.asyncio.session import AsyncSession

from pages_graphql.core import tags
from pages_graphql.core.access import Actor, Permission
from pages_graphql.core.errors import Forbidden, Refused
from pages_graphql.core.events import Event
from pages_graphql.core.limits import Limits
from pages_graphql.core.tenancy import Tenant
from pages_graphql.core.view import ContentStage, View
from pages_graphql.storage.clock import now
from pages_graphql.storage.ids import new_id
from pages_graphql.storage.outbox import Counted, Outbox, outbox_columns
from pages_graphql.storage.pending import Pending, Question, Rows
from pages_graphql.storage.prepared import Kept, is_kept
from pages_graphql.storage.read import OnConnection, Read
from pages_graphql.storage.stale import mark


@dataclass(frozen=True)
class Work:
    """What one use case does, all or nothing; time and ids come from it."""

    session: AsyncSession
    pending: Pending
    tenant: Tenant
    actor: Actor
    now: datetime = field(default_factory=now)
    new_id: Callable[[], UUID] = new_id
    trace: str = ""
    limits: Limits = field(default_factory=Limits)
    _untold: dict[str, None] = field(default_factory=dict[str, None])

    def require(self, *permissions: Permission, owner: str | None = None) -> None:
        """Stop an actor who lacks one of the permissions for what `owner` made."""
        known = self.actor.id is not None
        missing = [permission for permission in permissions if not self.actor.may(permission, owner)]
        if missing:
            raise Refused(*(Forbidden(permission.value, known=known) for permission in missing))

    async def rows(self, statement: Executable, **values: object) -> Rows:
        """What a statement answers; its tenant is the Work's."""
        if is_kept(statement):
            return (await self.ask((cast(Kept, statement), values)))[0]
        await self.pending.send()
        connection = await self.session.connection()
        return (await connection.execute(statement, {"tenant": self.tenant.id, **values})).all()

    async def ask(self, *questions: Question) -> list[Rows]:
        """What some statements that are made once answer, in one go; their tenant is the Work's."""
        own = {"tenant": self.tenant.id}
        return await self.pending.ask(*((statement, {**own, **values}) for statement, values in questions))

    async def run(self, statement: Executable, **values: object) -> None:
        """Change rows by a statement; its tenant is the Work's. One that is made once may wait for the next question."""
        if is_kept(statement):
            await self.pending.settle()
            self.pending.change(cast(Kept, statement), {"tenant": self.tenant.id, **values})
            return
        await self.pending.send()
        connection = await self.session.connection()
        _ = await connection.execute(statement, {"tenant": self.tenant.id, **values})

    async def read(self) -> Read:
        """See what the Work has done so far, as its actor sees drafts, in every channel."""
        await self.pending.send()
        view = View(self.tenant, self.actor, self.tenant.default_locale, None, ContentStage.DRAFT)
        return Read(OnConnection(await self.session.connection()), view)

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        """A part of the Work that fails as a whole, after which the rest can go on."""
        await self.pending.send()
        watched = self.pending.watched()
        try:
            async with self.session.begin_nested():
                _ = await self.session.connection()  # where the savepoint begins
                yield
                await self.pending.send()
        except BaseException:
            self.pending.go_back(watched)
            raise

    def record(self, subject: Counted, *events: Event) -> None:
        """Tell the world, when and only when the work is kept; `subject` counts what was told of it."""
        for event in events:
            told = replace(event, besides=[*event.besides, *self._untold])
            self._untold.clear()
            for chunk in told.chunks():
                subject.sequence += 1
                self.pending.insert(Outbox, self.outbox_row(chunk, subject.sequence))

    def stale(self, *names: str) -> None:
        """Let caches drop what has one of these tags when the work is kept; the next event tells them too."""
        mark(self.session, self.tenant.id, names)
        self._untold.update(dict.fromkeys(names))

    def all_stale(self) -> None:
        """Let caches drop all that they have of the tenant when the work is kept."""
        self.stale(tags.of_tenant(self.tenant.id))

    def outbox_row(self, event: Event, sequence: int) -> dict[str, Any]:
        """The row by which the world is told of an event; caches are told when the work is kept."""
        mark(self.session, self.tenant.id, event.cache_tags)
        return {
            "id": self.new_id(),
            "tenant_id": self.tenant.id,
            "time": self.now,
            "actor_id": self.actor.id,
            "trace": self.trace,
            **outbox_columns(event, sequence),
        }

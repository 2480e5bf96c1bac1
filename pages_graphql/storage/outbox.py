"""Events on their way to the world: written with what they tell, carried on later."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import orjson
from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from pages_graphql.core.events import Event
from pages_graphql.storage.columns import Moment, TenantTable

TYPE_PREFIX = "rustok.pages."


class Counted(Protocol):
    """A row that counts the events about it."""

    sequence: int


class Outbox(TenantTable, table=True):
    """An event that waits: the attributes of a CloudEvent (version 1.0), and its data as JSON."""

    __table_args__ = (UniqueConstraint("tenant_id", "subject", "sequence"),)

    id: UUID = Field(primary_key=True)
    type: str
    subject: UUID
    sequence: int
    time: datetime = Field(sa_type=Moment)
    actor_id: str | None = None
    trace: str = ""
    data: str


def outbox_columns(event: Event, sequence: int) -> dict[str, Any]:
    """What an event says of itself as columns of its row."""
    data = orjson.dumps(event.data()).decode()
    return {"type": TYPE_PREFIX + event.name, "subject": event.subject, "sequence": sequence, "data": data}

"""What came from where."""

from uuid import UUID

from sqlmodel import Field

from pages_graphql.storage.columns import Bytewise, TenantTable


class ImportSource(TenantTable, table=True):
    """Something that an import brought in, by the id it had there; it outlives what it became.

    `hash` is of what the source said then: another one later means that it changed there.
    """

    source: str = Field(primary_key=True, sa_type=Bytewise)
    kind: str = Field(primary_key=True)
    source_id: str = Field(primary_key=True, sa_type=Bytewise)
    target_id: UUID
    hash: str

"""Tenants and their own facts."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pages_graphql.storage.columns import Moment, Table, TenantTable


class Tenant(Table, table=True):
    """Whose content it is."""

    id: UUID = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    is_enabled: bool = True
    created_at: datetime = Field(sa_type=Moment)


class TenantLocale(TenantTable, table=True):
    """A locale the tenant writes in; `fallbacks` is a JSON list of locales."""

    locale: str = Field(primary_key=True)
    position: int
    url_prefix: str = ""
    fallbacks: str = "[]"
    is_default: bool = False


class TenantChannel(TenantTable, table=True):
    """A channel the tenant's content is shown in."""

    slug: str = Field(primary_key=True)
    position: int
    name: str
    base_url: str | None = None
    is_default: bool = False


class TenantHost(TenantTable, table=True):
    """A host name whose requests are the tenant's."""

    host: str = Field(primary_key=True, unique=True)


class TenantBlockType(TenantTable, table=True):
    """A type of block that the tenant made; `json_schema` is the JSON Schema of its data."""

    name: str = Field(primary_key=True)
    description: str
    json_schema: str
    created_at: datetime = Field(sa_type=Moment)

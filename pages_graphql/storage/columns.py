"""Columns that all tables share."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, DateTime, Dialect, ForeignKeyConstraint, MetaData, String
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

T = TypeVar("T")

MOST_OBJECTS = 4_096
"""How many JSON objects are kept with the text that they were read from."""

NIL = UUID(int=0)
"""Stands for “none” in unique keys, where NULLs are never equal."""

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def col(attribute: T) -> ColumnElement[T]:
    """The column of a table's attribute, as statements take it."""
    return cast(ColumnElement[T], attribute)


class Moment(TypeDecorator[datetime]):
    """A time with its offset; SQLite forgets it, so UTC is kept and given back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value is; the base class says any object."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Keep UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Bytewise(TypeDecorator[str]):
    """Text that is compared byte by byte on both databases: slugs, paths, locales, titles to sort by."""

    impl = String
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        """What a value is; the base class says any object."""
        return str

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """`COLLATE "C"` on PostgreSQL; SQLite compares bytes anyway."""
        return String(collation="C") if dialect.name == "postgresql" else String()


class Object(TypeDecorator[Mapping[str, Any]]):
    """A JSON object that comes as text; no text is an empty one."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Any]:
        """Read it."""
        return object_of(value)


@lru_cache(MOST_OBJECTS)
def object_of(text: str | None) -> Mapping[str, Any]:
    """The object that a text holds, which nobody changes: the same texts come again and again."""
    return orjson.loads(text) if text else {}


class Table(SQLModel):
    """A table, called as its class in lower case with underscores."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 # pyright: ignore[reportIncompatibleVariableOverride] -- SQLModel types it as a plain attribute
        """PageRevision is kept in page_revision."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class TenantTable(Table):
    """A table whose rows belong to a tenant, which leads every key."""

    tenant_id: UUID = Field(primary_key=True, foreign_key="tenant.id")


def belongs_to(table: str, *columns: str, to: str = "id", deferred: bool = False) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the tenant: (tenant_id, columns) of this table name a row of `table`."""
    targets = [f"{table}.tenant_id", *(f"{table}.{name}" for name in to.split())]
    return ForeignKeyConstraint(
        ["tenant_id", *columns],
        targets,
        deferrable=deferred or None,
        initially="DEFERRED" if deferred else None,
        use_alter=deferred,
    )

"""What a bundle holds: the tables that are data, in an order in which each only points at what came before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Boolean, Column, Integer, UniqueConstraint, Uuid
from sqlmodel import SQLModel

from pages_graphql.importers.bundle import values
from pages_graphql.importers.bundle.values import Read
from pages_graphql.importers.model import ImportSource
from pages_graphql.menus.model import Menu, MenuBinding, MenuLocation, MenuPublication, MenuRevision
from pages_graphql.pages.model import Page, PagePublication, PageRevision
from pages_graphql.routes.model import PathRedirectOrigin, Redirect, Route
from pages_graphql.storage.columns import Moment, TenantTable
from pages_graphql.tenants.model import TenantBlockType, TenantChannel, TenantHost, TenantLocale

Key: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Value:
    """A column: how its value is read from JSON, and what it is where a row does not give it."""

    name: str
    read: Read
    is_nullable: bool
    is_required: bool
    default: object


@dataclass(frozen=True)
class Pointer:
    """Columns that name a row of a kind, in the order of its key."""

    columns: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Kind:
    """A table as a bundle knows it; its tenant is left out everywhere."""

    name: str
    table: type[TenantTable]
    values: Mapping[str, Value]
    key: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]
    pointers: tuple[Pointer, ...]

    def key_of(self, row: Mapping[str, Any]) -> Key:
        """What a row is called and sorted by."""
        return tuple(row[name] for name in self.key)

    def row(self, given: Mapping[str, object]) -> dict[str, Any]:
        """The row that JSON gives; a ValueError says what is wrong with it."""
        if unknown := next((name for name in given if name not in self.values), None):
            raise ValueError(f"a {self.name} has no “{unknown}”")
        return {name: _read(value, given) for name, value in self.values.items()}


def _read(value: Value, given: Mapping[str, object]) -> object:
    if value.name not in given:
        if value.is_required:
            raise ValueError(f"“{value.name}” is missing")
        return value.default
    found = given[value.name]
    if found is None and value.is_nullable:
        return None
    try:
        return value.read(found)
    except ValueError as error:
        raise ValueError(f"“{value.name}” is {error}") from None


_READERS: Mapping[type, Read] = {
    Moment: values.moment,
    Uuid: values.id,
    Boolean: values.boolean,
    Integer: values.number,
}
_MEANT: Mapping[tuple[str, str], Read] = {
    ("locale", "locale"): values.locale,
    ("locale", "fallbacks"): values.locales,
    ("block_type", "json_schema"): values.json_schema,
    ("page", "channels"): values.texts,
    ("redirect", "origin"): values.one_of(PathRedirectOrigin),
    ("menu_binding", "location"): values.one_of(MenuLocation),
}
"""How texts are read that nobody could make sense of later if they said anything else."""


def _value(kind: str, table: type[TenantTable], column: Column[Any]) -> Value:
    of_type = next((read for type_, read in _READERS.items() if isinstance(column.type, type_)), values.text)
    read = _MEANT.get((kind, column.name), of_type)
    field = table.model_fields[column.name]
    return Value(column.name, read, bool(column.nullable), field.is_required(), field.default)


def _kind(name: str, table: type[TenantTable]) -> Kind:
    sql = SQLModel.metadata.tables[str(table.__tablename__)]
    uniques = [c.columns.keys() for c in sql.constraints if isinstance(c, UniqueConstraint)]
    return Kind(
        name,
        table,
        {column.name: _value(name, table, column) for column in sql.columns if column.name != "tenant_id"},
        _within(sql.primary_key.columns.keys()),
        tuple(found for columns in uniques if (found := _within(columns)) != _within(sql.primary_key.columns.keys())),
        tuple(sorted(_pointers(table), key=lambda pointer: pointer.columns)),
    )


def _within(columns: list[str]) -> tuple[str, ...]:
    return tuple(name for name in columns if name != "tenant_id")


def _pointers(table: type[TenantTable]) -> list[Pointer]:
    """The foreign keys that stay in the tenant."""
    found: list[Pointer] = []
    for constraint in SQLModel.metadata.tables[str(table.__tablename__)].foreign_key_constraints:
        names = {element.column.name: element.parent.name for element in constraint.elements}
        target = constraint.referred_table
        if target.name != "tenant":
            columns = tuple(names[name] for name in _within(target.primary_key.columns.keys()))
            found.append(Pointer(columns, target.name))
    return found


KINDS: Mapping[str, Kind] = {
    name: _kind(name, table)
    for name, table in {
        "locale": TenantLocale,
        "channel": TenantChannel,
        "host": TenantHost,
        "block_type": TenantBlockType,
        "page": Page,
        "page_revision": PageRevision,
        "page_publication": PagePublication,
        "route": Route,
        "redirect": Redirect,
        "menu": Menu,
        "menu_revision": MenuRevision,
        "menu_publication": MenuPublication,
        "menu_binding": MenuBinding,
        "import_source": ImportSource,
    }.items()
}
"""The kinds by their names, in the order of a bundle; a name that is pointed at is its table's."""

SETTINGS = ("locale", "channel", "host", "block_type")
"""The kinds that every tenant may have, empty or not."""

TARGETS = {pointer.target for kind in KINDS.values() for pointer in kind.pointers}
"""The kinds that are pointed at."""

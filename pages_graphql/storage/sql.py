"""SQL that both databases understand: a whole list as one JSON parameter."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ColumnElement,
    Select,
    TableValuedAlias,
    Uuid,
    bindparam,
    cast,
    column,
    literal,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import JSON, String, TypeEngine

from pages_graphql.core.text import unstorable


class _Items(FunctionElement[Any]):
    """The items of a JSON array, a row each."""

    name = "json_items"
    inherit_cache = True


class _Part(FunctionElement[str]):
    """The text at a place of a JSON array."""

    name = "json_part"
    type = String()
    inherit_cache = True


class _Id(FunctionElement[UUID]):
    """An id that is written as text."""

    name = "json_id"
    type = Uuid()
    inherit_cache = True


class _RowVersion(FunctionElement[str]):
    """What tells a version of a row from its others, given a column of its table."""

    name = "row_version"
    type = String()
    inherit_cache = True


class _Snapshot(FunctionElement[str]):
    """What tells the snapshot that a statement sees from all others."""

    name = "snapshot"
    type = String()
    inherit_cache = True


class _ObjectOf(FunctionElement[str]):
    """A JSON object, as text, of the names and values of many rows."""

    name = "json_object_of"
    type = String()
    inherit_cache = True


@compiles(_Items, "sqlite")
def _items_sqlite(element: _Items, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_Items, "postgresql")
def _items_postgresql(element: _Items, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_array_elements(CAST({compiler.process(element.clauses, **kw)} AS JSON))"


@compiles(_Part, "sqlite")
def _part_sqlite(element: _Part, compiler: SQLCompiler, **kw: Any) -> str:
    value, place = element.clauses
    return f"json_extract({compiler.process(value, **kw)}, '$[' || {compiler.process(place, **kw)} || ']')"


@compiles(_Part, "postgresql")
def _part_postgresql(element: _Part, compiler: SQLCompiler, **kw: Any) -> str:
    value, place = element.clauses
    return f"({compiler.process(value, **kw)} ->> {compiler.process(place, **kw)})"


@compiles(_Id, "sqlite")
def _id_sqlite(element: _Id, compiler: SQLCompiler, **kw: Any) -> str:
    return f"replace({compiler.process(element.clauses, **kw)}, '-', '')"


@compiles(_Id, "postgresql")
def _id_postgresql(element: _Id, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS UUID)"


@compiles(_RowVersion, "sqlite")
def _row_version_sqlite(element: _RowVersion, compiler: SQLCompiler, **kw: Any) -> str:
    return "NULL"


@compiles(_RowVersion, "postgresql")
def _row_version_postgresql(element: _RowVersion, compiler: SQLCompiler, **kw: Any) -> str:
    table, _, _ = compiler.process(element.clauses, **kw).rpartition(".")
    return f"CAST({table}.xmin AS TEXT)"


@compiles(_Snapshot, "sqlite")
def _snapshot_sqlite(element: _Snapshot, compiler: SQLCompiler, **kw: Any) -> str:
    return "NULL"


@compiles(_Snapshot, "postgresql")
def _snapshot_postgresql(element: _Snapshot, compiler: SQLCompiler, **kw: Any) -> str:
    return "CAST(pg_current_snapshot() AS TEXT)"


@compiles(_ObjectOf, "sqlite")
def _object_sqlite(element: _ObjectOf, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_object({compiler.process(element.clauses, **kw)})"


@compiles(_ObjectOf, "postgresql")
def _object_postgresql(element: _ObjectOf, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST(json_object_agg({compiler.process(element.clauses, **kw)}) AS TEXT)"


def object_of(name: ColumnElement[Any], value: ColumnElement[Any]) -> ColumnElement[str]:
    """A JSON object, as text, of the names and values of all rows in the group."""
    return _ObjectOf(name, value)


def row_version(column: ColumnElement[Any]) -> ColumnElement[str]:
    """What is another after each write of a row of the column's table; NULL where the database does not tell.

    PostgreSQL keeps with each row the number of the transaction that wrote it (System Columns, xmin).
    """
    return _RowVersion(column)


def snapshot() -> ColumnElement[str]:
    """What is another whenever a statement sees what another did not; NULL where the database does not tell.

    PostgreSQL names the transactions that a statement sees the work of (Transaction ID and Snapshot Information
    Functions, pg_current_snapshot): between two statements that see the same ones, nothing was kept in any database of
    the server. Not so on a standby, which knows some by their parts.
    """
    return _Snapshot()


def table_of(parameter: str, /, **columns: TypeEngine[Any]) -> Select[*tuple[Any, ...]]:
    """The rows that a parameter holds (see `rows`), with these columns in this order."""
    return _table(bindparam(parameter, type_=String()), **columns)


def _table(json: ColumnElement[str], /, **columns: TypeEngine[Any]) -> Select[*tuple[Any, ...]]:
    items: TableValuedAlias = _Items(json).table_valued(column("value", JSON()))
    value = items.c.value
    parts: list[ColumnElement[Any]] = []
    for n, (name, type_) in enumerate(columns.items()):
        part: ColumnElement[Any] = _Part(value, literal_column(str(n)))
        parts.append(_typed(part, type_).label(name))
    return select(*parts).select_from(items)


def _typed(part: ColumnElement[Any], type_: TypeEngine[Any]) -> ColumnElement[Any]:
    if isinstance(type_, Uuid):
        return _Id(part)
    return part if isinstance(type_, String) else cast(part, type_)


def ids_of(parameter: str) -> Select[*tuple[UUID]]:
    """The ids that a parameter holds (see `rows`): one parameter, however many they are."""
    return table_of(parameter, id=Uuid())


def texts_of(parameter: str) -> Select[*tuple[str]]:
    """The texts that a parameter holds (see `rows`)."""
    return table_of(parameter, text=String())


def these_ids(ids: Iterable[UUID]) -> Select[*tuple[UUID]]:
    """These ids, as one value of the statement, however many they are."""
    return _table(literal(singles(ids), String()), id=Uuid())


def these_texts(texts: Iterable[str]) -> Select[*tuple[str]]:
    """These texts, as one value of the statement; those that cannot be stored are nowhere, and left out."""
    return _table(literal(singles(text for text in texts if not unstorable(text)), String()), text=String())


def rows(items: Iterable[Iterable[object]]) -> str:
    """Rows as the one parameter that `table_of` reads: tuples, and what is more than that."""
    return orjson.dumps([*items], default=list).decode()


def singles(items: Iterable[object]) -> str:
    """Rows of one column as the one parameter that `ids_of` and `texts_of` read."""
    return rows([item] for item in items)

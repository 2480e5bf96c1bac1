"""Finding rows of large tables by their index, whatever a database guesses: neither knows how long a list of JSON is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, String, Uuid, and_, bindparam, case, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from pages_graphql.storage.columns import TenantTable, col

HIGHEST = "\U0010ffff"
"""The character that comes after all others."""


class _Alone(FunctionElement[Any]):
    """A value to compare an indexed column with, one at a time."""

    name = "alone"
    inherit_cache = True


class _Hidden(FunctionElement[bool]):
    """A condition that rows are held against when an index has found them by others."""

    name = "hidden"
    type = Boolean()
    inherit_cache = True


class _Among(FunctionElement[Any]):
    """Whether a column is one of many values."""

    name = "among"
    inherit_cache = True


class _AmongRows(FunctionElement[Any]):
    """Whether columns are one of many rows; then, for those that an index begins with, each with its values alone."""

    name = "among_rows"
    inherit_cache = True


@compiles(_Alone, "sqlite")
def _alone_sqlite(element: _Alone, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"


@compiles(_Alone, "postgresql")
def _alone_postgresql(element: _Alone, compiler: SQLCompiler, **kw: Any) -> str:
    return f"ANY (ARRAY[{compiler.process(element.clauses, **kw)}])"


@compiles(_Hidden)
def _hidden(element: _Hidden, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CASE WHEN {compiler.process(element.clauses, **kw)} THEN 1=1 ELSE 1=0 END"


@compiles(_Among, "sqlite")
@compiles(_AmongRows, "sqlite")
def _among_sqlite(element: FunctionElement[Any], compiler: SQLCompiler, **kw: Any) -> str:
    columns, values, *_ = element.clauses
    return f"{compiler.process(columns, **kw)} IN {compiler.process(values, **kw)}"


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **kw)} = ANY (ARRAY{compiler.process(values, **kw)})"


@compiles(_AmongRows, "postgresql")
def _among_rows_postgresql(element: _AmongRows, compiler: SQLCompiler, **kw: Any) -> str:
    """Rows are compared inside a CASE, where PostgreSQL hashes them; elsewhere it might go through all of them for each row."""
    columns, values, *alone = (compiler.process(clause, **kw) for clause in element.clauses)
    narrow = (f"{column} = ANY (ARRAY{its})" for column, its in zip(alone[::2], alone[1::2], strict=True))
    return f"({' AND '.join(narrow)} AND CASE WHEN {columns} IN {values} THEN true ELSE false END)"


def each(table: type[TenantTable], /, **values: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a table's row is the tenant's and has, in columns of an index, the values of rows that are few.

    Joins the table to them by that index, row by row. PostgreSQL takes what a list of JSON or a recursion yields for
    hundreds or thousands of rows, and would read the whole table for a plain join. It cannot hash or sort by membership
    of an array, so it is left with the index. SQLite might read the table and make an index of the rows, which it does
    not for a term (a plus before it).

    The tenant hangs on those rows too. Where it is a condition of its own, and tenants are taken for small, both would
    rather read all that one has for each of the rows.
    """
    of_row = case((next(iter(values.values())).is_not(None), bindparam("tenant", type_=Uuid())))
    columns = {"tenant_id": of_row, **values}
    return and_(*(col(getattr(table, name)) == _Alone(value) for name, value in columns.items()))


def begins_with(column: ColumnElement[str], parameter: str) -> ColumnElement[bool]:
    """Whether a text, compared bytewise, begins as a parameter says; LIKE is looked up by no index where it comes as one."""
    base = bindparam(parameter, type_=String())
    return column.between(base, base.concat(HIGHEST))


def hidden(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition by which no index is looked into, whatever a database would guess it to be worth."""
    return _Hidden(condition)


def among(column: ColumnElement[Any], values: Select[*tuple[Any]]) -> ColumnElement[bool]:
    """Whether a table's indexed column is one of these values.

    PostgreSQL takes a list of JSON for a hundred rows, and reads tables of some thousand rows to join them; an array of
    unknown length it takes for ten values.
    """
    return _Among(column, values.scalar_subquery())


def among_rows(
    columns: Sequence[ColumnElement[Any]], values: Select[*tuple[Any, ...]], *, by: int
) -> ColumnElement[bool]:
    """Whether some columns are one of these rows; an index is looked into by the first ones, so many."""
    its = [select(value).scalar_subquery() for value in values.subquery().c]
    alone = [clause for pair in zip(columns[:by], its, strict=False) for clause in pair]
    return _AmongRows(tuple_(*columns), values.scalar_subquery(), *alone)

"""Finding rows of large tables by their index, whatever a database guesses: neither knows how long a list of JSON is."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import CTE, ColumnElement, Select, Uuid, and_, bindparam, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from pages_graphql.storage.columns import Table, col
from pages_graphql.storage.sql import table_of

T = TypeVar("T")


class _Alone(FunctionElement[Any]):
    """A value to compare an indexed column with, one at a time."""

    name = "alone"
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


def each(column: ColumnElement[T], value: ColumnElement[T]) -> ColumnElement[bool]:
    """Whether a table's indexed column is a value of rows that are few: joins the table to them by its index, row by row.

    PostgreSQL takes what a list of JSON or a recursion yields for hundreds or thousands of rows, and would read the
    whole table for a plain join. It cannot hash or sort by membership of an array, so it is left with the index. SQLite
    might read the table and make an index of the rows, which it does not for a term (a plus before it).
    """
    return column == _Alone(value)


def own_rows(parameter: str, /, **columns: TypeEngine[Any]) -> CTE:
    """The rows that a parameter holds (see `table_of`), each with the tenant, for a table to be joined to by `each_row`.

    Were the tenant a condition of its own, SQLite might think that it needs no other, and read all that the tenant has.
    """
    rows = table_of(parameter, **columns).add_columns(bindparam("tenant", type_=Uuid()).label("tenant_id"))
    return rows.cte(parameter).prefix_with("MATERIALIZED")


def each_row(table: type[Table], rows: CTE) -> ColumnElement[bool]:
    """Whether a table's columns are those of rows that are few: joins it to them by its index, row by row, as `each` does."""
    return and_(*(each(col(getattr(table, name)), value) for name, value in rows.c.items()))


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

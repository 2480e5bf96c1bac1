"""Statements that are made once, as the drivers take them: SQLAlchemy writes them, and is not asked again."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar, cast
from uuid import UUID
from weakref import WeakSet

from sqlalchemy import CompoundSelect, Delete, Dialect, Insert, Select, SelectBase, Update, Uuid
from sqlalchemy.types import TypeEngine

from pages_graphql.core.ids import uuid_of
from pages_graphql.storage.columns import Moment, Object, object_of

P = ParamSpec("P")

Kept: TypeAlias = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | Insert | Update | Delete
"""A statement that can be made once."""

S = TypeVar("S", bound=Kept)

_KEPT = WeakSet[Kept]()

Change = Callable[[Any], Any]


def kept(function: Callable[P, S]) -> Callable[P, S]:
    """A function that makes a statement, once for each choice of its arguments, which are few."""
    known: dict[object, S] = {}

    @wraps(function)
    def made(*args: P.args, **kwargs: P.kwargs) -> S:
        chosen = args, tuple(kwargs.items())
        statement = known.get(chosen)
        if statement is None:
            statement = known[chosen] = keep(function(*args, **kwargs))
        return statement

    return made


def keep(statement: S) -> S:
    """A statement that will be asked again, for as long as somebody keeps it."""
    _KEPT.add(statement)
    return statement


def is_kept(statement: object) -> bool:
    """Whether a statement is one that is made once."""
    return statement in _KEPT


class Prepared:
    """A statement as one driver takes it: its text, its parameters by place, and what makes rows of what it gives."""

    def __init__(self, statement: Kept, dialect: Dialect) -> None:
        """Let SQLAlchemy write the statement."""
        compiled = statement.compile(dialect=dialect)
        if "POSTCOMPILE" in compiled.string:
            raise ValueError(f"A list of values has a length, so this is no statement to keep: {compiled.string}")
        self.names: Sequence[str] = compiled.positiontup or list(compiled.params)
        places = {name: f"${n}" for n, name in enumerate(self.names, 1)}
        self.text = compiled.string if dialect.positional else compiled.string % places
        types: Mapping[str, TypeEngine[Any]] = {name: compiled.binds[name].type for name in self.names}
        self._into = {name: change for name, type_ in types.items() if (change := _into(type_, dialect))}
        self._fixed = {name: self._changed(name, value) for name, value in compiled.params.items() if value is not None}
        columns: list[tuple[str, Any]] = []
        if isinstance(statement, SelectBase):
            columns = [*statement.selected_columns.items()]
        # The names are known only here.
        names = [name for name, _ in columns]
        row = namedtuple("_Row", names, rename=True)  # pyright: ignore[reportUntypedNamedTuple]
        self._rows = _reading(row, [_out_of(column.type, dialect) for _, column in columns])

    def arguments(self, values: Mapping[str, object]) -> Sequence[object]:
        """The values of the parameters, by place, as the driver takes them."""
        return [self._changed(name, values[name]) if name in values else self._fixed.get(name) for name in self.names]

    def rows(self, found: Iterable[Sequence[Any]]) -> list[Any]:
        """Rows with names, of what the driver gave."""
        return self._rows(found)

    def _changed(self, name: str, value: object) -> object:
        change = self._into.get(name)
        return value if change is None or value is None else change(value)


def _reading(row: type[tuple[Any, ...]], changes: Sequence[Change | None]) -> Callable[[Iterable[Any]], list[Any]]:
    """What makes rows of a class from what a driver gives, written out for its columns."""
    values = "".join(f"c{n}(r[{n}]), " if change else f"r[{n}], " for n, change in enumerate(changes))
    made = f"[new(row, ({values})) for r in found]" if any(changes) else "[new(row, r) for r in found]"
    names: dict[str, Any] = {f"c{n}": change for n, change in enumerate(changes)}
    new: Any = cast(Any, tuple).__new__
    return eval(f"lambda found: {made}", {**names, "new": new, "row": row})  # noqa: S307 -- numbers alone


def _into(type_: TypeEngine[Any], dialect: Dialect) -> Change | None:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _out_of(type_: TypeEngine[Any], dialect: Dialect) -> Change | None:
    if isinstance(type_, Object):
        return object_of
    if dialect.name == "sqlite" and isinstance(type_, Uuid | Moment):
        return _uuid if isinstance(type_, Uuid) else _moment
    if isinstance(type_, Moment):
        return None  # a connection that reads has UTC for its time zone
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else uuid_of(text)


def _moment(text: str | None) -> datetime | None:
    """A time as SQLite keeps it: in UTC, which it does not say."""
    return None if text is None else datetime.fromisoformat(text + "+00:00")

"""Reading on from a place in an ordered list: stable while others write, the same in both directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.types import Integer, TypeEngine

from pages_graphql.storage.window import Page, encode, wrong_cursor

_INTEGERS = range(-(2**31), 2**31)
"""What an Integer column can hold; both databases fail in their own way on what is outside."""

SIZE = bindparam("size", type_=Integer())


@dataclass(frozen=True, eq=False)
class Key:
    """What a list is ordered by: an expression that is never NULL, and its direction."""

    name: str
    column: ColumnElement[Any]
    type: TypeEngine[Any]
    descending: bool = False


@dataclass(frozen=True, eq=False)
class Keyset:
    """The order of a list, whose last key tells any two items apart; `name` marks its cursors."""

    name: str
    keys: Sequence[Key]

    def order(self, *, backward: bool) -> list[ColumnElement[Any]]:
        """The order to read in."""
        return [key.column.desc() if key.descending is not backward else key.column.asc() for key in self.keys]

    def beyond(self, *, backward: bool) -> ColumnElement[bool]:
        """What stands behind the place that `values` gives."""
        found: list[ColumnElement[bool]] = []
        for n, key in enumerate(self.keys):
            same = [before.column == self._bound(before) for before in self.keys[:n]]
            less = key.descending is not backward
            found.append(and_(*same, key.column < self._bound(key) if less else key.column > self._bound(key)))
        return or_(*found)

    def _bound(self, key: Key) -> ColumnElement[Any]:
        return bindparam(f"place_{key.name}", type_=key.type)

    def values(self, page: Page) -> dict[str, object]:
        """The parameters of `beyond`; a cursor that fits no order of this list ends the field."""
        if page.place is None:
            return {}
        if len(page.place) != len(self.keys):
            raise wrong_cursor()
        return {f"place_{key.name}": self._value(key, value) for key, value in zip(self.keys, page.place, strict=True)}

    def _value(self, key: Key, value: object) -> object:
        expected = key.type.python_type
        try:
            if expected is UUID:
                return UUID(str(value))
            if expected is datetime:
                return datetime.fromisoformat(str(value)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise wrong_cursor() from None
        if type(value) is not expected or (isinstance(value, int) and value not in _INTEGERS):
            raise wrong_cursor()
        return value

    def cursor(self, row: Any) -> str:
        """The place of a row, which has the keys as columns called `key_…`."""
        return encode(self.name, *(getattr(row, f"key_{key.name}") for key in self.keys))

    @cached_property
    def columns(self) -> list[ColumnElement[Any]]:
        """The keys as columns, for `cursor` to read."""
        return [key.column.label(f"key_{key.name}") for key in self.keys]

    def ranked(
        self, items: Select[*tuple[Any, ...]], within: ColumnElement[Any], page: Page
    ) -> Select[*tuple[Any, ...]]:
        """A window of every list that `within` tells apart, in one statement; takes the parameter `size`."""
        rank = func.row_number().over(partition_by=within, order_by=self.order(backward=page.backward))
        items = items.add_columns(*self.columns, rank.label("rank"))
        if page.place is not None:
            items = items.where(self.beyond(backward=page.backward))
        found = items.subquery()
        return select(found).where(found.c.rank <= SIZE).order_by(found.c.rank)

    def window(self, items: Select[*tuple[Any, ...]], page: Page) -> Select[*tuple[Any, ...]]:
        """A window of one list; takes the parameter `size`."""
        items = items.add_columns(*self.columns)
        if page.place is not None:
            items = items.where(self.beyond(backward=page.backward))
        return items.order_by(*self.order(backward=page.backward)).limit(SIZE)

    def parameters(self, page: Page) -> dict[str, object]:
        """What the statements of `ranked` and `window` take: one more than asked for, to know whether more follow."""
        return {"size": page.size + 1, **self.values(page)}

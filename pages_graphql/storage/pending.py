"""What a transaction has still to send: changes wait, and go to the database together with the next question."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

from sqlalchemy import Insert, Row, Update, bindparam, event, insert, update
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from pages_graphql.storage.columns import Table
from pages_graphql.storage.direct import Direct, Sent
from pages_graphql.storage.prepared import Kept, Prepared, kept

T = TypeVar("T", bound=Table)

Question = tuple[Kept, Mapping[str, Any]]
Rows = Sequence[Row[*tuple[Any, ...]]]

_PENDING = "what the transaction has still to send"


class Known(NamedTuple):
    """A row, and what the database has of it."""

    row: Table
    before: dict[str, Any]


Watched: TypeAlias = dict[tuple[object, ...], Known]


class Pending:
    """Changes of one transaction, in order: they wait until anything is asked on its connection, or it ends."""

    def __init__(self, session: AsyncSession, direct: Direct) -> None:
        """Nothing waits."""
        self._session = session
        self._direct = direct
        self._driver: Any = None
        self._waiting: list[Sent] = []
        self._watched: Watched = {}

    def change(self, statement: Kept, values: Mapping[str, Any]) -> None:
        """Let a statement wait; nobody asks what it answers."""
        sent = self._sent(self._direct.prepared(statement), values)
        if statement.is_dml and self._waiting and self._waiting[-1].text == sent.text:
            self._waiting[-1].runs.extend(sent.runs)
        else:
            self._waiting.append(sent)

    def insert(self, table: type[Table], values: Mapping[str, Any]) -> None:
        """Let a new row wait; what is not given is NULL."""
        self.change(_insert(table), {f"new_{name}": value for name, value in values.items()})

    def add(self, row: Table) -> None:
        """Let a new row wait; what becomes of it from here on is written too."""
        values = _values(row)
        self.insert(type(row), values)
        self._watched[_key(type(row), values)] = Known(row, values)

    def watch(self, table: type[T], read: Any) -> T:
        """A row that was read whole, as it is now; what becomes of it is written. The same row is the same object."""
        values = {name: getattr(read, name) for name in _names(table)}
        key = _key(table, values)
        known = self._watched.get(key)
        row = cast(T, known.row) if known else table(**values)
        if known:
            for name, value in values.items():
                setattr(row, name, value)
        self._watched[key] = Known(row, values)
        return row

    async def ask(self, *questions: Question) -> list[Rows]:
        """What some statements answer, after all that waits, in one go."""
        await self.flush()
        prepared = [self._direct.prepared(statement) for statement, _ in questions]
        asked = [self._sent(one, values) for one, (_, values) in zip(prepared, questions, strict=True)]
        waiting, self._waiting = self._waiting, []
        await self.open()
        found = await self._direct.together(self._driver, [*waiting, *asked])
        return [one.rows(rows) for one, rows in zip(prepared, found[len(waiting) :], strict=True)]

    async def flush(self) -> None:
        """Let what became of rows wait in its turn; what the session has is sent."""
        await self.settle()
        self.note()

    async def settle(self) -> None:
        """Send what the session has, which waits for nothing."""
        session = self._session
        if session.new or session.dirty or session.deleted:
            await session.flush()

    async def send(self) -> None:
        """Send all there is."""
        await self.flush()
        if self._waiting:
            _ = await self.ask()

    async def open(self) -> None:
        """Stand on the session's connection, so that whoever asks it sends first what waits."""
        if self._driver is None:
            connection = await self._session.connection()
            connection.sync_connection.info[_PENDING] = self  # pyright: ignore[reportOptionalMemberAccess] -- it is open
            self._driver = (await connection.get_raw_connection()).driver_connection

    def note(self) -> None:
        """Let what became of rows wait."""
        for key, (row, before) in self._watched.items():
            now = _values(row)
            if changed := tuple(name for name, value in now.items() if value != before[name]):
                table = type(row)
                values = {f"new_{name}": now[name] for name in changed}
                keys = {f"key_{name}": now[name] for name in _keys(table)}
                self.change(_update(table, changed), {**values, **keys})
                self._watched[key] = Known(row, now)

    def forget(self) -> None:
        """Send nothing of all that waits, and watch no row any more: it was taken back, or is gone."""
        self._waiting.clear()
        self._watched.clear()

    def watched(self) -> Watched:
        """The rows that are watched, as they are."""
        return dict(self._watched)

    def go_back(self, watched: Watched) -> None:
        """Send nothing of what waits, and let rows be what they were when `watched` told: the rest was taken back."""
        self.forget()
        self._watched |= watched
        for row, before in watched.values():
            for name, value in before.items():
                setattr(row, name, value)

    async def send_on(self, driver: Any) -> None:
        """Send what waits on the connection that is about to be asked by others."""
        waiting, self._waiting = self._waiting, []
        _ = await self._direct.together(driver, waiting)

    @property
    def waits(self) -> bool:
        """Whether there is anything to send."""
        return bool(self._waiting)

    def _sent(self, prepared: Prepared, values: Mapping[str, Any]) -> Sent:
        return Sent(prepared.text, [prepared.arguments(values)])


def send_first(engine: AsyncEngine, direct: Direct) -> None:
    """Let whatever goes over an engine's connections go after what waits on them, and be heard of."""

    def on_execute(connection: Connection, cursor: Any, statement: str, *_: object) -> None:
        for listener in direct.listeners:
            listener(statement)
        pending: Pending | None = connection.info.get(_PENDING)
        if pending is None or statement.startswith("ROLLBACK TO"):
            return
        pending.note()
        if pending.waits:
            cast(Any, connection.connection.dbapi_connection).run_async(pending.send_on)

    def on_rollback(connection: Connection, *_: object) -> None:
        pending: Pending | None = connection.info.get(_PENDING)
        if pending is not None:
            pending.forget()

    def on_checkin(_: object, record: Any) -> None:
        _ = record.info.pop(_PENDING, None)

    event.listen(engine.sync_engine, "before_cursor_execute", on_execute)
    event.listen(engine.sync_engine, "rollback", on_rollback)
    event.listen(engine.sync_engine, "checkin", on_checkin)


def _columns(table: type[Table]) -> Any:
    return cast(Any, table).__table__.c


def _names(table: type[Table]) -> Sequence[str]:
    return _columns(table).keys()


def _keys(table: type[Table]) -> list[str]:
    return [column.name for column in cast(Any, table).__table__.primary_key]


def _values(row: Table) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _names(type(row))}


def _key(table: type[Table], values: Mapping[str, Any]) -> tuple[object, ...]:
    return table, *(values[name] for name in _keys(table))


@kept
def _insert(table: type[Table]) -> Insert:
    columns = _columns(table)
    made = insert(cast(Any, table).__table__)
    return made.values({column.name: bindparam(f"new_{column.name}", type_=column.type) for column in columns})


@kept
def _update(table: type[Table], names: Sequence[str]) -> Update:
    columns = _columns(table)
    own = [columns[name] == bindparam(f"key_{name}", type_=columns[name].type) for name in _keys(table)]
    values = {name: bindparam(f"new_{name}", type_=columns[name].type) for name in names}
    return update(cast(Any, table).__table__).where(*own).values(values)

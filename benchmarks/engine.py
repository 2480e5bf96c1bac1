"""What an operation costs in process, compiled and on graphql-core: `python -m benchmarks.engine`.

Each is asked in pairs, one after the other, and the median of the CPU time is told: with its data at hand (what the request loads is in its
context already, so that only execution is measured), and reading from SQLite. Both give the same bytes, or nothing is told.
"""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks.content import fill
from benchmarks.questions import Question, questions
from pages_graphql.api.context import Context
from pages_graphql.api.execution import Executor, GraphQLCoreExecutor
from pages_graphql.core.access import Actor
from pages_graphql.core.view import View
from pages_graphql.engine.executor import CompiledExecutor
from pages_graphql.schema import schema
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database

PAGES = 60
TIMES = 60
WARM_UP = 3


async def measure(executors: list[Executor], case: Question, context: Callable[[], Context]) -> list[float]:
    """The median of each executor, in microseconds; they are asked in turn."""
    spent: list[list[float]] = [[] for _ in executors]
    answers = {await _timed(executor, case, context(), []) for executor in executors}
    if len(answers) != 1 or b'"errors"' in answers.pop():
        message = f"{case.name}: the answers differ, or are errors"
        raise SystemExit(message)
    for n in range(TIMES + WARM_UP):
        for executor, times in zip(executors, spent, strict=True):
            _ = await _timed(executor, case, context(), times if n >= WARM_UP else [])
    return [median(times) for times in spent]


async def _timed(executor: Executor, case: Question, context: Context, times: list[float]) -> bytes:
    operation = case.operations[0]
    started = process_time()
    result = await executor.execute(executor.prepare(operation.query, None), operation.variables, context)
    body = orjson.dumps({"errors": [str(one) for one in result.errors]} if result.errors else {"data": result.data})
    times.append((process_time() - started) * 1e6)
    return body


async def main() -> None:
    """Measure, and tell."""
    table = Table("µs of CPU", *(f"{where}: {what}" for where in ("at hand", "SQLite") for what in COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'pages.db'}"
        await migrations.upgrade(url)
        database = Database(url)
        tenant, ids = await fill(database, PAGES)
        view = View(tenant, Actor(), "en", "web")
        executors = [GraphQLCoreExecutor(schema), CompiledExecutor(schema)]
        for case in (questions(ids)[name] for name in ("q1", "q2", "q3", "q4")):
            known = Context(database, view)
            at_hand = await measure(executors, case, lambda known=known: known)
            read = await measure(executors, case, lambda: Context(database, view))
            told = (f"{value:,.0f}" if value > 20 else f"{value:,.1f}" for value in (*at_hand, at_hand[0] / at_hand[1]))
            table.add_row(case.name, *told, *(f"{value:,.1f}" for value in (*read, read[0] / read[1])))
        await database.close()
    Console(width=160).print(table)


COLUMNS = ("graphql-core", "compiled", "times")

if __name__ == "__main__":
    asyncio.run(main())

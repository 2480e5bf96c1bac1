"""One operation on both executors."""

from collections import Counter
from typing import Any, NamedTuple

import orjson
import strawberry
from graphql import ExecutionResult

from pages_graphql.api.context import Context
from pages_graphql.api.errors import DocumentRefused
from pages_graphql.api.execution import Executor, GraphQLCoreExecutor
from pages_graphql.api.json import dumps
from pages_graphql.core.errors import RequestError
from pages_graphql.core.view import View
from pages_graphql.engine.executor import CompiledExecutor
from pages_graphql.schema import schema as whole_schema
from pages_graphql.storage.database import Database


class Said(NamedTuple):
    """What an executor answered: the bytes of the data, and each error by its path."""

    data: bytes
    errors: list[Any]


class Both:
    """Asks both executors, and counts how the compiled one ran."""

    def __init__(self, schema: strawberry.Schema = whole_schema) -> None:
        self.counted: Counter[str] = Counter()
        self.core = GraphQLCoreExecutor(schema)
        self.compiled = CompiledExecutor(schema, count=lambda reason: self.counted.update([reason]))

    @property
    def reasons(self) -> list[str]:
        """Why graphql-core ran what it ran instead of the compiled executor; nothing where that ran it."""
        return [*self.counted.elements()]

    async def same(
        self,
        database: Database,
        view: View,
        query: str,
        variables: dict[str, Any] | None = None,
        name: str | None = None,
    ) -> Any:
        """What both answer, which is the same."""
        said = [
            await self.said(executor, Context(database, view), query, variables, name)
            for executor in (self.core, self.compiled)
        ]
        assert said[0] == said[1], f"{query}\n{variables}"
        return said[1]

    async def said(
        self, executor: Executor, context: Context, query: str, variables: dict[str, Any] | None, name: str | None
    ) -> Said:
        try:
            operation = executor.prepare(query, name)
        except DocumentRefused as refused:
            raise AssertionError(f"{query}\n{refused.errors}") from refused
        result = await executor.execute(operation, variables, context)
        return Said(dumps(result.data), errors_of(result))


def errors_of(result: ExecutionResult) -> list[Any]:
    """The errors, by path: what is said, where in the document, and by whom."""
    found: list[Any] = []
    for error in result.errors or ():
        cause: Any = error
        while getattr(cause, "original_error", None) is not None:
            cause = cause.original_error
        code = cause.code if isinstance(cause, RequestError) else type(cause).__name__
        found.append(
            (error.path or [], [(place.line, place.column) for place in error.locations or ()], str(cause), code)
        )
    return sorted(found, key=repr)


def loaded(said: Said) -> Any:
    """The data as an object."""
    return orjson.loads(said.data)

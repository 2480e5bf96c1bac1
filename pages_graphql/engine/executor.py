"""The executor: compiled where it can be, graphql-core where not; always one of the two for a whole operation."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from graphql import ExecutionResult
from strawberry import Schema

from pages_graphql.api.context import Context
from pages_graphql.api.execution import LONGEST_KEPT, MOST_KEPT, GraphQLCoreExecutor, Operation, core_schema
from pages_graphql.api.ftv1 import Trace
from pages_graphql.api.protection import QueryLimits
from pages_graphql.core.errors import RequestError
from pages_graphql.core.view import Part
from pages_graphql.engine.fragments import Fragments
from pages_graphql.engine.limits import MOST_VARIANTS, Unknown, Unsure
from pages_graphql.engine.parts import parts_shown
from pages_graphql.engine.plan import Plan, compile_plan
from pages_graphql.engine.run import run
from pages_graphql.engine.selection import conditions_of
from pages_graphql.engine.variables import Given, variables_function

COMPILED = ""
"""Why graphql-core ran an operation that ran as compiled: it did not."""

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Prepared(Operation):
    """A query with its plans: one for each choice that its @skip and @include leave, or why there is none."""

    variables: Callable[[Given], dict[str, Any]]
    conditions: tuple[str, ...]
    plans: dict[tuple[bool, ...], Plan | str] = field(default_factory=dict[tuple[bool, ...], "Plan | str"])


@dataclass(frozen=True)
class Write(Operation):
    """A mutation, with the parts of pages that it shows: graphql-core runs it, and what it shows is loaded without the others."""

    reads: frozenset[Part]


class CompiledExecutor:
    """Executes queries as Python functions, made once for each; what it does not know runs on graphql-core."""

    def __init__(
        self, schema: Schema, limits: QueryLimits | None = None, count: Callable[[str], None] = lambda _: None
    ) -> None:
        """Know no operation yet; `count` hears of each execution why graphql-core did it; nothing where it did not."""
        self._schema = schema
        self._core = GraphQLCoreExecutor(schema, limits)
        self._count = count
        self._fragments = Fragments()
        self._operations: OrderedDict[tuple[str, str | None], Operation] = OrderedDict()

    def prepare(self, query: str, operation_name: str | None) -> Operation:
        """The operation of a document; DocumentRefused where it has none that can be executed."""
        same = query, operation_name
        operation = self._operations.get(same)
        if operation is not None:
            self._operations.move_to_end(same)
            return operation
        operation = self.prepared(self._core.prepare(query, operation_name))
        if len(query) <= LONGEST_KEPT:
            self._operations[same] = operation
        if len(self._operations) > MOST_KEPT:
            _ = self._operations.popitem(last=False)
        return operation

    def prepared(self, operation: Operation) -> Operation:
        """A valid operation, ready to be compiled when it is executed."""
        if operation.kind == "mutation":
            return Write(operation.document, operation.node, parts_shown(core_schema(self._schema), operation.document))
        if operation.kind != "query":
            return operation
        variables = variables_function(core_schema(self._schema), operation.node.variable_definitions or ())
        conditions = conditions_of(operation.document, operation.node)
        return Prepared(operation.document, operation.node, variables, conditions)

    async def execute(
        self, operation: Operation, variables: dict[str, Any] | None, context: object, trace: Trace | None = None
    ) -> ExecutionResult:
        """What the operation answers; a trace measures fields, which only graphql-core goes through one by one."""
        if trace is not None:
            self._count("traced")
            return await self._core.execute(operation, variables, context, trace)
        failure: Exception
        try:
            data = await self._run(operation, variables or {}, context)
        except Exception as error:  # noqa: BLE001 -- whatever it is, graphql-core says it as it always did
            failure = error
        else:
            self._count(COMPILED)
            return ExecutionResult(data, None)
        self._count(_reason(failure))
        result = await self._core.execute(operation, variables, context)
        if not result.errors and not isinstance(failure, Unknown):
            _log.warning("only compiled execution failed", operation=operation.name, exc_info=failure)
        return result

    async def _run(self, operation: Operation, given: Given, context: object) -> dict[str, Any]:
        if isinstance(operation, Write) and isinstance(context, Context):
            context.reads = operation.reads
        if not isinstance(operation, Prepared):
            raise Unknown(operation.kind)
        if not isinstance(context, Context):
            raise Unknown("context")
        variables = operation.variables(given)
        plan = self._plan(operation, tuple(variables.get(name) for name in operation.conditions))
        return await run(plan, context, variables, given)

    def _plan(self, operation: Prepared, choice: tuple[Any, ...]) -> Plan:
        plan = operation.plans.get(choice)
        if plan is None:
            if not all(isinstance(value, bool) for value in choice):
                raise Unsure
            if len(operation.plans) >= MOST_VARIANTS:
                raise Unknown("variants")
            plan = operation.plans[choice] = self._compiled(operation, choice)
        if isinstance(plan, str):
            raise Unknown(plan)
        return plan

    def _compiled(self, operation: Prepared, choice: tuple[bool, ...]) -> Plan | str:
        included = dict(zip(operation.conditions, choice, strict=True))
        try:
            return compile_plan(self._schema, operation.document, operation.node, included, self._fragments)
        except Unknown as unknown:
            return unknown.reason
        except Exception:  # noqa: BLE001 -- graphql-core can
            _log.exception("an operation could not be compiled", operation=operation.name)
            return "failed"


def _reason(failure: Exception) -> str:
    match failure:
        case Unknown():
            return failure.reason
        case Unsure():
            return "unsure"
        case RequestError():
            return "refused"
        case _:
            return "failed"

"""Documents become operations, operations become answers."""

from collections import OrderedDict
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    execute,  # pyright: ignore[reportUnknownVariableType]
    get_operation_ast,
    parse,
    specified_rules,
)
from strawberry import Schema
from strawberry.schema.schema import validate_document

from pages_graphql.api.errors import DocumentRefused
from pages_graphql.api.ftv1 import Trace
from pages_graphql.api.protection import QueryLimits, too_large

MOST_KEPT = 500
"""How many documents are kept."""

LONGEST_KEPT = 20_000
"""How many characters a document that is kept has at most."""

TOO_DEEP = "The document nests too deeply."


@dataclass(frozen=True)
class Operation:
    """An operation that can be executed."""

    document: DocumentNode
    node: OperationDefinitionNode

    @property
    def name(self) -> str | None:
        """Its name in the document."""
        return self.node.name.value if self.node.name else None

    @property
    def kind(self) -> str:
        """What it is: query, mutation or subscription."""
        return self.node.operation.value


class Executor(Protocol):
    """Whatever executes operations."""

    def prepare(self, query: str, operation_name: str | None) -> Operation:
        """The operation of a document; DocumentRefused where it has none that can be executed."""
        ...

    async def execute(
        self, operation: Operation, variables: dict[str, Any] | None, context: object, trace: Trace | None = None
    ) -> ExecutionResult:
        """What the operation answers; a trace measures its fields."""
        ...


class GraphQLCoreExecutor:
    """Executes with graphql-core; documents that were asked before are neither parsed nor validated again."""

    def __init__(self, schema: Schema, limits: QueryLimits | None = None) -> None:
        """Know no document yet."""
        self._strawberry = schema
        self._schema = core_schema(schema)
        self._limits = limits or QueryLimits()
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()

    def prepare(self, query: str, operation_name: str | None) -> Operation:
        """The operation of a document; DocumentRefused where it has none that can be executed."""
        document = self._documents.get(query)
        if document is None:
            document = self._valid(query)
        self._keep(query, document)
        node = get_operation_ast(document, operation_name)
        if node is None:
            message = "The document has no such operation." if operation_name else "Say which operation is meant."
            raise DocumentRefused("OPERATION_RESOLUTION_FAILURE", [GraphQLError(message)])
        return Operation(document, node)

    async def execute(
        self, operation: Operation, variables: dict[str, Any] | None, context: object, trace: Trace | None = None
    ) -> ExecutionResult:
        """What the operation answers; a trace measures its fields."""
        try:
            result = execute(
                self._schema,
                operation.document,
                context_value=context,
                variable_values=variables,
                operation_name=operation.name,
                middleware=[trace] if trace else None,
                executor_class=self._strawberry.execution_context_class,  # pyright: ignore[reportUnknownMemberType]
            )
            return await result if isawaitable(result) else result
        except RecursionError:
            return ExecutionResult(None, [GraphQLError("The variables nest too deeply.")])

    def _valid(self, query: str) -> DocumentNode:
        try:
            document = parse(query, max_tokens=self._limits.tokens)
            if errors := list(too_large(document, self._limits)):
                raise DocumentRefused("GRAPHQL_VALIDATION_FAILED", errors)
            if errors := validate_document(self._schema, document, specified_rules):
                raise DocumentRefused("GRAPHQL_VALIDATION_FAILED", errors)
        except GraphQLSyntaxError as error:
            raise DocumentRefused("GRAPHQL_PARSE_FAILED", [error]) from None
        except RecursionError:
            raise DocumentRefused("GRAPHQL_PARSE_FAILED", [GraphQLError(TOO_DEEP)]) from None
        return document

    def _keep(self, query: str, document: DocumentNode) -> None:
        if len(query) <= LONGEST_KEPT:
            self._documents[query] = document
            self._documents.move_to_end(query)
        if len(self._documents) > MOST_KEPT:
            _ = self._documents.popitem(last=False)


def core_schema(schema: Schema) -> GraphQLSchema:
    """The schema as graphql-core knows it; Strawberry has no public name for it."""
    return schema._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

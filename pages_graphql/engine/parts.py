"""What a document may show, found without compiling it."""

from typing import Any

from graphql import DocumentNode, FieldNode, GraphQLSchema, TypeInfo, TypeInfoVisitor, Visitor, visit

from pages_graphql.api.fields import KindField
from pages_graphql.core.view import Part
from pages_graphql.engine.values import STRAWBERRY


def parts_shown(schema: GraphQLSchema, document: DocumentNode) -> frozenset[Part]:
    """The parts of pages that the fields of a document need, whatever its conditions and fragments leave out."""
    info, parts = TypeInfo(schema), set[Part]()

    class Fields(Visitor):
        def enter_field(self, _: FieldNode, *__: Any) -> None:
            definition = info.get_field_def()
            field = definition and definition.extensions.get(STRAWBERRY)
            if isinstance(field, KindField):  # as all below the roots are
                parts.update(field.kind.reads)

    _ = visit(document, TypeInfoVisitor(info, Fields()))
    return frozenset(parts)

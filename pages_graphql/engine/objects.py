"""How a source becomes an object of the answer: a function for each type and selection, made from the fields' kinds."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import cast

from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type

from pages_graphql.api.fields import KindField
from pages_graphql.api.kinds import Column, Derived, Key, Load, Relation
from pages_graphql.core.view import Part
from pages_graphql.engine.arguments import Arguments
from pages_graphql.engine.fragments import Fragments
from pages_graphql.engine.limits import LEFT_TO_CORE, Unknown, Unsure
from pages_graphql.engine.selection import Selections, Sets, sets_of
from pages_graphql.engine.text import Text
from pages_graphql.engine.values import STRAWBERRY, Values
from pages_graphql.engine.wrapping import declared, is_non_null


@dataclass(frozen=True)
class Relating:
    """A selected relation: what loads it, its arguments' number, and the function that finishes what was loaded."""

    batch: Load
    arguments: int | None
    finish: str
    response: str


@dataclass
class Body:
    """The statements of one object's function: `s` its source, `d` its part of the document."""

    lines: list[str] = field(default_factory=list[str])
    places: dict[str, str] = field(default_factory=dict[str, str])
    after: list[str] = field(default_factory=list[str])

    def once(self, name: str, expression: str) -> str:
        """A name for an expression that several fields may need."""
        if expression not in self.places:
            self.places[expression] = name
            self.lines.append(f"{name} = {expression}")
        return self.places[expression]


class Of(IntEnum):
    """What a part of an answer depends on."""

    DOCUMENT = 0
    """The document and the locale alone."""
    SOURCE = 1
    """The source alone: its row, its document, its View and its locale."""
    REQUEST = 2
    """Also what is loaded, or what variables say."""


class Objects:
    """Writes the functions of object types; the same type and selection twice is one function."""

    def __init__(
        self, text: Text, schema: GraphQLSchema, selections: Selections, arguments: Arguments, fragments: Fragments
    ) -> None:
        """Start with nothing written."""
        self.relations: list[Relating] = []
        self.reads: frozenset[Part] = frozenset()
        """The parts of their sources that all selected fields need."""
        self.values = Values(text, schema, self.function)
        self._text = text
        self._selections = selections
        self._arguments = arguments
        self._fragments = fragments
        self._known: dict[tuple[str, tuple[int, ...]], tuple[str, Of]] = {}
        self._of = min(Of)
        """What all that was written of the object in hand depends on."""
        self._is_part = False
        """Whether what is being written is a part of a document."""

    def function(self, type_: GraphQLObjectType, sets: Sets) -> str:
        """The name of the function that makes the object."""
        same = type_.name, tuple(map(id, sets))
        if same not in self._known:
            before, self._of = self._of, min(Of)
            name = self._written(type_, sets)
            if self._of is not Of.REQUEST and not self._is_part:
                name = self._kept(name)
            self._known[same] = name, self._of
            self._of = before
        name, of = self._known[same]
        self._of = max(self._of, of)
        return name

    def _kept(self, function: str) -> str:
        """A function that does the same, but for a source that is kept only once; lists of them call nothing more."""
        kept, touch = self._text.bind("kept", self._fragments.kept), self._text.bind("touch", self._fragments.touch)
        keep = self._text.bind("keep", self._fragments.keep)
        lines = [
            f"if not s.number or d is not s.document: return {function}(s, d, A, P)",
            f"same = s.number, '', {self._fragments.number()}",
            f"k = {kept}(same)",
            f"if k is None: return {keep}(same, {function}(s, d, A, P))",
            f"{touch}(same)",
            "return k[0]",
        ]
        return self._text.define("kept", "s, d, A, P", lines)

    def _written(self, type_: GraphQLObjectType, sets: Sets) -> str:
        body = Body()
        entries = [
            f"{response!r}: {self._entry(type_, response, nodes, body)}"
            for response, nodes in self._selections.fields(type_, sets).items()
        ]
        made = "{" + ", ".join(entries) + "}"
        lines = [*body.lines, f"return {made}"]
        if body.after:
            lines = [*body.lines, f"r = {made}", *body.after, "return r"]
        return self._text.define("object", "s, d, A, P", lines)

    def _entry(self, type_: GraphQLObjectType, response: str, nodes: list[FieldNode], body: Body) -> str:
        node = nodes[0]
        if node.name.value == "__typename":
            return repr(type_.name)
        definition = type_.fields[node.name.value]
        known = kind_field(type_, definition)
        self.reads |= known.kind.reads
        if isinstance(known.kind, Relation):
            self._of = Of.REQUEST
            self._relate(known, definition, response, nodes, body)
            return "None"
        number = self._arguments.number(definition, node)
        x, is_part, before = self._text.name("x"), self._is_part, self._of
        self._is_part, self._of = True, self._depends(known.kind, number)
        made = self.values.complete(declared(definition), x, sets_of(nodes), known)
        of = self._of
        self._is_part, self._of = is_part, max(before, of)
        if is_part or of is not Of.DOCUMENT or is_leaf_type(get_named_type(declared(definition))):
            body.lines.append(f"{x} = {self._read(known.kind, body, number)}")
            return made
        alone = Body()
        alone.lines.append(f"{x} = {self._read(known.kind, alone, number)}")
        part = self._text.define("part", "s, d, A, P", [*alone.lines, f"return {made}"])
        return f"{self._text.bind('fragment', self._fragments.of)}({self._fragments.number()}, {part}, s, d, A, P)"

    def _depends(self, kind: Column | Key | Derived, arguments: int | None) -> "Of":
        if not self._arguments.are_constant(arguments):
            return Of.REQUEST
        return Of.DOCUMENT if kind.is_of_document else Of.SOURCE

    def _read(self, kind: Column | Key | Derived, body: Body, arguments: int | None) -> str:
        if isinstance(kind, Column):
            return f"{body.once('row', 's.row')}.{_identifier(kind.name)}"
        if isinstance(kind, Key):
            return self._place(kind, body)
        narrowed = body.once("t", "s if s.document is d else s.at(d)")
        given = "" if arguments is None else f", **A[{arguments}]"
        return f"{self._text.bind('derive', kind.function)}({narrowed}{given})"

    def _place(self, kind: Key, body: Body) -> str:
        part = "d"
        for step in kind.path.split(".") if kind.path else ():
            name = "s.locale" if step == "*" else repr(step)
            part = body.once(self._text.name("p"), f"None if {part} is None else {part}.get({name})")
        return part

    def _relate(
        self, known: KindField, definition: GraphQLField, response: str, nodes: list[FieldNode], body: Body
    ) -> None:
        """Leave a place in the answer, and ask for what belongs there."""
        kind = cast(Relation, known.kind)
        lines = [] if kind.then is Relation.then else [f"x = {self._text.bind('then', kind.then)}(x)"]
        is_part, self._is_part = self._is_part, False
        lines.append(f"return {self.values.complete(declared(definition), 'x', sets_of(nodes), known)}")
        self._is_part = is_part
        finish = self._text.define("finish", "s, x, A, P", lines)
        number = self._arguments.number(definition, nodes[0])
        self.relations.append(Relating(kind.batch, number, finish, response))
        k = self._text.name("k")
        body.after.append(f"{k} = {self._read(kind.by, body, None)}")
        body.after.append(f"if {k} is not None: P[{len(self.relations) - 1}].append((r, {k}, s))")
        if is_non_null(declared(definition)):
            body.after.append(f"else: raise {self._text.bind('Unsure', Unsure)}")


def kind_field(type_: GraphQLObjectType, definition: GraphQLField) -> KindField:
    """The field that says its kind; Unknown where nobody can compile it."""
    found = definition.extensions.get(STRAWBERRY)
    if isinstance(found, KindField) and not found.extensions:
        return found
    name = f"{type_.name}.{found.name if found else '?'}"
    raise Unknown("left" if name in LEFT_TO_CORE else "field")


def _identifier(name: str) -> str:
    if not name.isidentifier():
        raise Unknown("field")
    return name

"""Fields that say where their value comes from: `column`, `key`, `derived`, `relation`."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar, Generic, Self, TypeVar, cast, get_args, get_origin

import strawberry
from strawberry.types.base import StrawberryContainer
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver
from strawberry.types.lazy_type import LazyType
from strawberry.types.union import StrawberryUnion

from pages_graphql.api.context import Info
from pages_graphql.api.kinds import Column, Derived, Key, Kind, Load, Reference, Relation
from pages_graphql.api.view import permitted
from pages_graphql.core.errors import wrong_argument
from pages_graphql.core.view import Source

Row = TypeVar("Row")


@dataclass
class Shown(Generic[Row]):
    """An object of the graph: a source, and nothing else."""

    references: ClassVar[Mapping[str, Reference]] = {}
    """How a gateway names one, by the fields of the key."""

    resource: ClassVar[str] = "pages"
    """Whose permissions open its drafts."""

    source: strawberry.Private[Source[Row]]

    @classmethod
    def pick(cls, source: Source[Any]) -> type[Self]:
        """The type that shows the source; an interface chooses among its own."""
        return cls

    @classmethod
    def reference(cls, given: Mapping[str, Any]) -> Reference:
        """How a representation with these fields is found."""
        for fields, reference in cls.references.items():
            if given.keys() >= _names(fields):
                return reference
        raise wrong_argument(f"A representation of {cls.__name__} needs one of: {', '.join(cls.references)}.")

    @classmethod
    async def resolve_reference(cls, info: Info, given: Mapping[str, Any]) -> Self | None:
        """Answer the gateway: fifty references cost one statement."""
        reference = cls.reference(given)
        view = permitted(info.context.view, cls.resource)
        source = await info.context.load(reference.batch, view, reference.key(given))
        return source and cls(source)


@cache
def _names(fields: str) -> frozenset[str]:
    return frozenset(fields.split())


class KindField(StrawberryField):
    """A field that knows its kind; made by the four helpers below."""

    @property
    def kind(self) -> Kind:
        """Where the value comes from."""
        return self.metadata["kind"]

    @property
    def is_basic_field(self) -> bool:
        """Whether the value needs no Info: then Strawberry makes none."""
        return super().is_basic_field and not self.arguments and not isinstance(self.kind, Relation)

    def get_result(self, source: Shown[Any], info: Info | None, args: object, kwargs: Mapping[str, Any]) -> object:
        """The value for graphql-core."""
        if isinstance(self.kind, Relation):
            return self._load(self.kind, source.source, cast(Info, info), kwargs)
        return self.show(source.source, self.kind.value(source.source, **kwargs))

    async def _load(self, kind: Relation, source: Source[Any], info: Info, arguments: Mapping[str, Any]) -> object:
        key = kind.by.value(source)
        if key is None:
            return None
        return self.show(source, kind.then(await info.context.load(kind.batch, source.view, key, **arguments)))

    def show(self, source: Source[Any], value: object) -> object:
        """The value as an object of the field's type, where that is one."""
        if value is None or self.picks is None or isinstance(value, Shown):
            return cast(object, value)
        if isinstance(value, (list, tuple)):
            return [self.show(source, item) for item in cast(Sequence[object], value)]
        part = cast(Source[Any], value) if isinstance(value, Source) else source.at(value)
        return self.picks(part)(part)

    @cached_property
    def picks(self) -> Callable[[Source[Any]], type[Shown[Any]]] | None:
        """What chooses the type that shows a value; None for scalars. A union chooses by the row."""
        if self.target is not None:
            return self.target.pick
        inner = self._inner
        if not isinstance(inner, StrawberryUnion):
            return None
        members = [cast(type[Shown[Any]], _resolved(member)) for member in inner.types]
        by_row = {row_type(member): member for member in members}
        return lambda source: by_row[type(source.row)]

    @cached_property
    def target(self) -> type[Shown[Any]] | None:
        """The object or interface type under lists and nulls; None for scalars and unions."""
        inner = self._inner
        return cast(type[Shown[Any]], inner) if isinstance(inner, type) and issubclass(inner, Shown) else None

    @cached_property
    def _inner(self) -> object:
        inner: object = self.type
        while isinstance(inner, StrawberryContainer):
            inner = inner.of_type
        return _resolved(inner)


def _resolved(type_: object) -> object:
    return cast(object, type_.resolve_type()) if isinstance(type_, LazyType) else type_


def row_type(type_: type[Shown[Any]]) -> object:
    """The type of row that an object type shows."""
    bases = (base for class_ in type_.__mro__ for base in getattr(class_, "__orig_bases__", ()))
    return next(get_args(base)[0] for base in bases if get_origin(base) is Shown)


def _field(
    kind: Kind, description: str, function: Callable[..., object] | None = None, skip: int = 0, **arguments: str
) -> Any:
    field = KindField(description=description or None, metadata={"kind": kind})
    field.init = field.repr = field.compare = False
    if function:
        field.arguments = StrawberryResolver(function).arguments[skip:]
        for argument in field.arguments:
            argument.default = strawberry.UNSET if argument.default is None else argument.default
            argument.description = arguments[argument.python_name]
    return field


def named(name: str, field: Any) -> Any:
    """The same field under another name in the graph, where Python has that name for itself."""
    field.graphql_name = name
    return field


def column(name: str, description: str) -> Any:
    """An attribute of the row."""
    return _field(Column(name), description)


def key(path: str, description: str) -> Any:
    """A place in the document."""
    return _field(Key(path), description)


def derived(function: Callable[..., object], description: str, **arguments: str) -> Any:
    """A pure function of the source; its further parameters are the field's `arguments`, described."""
    return _field(Derived(function), description, function, 1, **arguments)


def relation(
    batch: Load,
    by: str | Callable[[Any], Hashable | None],
    description: str,
    then: Callable[[Any], object] | None = None,
    /,
    **arguments: str,
) -> Any:
    """Loaded by a column or a function of each source; further parameters of `batch` are `arguments`, described.

    Fields that show different sides of one thing share its batch: `then` makes of it what the field shows.
    """
    key = Column(by) if isinstance(by, str) else Derived(by)
    kind = Relation(batch, key, then) if then else Relation(batch, key)
    return _field(kind, description, batch, 2, **arguments)

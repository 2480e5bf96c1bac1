"""JSON Schemas that tenants give (draft 2020-12): which are taken, and what is wrong with a value by one."""

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias, cast
from urllib.parse import unquote, urlsplit

import orjson
from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from pydantic_core import SchemaError, SchemaValidator, core_schema
from referencing import Registry

from pages_graphql.core.errors import Invalid, Problem
from pages_graphql.core.text import canonical_json
from pages_graphql.core.urls import safe_url

DRAFT = "https://json-schema.org/draft/2020-12/schema"
"""The draft that schemas are written in."""

MAX_BYTES = 64 * 1024
"""How long the text of a schema may be."""

MAX_DEPTH = 24
"""How deep the lists and objects of a schema may nest."""

MAX_PATTERN = 200
"""How many characters a pattern may have."""

MAX_STEPS = 50_000
"""How many times the keywords of a schema are asked of one value before it counts as too much."""

MAX_REFERENCES = 50
"""How often references may be followed inside one another: so deep may a tree be that a schema describes."""

MAX_FAULTS = 20
"""How many faults of one value are told."""

_MESSAGE = 200
_UNKNOWN = frozenset({"$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$schema", "$vocabulary"}) | frozenset(
    {"patternProperties", "unevaluatedItems", "unevaluatedProperties"}
)
_ONE = ("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("$defs", "definitions", "dependentSchemas", "properties")

Json: TypeAlias = Mapping[str, Any]
_Faults: TypeAlias = Iterator[ValidationError]
_Keyword: TypeAlias = Callable[[Any, Any, Any, Json], "_Faults | None"]

_steps: ContextVar[int] = ContextVar("steps")
_references: ContextVar[int] = ContextVar("references", default=0)


class JsonSchema:
    """A schema that was taken, ready to check values."""

    def __init__(self, text: str) -> None:
        """Take the text of a schema in which `refusals` found nothing."""
        self.document: Json = orjson.loads(text)
        self._validator: Any = _Validator(self.document, registry=_NO_OTHERS, format_checker=_FORMATS)

    def faults(self, value: object) -> list[Problem]:
        """What is wrong with a value, each at its place; one that costs too much to check is wrong as a whole."""
        before = _steps.set(MAX_STEPS)
        try:
            found: _Faults = self._validator.iter_errors(value)
            return [_problem(fault) for fault in islice(found, MAX_FAULTS)]
        except _TooMuch:
            return [Invalid("This is too much to check by its schema.")]
        finally:
            _steps.reset(before)


def refusals(text: str) -> list[Problem]:
    """All that keeps a text from being taken as a schema, each at its place."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return [Invalid(f"A schema has at most {MAX_BYTES} bytes.")]
    try:
        schema: object = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        return [Invalid(f"This is no JSON: {error}.")]
    if not isinstance(schema, dict):
        return [Invalid("A schema is an object.")]
    document = cast(Json, schema)
    if _depth(document) > MAX_DEPTH:
        return [Invalid(f"A schema nests at most {MAX_DEPTH} deep.")]
    wrong: _Faults = cast(Any, _META).iter_errors(document)
    return [_problem(fault) for fault in islice(wrong, MAX_FAULTS)] or list(_unsafe(document))


def _unsafe(document: Json) -> Iterator[Problem]:
    """What is a schema, and still not taken: other drafts, references that leave it, patterns that cannot be run."""
    if document.get("$schema", DRAFT).rstrip("#") != DRAFT:
        yield Invalid(f"A schema is written in the draft {DRAFT}.", "$schema")
    parts = dict(_parts(document))
    for path, part in parts.items():
        for name in part.keys() & (_UNKNOWN if path else _UNKNOWN - {"$id", "$schema"}):
            yield Invalid(f"The keyword “{name}” is not taken.", *path, name)
        if "$ref" in part and not _is_inside(part["$ref"], parts.keys()):
            yield Invalid("A reference is “#” or “#/…” and names a schema in this one.", *path, "$ref")
        if "pattern" in part and _regex(part["pattern"]) is None:
            message = f"A pattern has at most {MAX_PATTERN} characters, no look-around and no back-references."
            yield Invalid(message, *path, "pattern")


def _parts(schema: Json, *path: str) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Every schema in a schema, itself first, by its place."""
    yield path, schema
    inner: list[tuple[tuple[str, ...], object]] = [((name,), schema[name]) for name in _ONE if name in schema]
    inner += [((name, str(n)), part) for name in _LISTS for n, part in enumerate(schema.get(name, ()))]
    inner += [((name, key), part) for name in _NAMED for key, part in schema.get(name, {}).items()]
    for place, part in inner:
        if isinstance(part, dict):
            yield from _parts(cast(Json, part), *path, *place)


def _is_inside(reference: str, places: Any) -> bool:
    pointer = unquote(reference[1:])
    if reference[:1] != "#" or pointer[:1] not in ("", "/"):
        return False
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]) in places


def _depth(document: object) -> int:
    deepest = 0
    waiting: list[tuple[object, int]] = [(document, 1)]
    while waiting:
        part, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(part, (dict, list)):
            inner = cast("dict[str, object]", part).values() if isinstance(part, dict) else cast("list[object]", part)
            waiting += [(child, depth + 1) for child in inner]
    return deepest


@lru_cache(maxsize=128)
def _regex(pattern: str) -> SchemaValidator | None:
    """The pattern for the engine of pydantic, which takes linear time for any; None where it cannot have it."""
    if len(pattern) > MAX_PATTERN:
        return None
    try:
        return SchemaValidator(core_schema.str_schema(pattern=pattern))
    except SchemaError:
        return None


def _problem(fault: ValidationError) -> Problem:
    message = fault.message if len(fault.message) <= _MESSAGE else f"{fault.message[:_MESSAGE]}…"
    return Invalid(message if message.endswith(".") else f"{message}.", *fault.absolute_path)


class _TooMuch(Exception):
    """The value costs more steps than there are."""


def _counted(keyword: _Keyword) -> _Keyword:
    def counted(validator: Any, wanted: Any, value: Any, schema: Json) -> _Faults | None:
        left = _steps.get()
        if left == 0:
            raise _TooMuch
        _ = _steps.set(left - 1)
        return keyword(validator, wanted, value, schema)

    return counted


def _reference(validator: Any, wanted: str, value: Any, schema: Json) -> _Faults:
    """Follow a reference; a schema that leads back to itself is followed only so far, long before the stack ends."""
    depth = _references.get()
    if depth >= MAX_REFERENCES:
        raise _TooMuch
    before = _references.set(depth + 1)
    try:
        yield from _FOLLOW(validator, wanted, value, schema) or ()
    finally:
        _references.reset(before)


def _pattern(_: Any, wanted: str, value: Any, __: Json) -> _Faults:
    regex = _regex(wanted)
    if isinstance(value, str) and regex and not regex.isinstance_python(value):
        yield ValidationError(f"This does not match the pattern {wanted}")


def _required(_: Any, wanted: list[str], value: Any, __: Json) -> _Faults:
    if isinstance(value, dict):
        yield from (ValidationError("Field required", path=(name,)) for name in wanted if name not in value)


def _additional(validator: Any, wanted: object, value: Any, schema: Json) -> _Faults:
    more = value.keys() - schema.get("properties", {}).keys() if isinstance(value, dict) else ()
    for name in sorted(more):
        if wanted is False:
            yield ValidationError("There is no such field", path=(name,))
        else:
            yield from validator.descend(value[name], wanted, path=name)


def _unique(_: Any, wanted: bool, value: Any, __: Json) -> _Faults:  # noqa: FBT001 -- called by position
    if wanted and isinstance(value, list):
        items = cast("list[object]", value)
        if len({canonical_json(item) for item in items}) < len(items):
            yield ValidationError("The items are not all different")


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or (safe_url(value) and urlsplit(value).scheme != "")


def _is_uri_reference(value: object) -> bool:
    return not isinstance(value, str) or safe_url(value)


_FOLLOW = cast("dict[str, _Keyword]", Draft202012Validator.VALIDATORS)["$ref"]
_OWN: dict[str, _Keyword] = {
    "$ref": _reference,
    "additionalProperties": _additional,
    "pattern": _pattern,
    "required": _required,
    "uniqueItems": _unique,
}
_KEYWORDS = {**cast("dict[str, _Keyword]", Draft202012Validator.VALIDATORS), **_OWN}
_Validator = cast(Any, validators).extend(
    Draft202012Validator, {name: _counted(keyword) for name, keyword in _KEYWORDS.items()}
)
_NO_OTHERS = cast(Any, Registry)()
_META = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_FORMATS = FormatChecker(formats=("date", "email", "uuid"))
_FORMATS.checkers |= {
    **dict.fromkeys(("uri", "iri"), (_is_uri, ())),
    **dict.fromkeys(("uri-reference", "iri-reference"), (_is_uri_reference, ())),
}

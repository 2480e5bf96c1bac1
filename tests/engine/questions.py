"""Questions that the schema allows, made from a number: the same for the same number."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from tests.engine.rich import WRONG

DEPTH = 5
FIELDS = 40
WRONGLY = 0.02
"""How often a value is wrong."""


@dataclass
class Question:
    """A query with its variables, in the making."""

    schema: GraphQLSchema
    values: dict[str, list[Any]]
    random: Random
    budget: int = FIELDS
    names: int = 0
    declared: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)

    def chance(self, likely: float) -> bool:
        return self.random.random() < likely

    def name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def text(self) -> str:
        """The document; the variables are in `given`."""
        selected = self.selection(self.schema.query_type, DEPTH)
        declared = f" ({', '.join(self.declared)})" if self.declared else ""
        return "\n".join([f"query Q{declared} {selected}", *self.fragments])

    def selection(self, type_: Any, depth: int) -> str:
        parts = ["__typename"] if is_abstract_type(type_) and self.chance(0.5) else []
        parts += [
            self.one(type_, depth) for _ in range(self.random.randint(1, 6 if depth > 1 else 4)) if self.budget > 0
        ]
        parts = [part for part in parts if part] or ["__typename"]
        return "{ " + " ".join(parts) + " }"

    def one(self, type_: Any, depth: int) -> str:
        """A field or a fragment."""
        if is_abstract_type(type_) and (not hasattr(type_, "fields") or self.chance(0.6)):
            return self.fragment(self.random.choice(self.schema.get_possible_types(type_)), depth)
        if self.chance(0.12):
            on = self.random.choice([type_, *getattr(type_, "interfaces", ())])
            return self.fragment(on, depth)
        leaves, objects = [], []
        for name, known in getattr(type_, "fields", {}).items():
            (leaves if is_leaf_type(get_named_type(known.type)) else objects).append((name, known))
        found = objects if depth > 1 and objects and (depth == DEPTH or self.chance(0.4)) else leaves
        name, known = self.random.choice(found or leaves or [("", None)])
        return self.field(name, known, depth) if known and name != "_service" else ""

    def fragment(self, on: Any, depth: int) -> str:
        selected = self.selection(on, depth)
        if self.chance(0.5):
            return f"... on {on.name}{self.condition()} {selected}"
        name = self.name("F")
        self.fragments.append(f"fragment {name} on {on.name} {selected}")
        twice = f" ...{name}" if self.chance(0.2) else ""
        return f"...{name}{self.condition()}{twice}"

    def field(self, name: str, known: GraphQLField, depth: int) -> str:
        self.budget -= 1
        arguments = self.arguments(known)
        alias = f"{self.name('a')}: " if arguments or self.chance(0.1) else ""
        inner = get_named_type(known.type)
        selected = "" if is_leaf_type(inner) else f" {self.selection(inner, depth - 1)}"
        return f"{alias}{name}{arguments}{self.condition()}{selected}"

    def condition(self) -> str:
        if not self.chance(0.08):
            return ""
        value = "true" if self.chance(0.5) else "false"
        if self.chance(0.7) and len(self.declared) < 8:
            name = self.name("if")
            self.declared.append(f"${name}: Boolean! = {value}")
            if self.chance(0.6):
                self.given[name] = self.chance(0.5)
            value = f"${name}"
        return f" @{'include' if self.chance(0.6) else 'skip'}(if: {value})"

    def arguments(self, known: GraphQLField) -> str:
        given = [
            f"{name}: {self.argument(name, argument)}"
            for name, argument in known.args.items()
            if is_non_null_type(argument.type) or self.chance(0.2 if name in self.values else WRONGLY)
        ]
        return f"({', '.join(given)})" if given else ""

    def argument(self, name: str, argument: GraphQLArgument) -> str:
        value = self.value(name, argument.type, 2)
        if self.chance(0.5):
            return self.literal(argument.type, value)
        variable = self.name("v")
        type_ = argument.type
        default = ""
        if not is_non_null_type(type_) and self.chance(0.3):
            default = f" = {self.literal(type_, value)}"
        self.declared.append(f"${variable}: {type_}{default}")
        if is_non_null_type(type_) or self.chance(0.8):
            self.given[variable] = value if self.chance(1 - WRONGLY) else {"wrong": True}
        return f"${variable}"

    def value(self, name: str, type_: Any, depth: int) -> Any:
        """A value for an argument or a field of an input."""
        nullable = get_nullable_type(type_)
        if name == "representations":
            return [self.representation() for _ in range(self.random.randint(0, 5))]
        wrong = self.chance(WRONGLY) or name not in self.values
        values = WRONG.get(name) if wrong else None
        known = [value for value in values or self.values.get(name, ()) if value is not None or nullable is type_]
        if known and (is_list_type(nullable) == isinstance(known[0], list)):
            return self.random.choice(known)
        if is_list_type(nullable):
            return [self.value(name, nullable.of_type, depth - 1) for _ in range(self.random.randint(0, 2))]
        if isinstance(nullable, GraphQLEnumType):
            return self.random.choice(list(nullable.values))
        if isinstance(nullable, GraphQLInputObjectType):
            return {
                key: self.value(key, one.type, depth - 1)
                for key, one in nullable.fields.items()
                if is_non_null_type(one.type) or (depth > 0 and self.chance(0.3))
            }
        plain = {"Int": 1, "Boolean": self.chance(0.5), "DateTime": "2026-01-01T00:00:00Z"}
        return plain.get(nullable.name, "something")

    def representation(self) -> dict[str, Any]:
        if self.chance(WRONGLY):
            return {"__typename": "Nothing"}
        type_ = self.random.choice(["Page", "Page", "Menu"])
        if type_ == "Page" and self.chance(0.3):
            address = {"path": self.random.choice(self.values["path"]), "locale": self.random.choice(["en", "de"])}
            return {"__typename": "Page", **address}
        return {"__typename": type_, "id": self.random.choice(self.values["id"])}

    def literal(self, type_: Any, value: Any) -> str:
        """A value as a document writes it."""
        nullable = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if value is None:
            return "null"
        if is_list_type(nullable):
            return "[" + ", ".join(self.literal(nullable.of_type, one) for one in value) + "]"
        if isinstance(nullable, GraphQLEnumType):
            return value
        if isinstance(nullable, GraphQLInputObjectType):
            inner = (f"{key}: {self.literal(nullable.fields[key].type, one)}" for key, one in value.items())
            return "{" + ", ".join(inner) + "}"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {json.dumps(one)}" for key, one in value.items()) + "}"
        return json.dumps(value, ensure_ascii=False)

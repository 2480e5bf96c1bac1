"""docs/reference/blocks.md says of the types of block what the code does."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from pages_graphql.core import json_schema
from pages_graphql.core.limits import Limits
from pages_graphql.pages import block_data
from pages_graphql.pages.block_data import DATA
from pages_graphql.pages.content import Body, Image, Link
from pages_graphql.tenants.block_types import MAX_TYPES

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "blocks.md").read_text()
PARTS: dict[str, type[BaseModel]] = {
    "text": Body,
    "picture": Image,
    "link": Link,
    "feature": block_data.Feature,
    "testimonial": block_data.Testimonial,
    "plan": block_data.Plan,
    "question": block_data.Question,
}


def table(heading: str) -> dict[str, dict[str, tuple[str, bool]]]:
    """A table of the reference: for each type its parts, with their kind and whether they are required."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    name = ""
    for row in re.findall(r"^\| (.*?) ?\| `(\w+)` \| (.+?) \| ?(yes )?\|$", section, re.MULTILINE):
        name = row[0].strip("`") or name
        found.setdefault(name, {})[row[1]] = (row[2], bool(row[3]))
    return found


def said(heading: str) -> dict[str, dict[str, bool]]:
    return {name: {part: needed for part, (_, needed) in parts.items()} for name, parts in table(heading).items()}


def known(models: Any) -> dict[str, dict[str, bool]]:
    return {
        name: {field.alias: field.is_required() for field in model.model_fields.values()}
        for name, model in models.items()
    }


def test_every_type_is_listed_with_its_parts() -> None:
    assert said("The fifteen") == known(DATA)


def test_what_types_are_made_of_is_listed_with_its_parts() -> None:
    assert said("What they are made of") == known(PARTS)


def kind(schema: dict[str, Any]) -> str:
    """How the reference says what a part is, as far as its schema tells."""
    part = next((one for one in schema.get("anyOf", ()) if one != {"type": "null"}), schema)
    if part.get("type") == "array":
        return f"list of {kind(part['items'])}"
    of = next((name for name, model in PARTS.items() if part.get("$ref") == f"#/$defs/{model.__name__}"), None)
    return of or {1_000: "line", 10_000: "prose"}.get(part.get("maxLength", 0), "")


@pytest.mark.parametrize(("heading", "models"), [("The fifteen", DATA), ("What they are made of", PARTS)])
def test_the_kind_of_each_part_is_the_models(heading: str, models: dict[str, type[BaseModel]]) -> None:
    for name, parts in table(heading).items():
        schemas = models[name].model_json_schema()["properties"]
        assert {part: said[: len(kind(schemas[part]))] for part, (said, _) in parts.items()} == {
            part: kind(schema) for part, schema in schemas.items()
        }


def test_the_limits_are_those_of_the_code() -> None:
    for number in (
        json_schema.MAX_PATTERN,
        json_schema.MAX_STEPS,
        json_schema.MAX_FAULTS,
        json_schema.MAX_DEPTH,
        MAX_TYPES,
    ):
        assert re.search(rf"\b{number:,}\b", TEXT), number
    assert json_schema.MAX_BYTES == Limits.max_block_bytes == 64 * 1024


def test_the_example_of_the_command_is_one() -> None:
    assert "\npages-graphql tenant block-type add recipe recipe.json --tenant demo\n" in TEXT

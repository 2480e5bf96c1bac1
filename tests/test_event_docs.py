"""docs/reference/events.md says of the events what the code does."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from pages_graphql.core.events import MOST_PATHS, Event, PathChange
from pages_graphql.storage.outbox import TYPE_PREFIX, Outbox
from tests.test_every_mutation_tells import CASES

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "reference" / "events.md").read_text()
EXAMPLES: dict[str, dict[str, Any]] = {
    name: json.loads(example)
    for name, example in re.findall(r"^### (\S+)\n\n.*?```json\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL)
}
PREFIXES = {"page_event": "page.", "menu_event": "menu.", "Event": ""}


def recorded() -> Iterator[str]:
    """The names of all events that the source makes."""
    for path in (ROOT / "pages_graphql").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PREFIXES:
                name = node.args[0]
                if path.name != "events.py":  # where names are put together
                    assert isinstance(name, ast.Constant), f"{path}:{node.lineno}"
                    yield f"{PREFIXES[node.func.id]}{name.value}"


def table(heading: str) -> list[list[str]]:
    """The cells of the first table after a line of text."""
    lines = TEXT.partition(heading)[2].partition("\n| ")[2].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_each_event_of_the_code_is_described_and_no_other() -> None:
    headings = re.findall(r"^### (\S+)$", TEXT, re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert set(headings) == set(recorded()) == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_a_whole_event(name: str) -> None:
    example = EXAMPLES[name]
    data = example["data"]
    paths = [PathChange(UUID(path["id"]), path["locale"], path["before"], path["after"]) for path in data["paths"]]
    facts = (data["version"], data["revision"], data["locales"], paths)
    event = Event(name, UUID(example["subject"]), *facts)
    assert example["type"] == TYPE_PREFIX + name
    assert data == orjson.loads(orjson.dumps(event.data()))
    assert list(data) == list(event.data())
    assert (data["revision"] is None) is (event.kind == "redirect")
    assert bool(data["paths"]) is (name == "page.moved")


def test_the_attributes_are_those_of_the_outbox() -> None:
    rows = table("\n## What an event is\n")
    attributes = {row[0].strip("`"): row[1].strip("`") for row in rows}
    assert {column for column in attributes.values() if column} == set(Outbox.model_fields)
    assert all(example.keys() == attributes.keys() for example in EXAMPLES.values())
    assert f"`{TYPE_PREFIX}`" in TEXT
    for constant in ("specversion", "source", "datacontenttype"):
        said = next(row[2] for row in rows if row[0] == f"`{constant}`")
        assert {f"`{example[constant]}`." for example in EXAMPLES.values()} == {said}


def test_the_facts_are_those_of_the_code() -> None:
    parts = [row[0].strip("`") for row in table("\nThe facts have the same names in every event:")]
    assert parts == list(Event("page.created", UUID(int=0), 1).data())
    assert f"more than {MOST_PATHS:,} paths" in TEXT


def test_the_platforms_facts_are_mapped_onto_ours() -> None:
    ours = {
        place for row in table("\n## From the platform's envelope\n") for place in re.findall(r"`([a-z._]+)`", row[1])
    }
    example = EXAMPLES["page.moved"]
    known = {*example, *(f"data.{part}" for part in example["data"])}
    assert ours - {TYPE_PREFIX, "page", "menu", "redirect"} <= known
    assert {"data.node_id", "data.kind"} <= ours


def test_which_mutation_tells_what_is_as_it_happens() -> None:
    said = {
        row[0].strip("`"): set(re.findall(r"`((?:page|menu|redirect)\.\w+)`", row[1]))
        for row in table("\n## Which write tells what\n")
    }
    happens: dict[str, set[str]] = {}
    for case in CASES:
        happens.setdefault(case.mutation, set()).update(case.told)
    assert said == happens

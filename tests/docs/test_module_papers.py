"""The module's papers say of it what the code does."""

import re
import tomllib

from graphql import ConstDirectiveNode, DirectiveNode, ObjectTypeDefinitionNode, StringValueNode, parse
from sqlmodel import SQLModel

from pages_graphql.core.access import Permission
from pages_graphql.importers.model import ImportSource
from pages_graphql.schema import schema
from pages_graphql.storage.outbox import TYPE_PREFIX, Outbox
from tests.docs.fences import ROOT
from tests.test_event_docs import recorded

MODULES = ROOT / "docs" / "modules"
REGISTRY = (MODULES / "registry.md").read_text()
GATES = (MODULES / "release-gates.md").read_text()
PLAN = (ROOT / "docs" / "implementation-plan.md").read_text()


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of a section's table: what stands first, and the words in code beside it."""
    section = REGISTRY.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][2:]
    return {first.strip("`"): re.findall(r"`([^`]+)`", " ".join(rest)) for first, *rest in cells}


def fact(name: str) -> str:
    """What the first table says of something."""
    [said] = re.findall(rf"^\| {name} \| `(.+)` \|$", REGISTRY, re.MULTILINE)
    return said


def keys() -> dict[str, list[ConstDirectiveNode]]:
    """The keys of each entity in the schema."""
    found = {
        node.name.value: [used for used in node.directives or () if used.name.value == "key"]
        for node in parse((ROOT / "schema.graphql").read_text()).definitions
        if isinstance(node, ObjectTypeDefinitionNode)
    }
    return {name: used for name, used in found.items() if used}


def fields(key: DirectiveNode) -> str:
    """The fields of a key."""
    [value] = [given.value for given in key.arguments or () if given.name.value == "fields"]
    assert isinstance(value, StringValueNode)
    return value.value


def test_the_registry_has_the_modules_name_and_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (fact("Package"), fact("Version")) == (project["name"], project["version"])
    assert f"{fact('Source of its events')}." == TYPE_PREFIX
    assert fact("Source of its events").endswith(fact("Slug"))


def test_the_registry_has_every_permission() -> None:
    assert list(rows("Permissions")) == [permission.value for permission in Permission]


def test_the_registry_has_what_others_may_refer_to_and_what_is_only_referred_to() -> None:
    ours = {name: used for name, used in keys().items() if all(len(key.arguments or ()) == 1 for key in used)}
    assert rows("Provides") == {name: [fields(key) for key in used] for name, used in ours.items()}
    assert set(rows("Depends on")) == set(keys()) - set(ours)


def test_the_registry_has_every_event() -> None:
    assert {name for names in rows("Events").values() for name in names} == set(recorded())


def test_the_registry_has_every_table() -> None:
    first = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", REGISTRY.partition("\n## What it stores\n")[2], re.MULTILINE)
    assert all((schema, ImportSource, Outbox))  # imported, they fill the metadata
    assert {name for cell in first for name in re.findall(r"`(\w+)`", cell)} == set(SQLModel.metadata.tables)


def test_the_gates_name_commands_that_make_has() -> None:
    targets = set(re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make (\w+)`", GATES + PLAN))
    assert named
    assert named <= targets
    covered = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]["report"]["fail_under"]
    assert f"{covered} %" in " ".join(GATES.split())


def test_the_plan_says_what_it_is_the_first_to_change_with() -> None:
    said = PLAN.partition("**This is the first file to change**")[2].partition("\n\n## ")[0]
    assert re.findall(r"^- \*\*(\w+)\*\*", said, re.MULTILINE) == [
        "architecture",
        "contract",
        "tenancy",
        "routing",
        "observability",
    ]
    assert re.findall(r"^## Phase (\d)", PLAN, re.MULTILINE) == ["0", "1", "2", "3"]

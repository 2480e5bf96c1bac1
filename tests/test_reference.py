"""What docs/reference says of codes and names is what the code has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from graphql import GraphQLInterfaceType

from pages_graphql.schema import schema

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pages_graphql"
REFERENCE = ROOT / "docs" / "reference"

CODE = re.compile(r"[A-Z]{3,}(_[A-Z]+)+")
NO_CODES = {"RENDERER_VERSION"}
"""Texts in capitals that are no code."""

CORE = schema._schema


def written(node: ast.AST) -> Iterator[str]:
    """The codes that a part of the code writes: texts in capitals outside enums, and what `NotFound` makes of a name."""
    if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and "Enum" in base.id for base in node.bases):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        yield node.value
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("NotFound"):
        what = node.args[0]
        assert isinstance(what, ast.Constant)
        yield f"{str(what.value).upper().replace(' ', '_')}_NOT_FOUND"
    for part in ast.iter_child_nodes(node):
        yield from written(part)


def tables(name: str) -> list[str]:
    """What stands first in the rows of a page's tables."""
    return re.findall(r"^\| `(\w+)`", (REFERENCE / name).read_text(), re.MULTILINE)


def test_every_code_is_in_the_reference_and_no_other() -> None:
    codes = {code for path in PACKAGE.rglob("*.py") for code in written(ast.parse(path.read_text()))} - NO_CODES
    codes |= {"UNAUTHENTICATED", "PAGE_VERSION_CONFLICT", "MENU_VERSION_CONFLICT"}  # made of parts
    text = (REFERENCE / "errors.md").read_text()
    assert len(codes) > 40
    assert codes == {name for name in re.findall(r"`([A-Z_]+)`", text) if CODE.fullmatch(name)} | {"UNAUTHENTICATED"}
    listed = [name for name in tables("errors.md") if name.isupper()]
    assert sorted(listed) == sorted(codes - {"LOCALE_NOT_FOUND"})


def test_every_problem_is_in_the_reference_with_its_fields() -> None:
    interface = CORE.type_map["ContentProblem"]
    assert isinstance(interface, GraphQLInterfaceType)
    types = {type_.name: type_ for type_ in CORE.get_possible_types(interface)}
    text = (REFERENCE / "errors.md").read_text()
    rows = re.findall(r"^\| `(Content\w+)` \|.*\|(.*)\|$", text, re.MULTILINE)
    assert {name: set(re.findall(r"`(\w+)`", beside)) for name, beside in rows} == {
        name: set(type_.fields) - set(interface.fields) for name, type_ in types.items()
    }


def test_every_name_in_the_graph_is_claimed_in_the_reference() -> None:
    text = (REFERENCE / "names.md").read_text()
    begin = tuple(re.findall(r"^\| `(\w+)…`", text, re.MULTILINE))
    assert begin == ("Page", "Menu", "Path", "Content")
    owned = set(re.findall(r"`(\w+)`", text))
    ours = [name for name in CORE.type_map if "_" not in name and not name.startswith(begin)]
    names = [name for name in ours if not name.endswith("Input")]
    assert set(names) - owned == {"Query", "Mutation", "ID", "String", "Int", "Boolean"}


def test_every_root_field_is_claimed_in_the_reference() -> None:
    text = (REFERENCE / "names.md").read_text()
    section = text.partition("## Root fields")[2].partition("Mutations")[0]
    query, mutation = CORE.query_type, CORE.mutation_type
    assert query
    assert mutation
    assert set(re.findall(r"`(\w+)`", section)) == {name for name in query.fields if not name.startswith("_")}
    assert [name for name in mutation.fields if not re.search("Page|Menu|Path", name)] == []


def test_every_input_is_named_after_its_mutation_or_its_thing() -> None:
    mutation = CORE.mutation_type
    assert mutation
    own = {f"{name[0].upper()}{name[1:]}Input" for name in mutation.fields}
    inputs = {name for name in CORE.type_map if name.endswith("Input")}
    assert own <= inputs
    assert [name for name in inputs - own if not name.startswith(("Page", "Menu", "Content"))] == []

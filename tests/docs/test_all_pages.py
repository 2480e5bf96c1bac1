"""What all pages of the docs name is there: headings, settings, commands, fields of the graph."""

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from graphql import OperationDefinitionNode, parse, validate

from pages_graphql.cli import app
from pages_graphql.schema import schema
from pages_graphql.settings import Settings
from tests.docs.fences import PAGES, ROOT, Fence, fences

OTHERS_SETTINGS = {"PAGES_TEST_DEPTH", "PAGES_DATABASE_PASSWORD"}
"""What tests and compose.yaml read beside the settings."""

BLOCKS = [fence for page in PAGES for fence in fences(page)]
COMMAND = re.compile(r"pages-graphql((?: +\"[^\"]*\"| +[^\s\"|&;<>)#`]+)*)")
CLI = typer.main.get_command(app)


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """How links name the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_to_a_heading_leads_to_one() -> None:
    links = [
        (page, (page.parent / file).resolve() if file else page, anchor)
        for page in PAGES
        for file, anchor in re.findall(r"\]\((?!\w+:)([^)#]*)#([^)]+)\)", prose(page))
    ]
    assert links
    assert [f"{page.name}: #{anchor}" for page, target, anchor in links if anchor not in anchors(target)] == []


def test_every_setting_that_is_named_exists() -> None:
    known = {f"PAGES_{name.upper()}" for name in Settings.model_fields} | OTHERS_SETTINGS
    named = {(page.name, name) for page in PAGES for name in re.findall(r"PAGES_[A-Z_]+[A-Z]", page.read_text())}
    assert {(page, name) for page, name in named if name not in known} == set()


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each command in a block, with its words."""
    for fence in BLOCKS:
        if fence.language in {"sh", ""}:
            for line in fence.text.replace("\\\n", " ").splitlines():
                for words in COMMAND.findall(line.partition(" #")[0]):
                    yield fence.place, shlex.split(words)


def test_every_command_in_a_block_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = list(commands())
    assert len(found) > 30
    for place, words in found:
        for file in (word for word in words if re.fullmatch(r"[\w-]+(\.\w+)+", word)):
            (tmp_path / file).touch()
        try:
            parsed(words)
        except Exception as error:
            error.add_note(f"{place}: {shlex.join(words)}")
            raise


def parsed(words: list[str]) -> None:
    """Fail where the words are no command with what it takes."""
    command, name = CLI, "pages-graphql"
    while hasattr(command, "commands"):
        [name, *words] = words
        command = command.commands[name]  # pyright: ignore[reportAttributeAccessIssue]
    _ = command.make_context(name, words)


@pytest.mark.parametrize("words", ["serve --fast", "tenant create", "tenant locale swap shop", "import bundle a b"])
def test_what_is_no_command_is_found(words: str) -> None:
    with pytest.raises(Exception, match=r"."):
        parsed(words.split())


def test_every_command_that_the_text_names_is_one() -> None:
    named = [(page, words) for page in PAGES for words in re.findall(r"`pages-graphql ([a-z][a-z -]*)", prose(page))]
    assert named
    for page, words in named:
        command = CLI
        for word in words.split():
            if hasattr(command, "commands"):
                assert word in command.commands, f"{page.name}: {words}"  # pyright: ignore[reportAttributeAccessIssue]
                command = command.commands[word]  # pyright: ignore[reportAttributeAccessIssue]


def of(*languages: str) -> list[Fence]:
    """The blocks in one of these languages."""
    return [fence for fence in BLOCKS if fence.language in languages]


def test_every_operation_fits_the_schema() -> None:
    faults: list[str] = []
    for fence in of("graphql"):
        document = parse(fence.text)
        if any(isinstance(node, OperationDefinitionNode) for node in document.definitions):
            faults += [f"{fence.place}: {error.message}" for error in validate(schema._schema, document)]
    assert faults == []


def test_every_block_is_well_formed() -> None:
    for fence in of("json"):
        assert json.loads(fence.text), fence.place
    for fence in of("python"):
        _ = compile(fence.text, fence.place, "exec")
    for fence in of("sh"):
        checked = subprocess.run(["/bin/sh", "-n"], input=fence.text, text=True, capture_output=True, check=False)
        assert checked.returncode == 0, f"{fence.place}: {checked.stderr}"


def test_every_block_says_its_language() -> None:
    known = {"sh", "text", "graphql", "json", "jsonl", "python", "sql", "js", "html", "yaml", "toml", "diff", ""}
    assert {fence.language for fence in BLOCKS} <= known


def test_every_file_that_the_text_names_is_there() -> None:
    names = re.compile(r"`((?:pages_graphql|tests|docs|migrations|requirements|benchmarks)/[\w/.-]+)`")
    named = [(page.name, name) for page in PAGES for name in names.findall(prose(page))]
    assert [(page, name) for page, name in named if not (ROOT / name).exists()] == []

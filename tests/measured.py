"""Commands in processes of their own, with what they took."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
KIB_A_MIB = 1_024

# A process asks for its own peak: what the operating system says of a child at its end counts its parent's memory, too.
_RUN = """
import sys
from pathlib import Path
from time import process_time
from pages_graphql.cli import app

try:
    app()
finally:
    (peak,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(peak.split()[1], process_time(), file=sys.stderr)
"""


@dataclass(frozen=True)
class Measured:
    """What a command said, its peak of resident memory, how long it ran, and how long a processor worked for it."""

    said: str
    peak_mib: float
    seconds: float
    cpu_seconds: float


def measured(*command: str, database_url: str) -> Measured:
    """Run a command of pages-graphql, which must succeed, on Linux."""
    started = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *command],
        cwd=ROOT,
        env={**os.environ, "PAGES_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    peak, cpu = map(float, done.stderr.split()[-2:])
    return Measured(done.stdout, peak / KIB_A_MIB, perf_counter() - started, cpu)

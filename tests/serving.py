"""The service as a process of its own, as `pages-graphql serve` starts it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO_LINES = 7
"""What the demo prints when it is ready: two addresses, and a token for each of five roles."""


@contextmanager
def serving(*arguments: str, folder: Path | None = None, **settings: str) -> Iterator[tuple[str, list[str]]]:
    """The address of the service's GraphQL, and the lines that it printed when it was ready."""
    env = {**os.environ, "PAGES_PORT": "0", **{f"PAGES_{name.upper()}": value for name, value in settings.items()}}
    process = subprocess.Popen(
        [sys.executable, "-m", "pages_graphql", "serve", *arguments],
        env={**env, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline().strip()]
        while arguments and len(lines) < DEMO_LINES:
            lines.append(process.stdout.readline().strip())
        yield lines[0].removeprefix("GraphiQL: "), lines
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert "Traceback" not in errors
    finally:
        process.kill()
        process.communicate()

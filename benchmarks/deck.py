"""Requests as bytes, ready to be sent in turn, in a file that both load generators read."""

from collections.abc import Iterable
from pathlib import Path

STAMP = "~~~~~~~~~~~~"
"""Where a request has this, the load generator writes something else each time."""


def write(file: Path, requests: Iterable[bytes]) -> None:
    """Put requests into a file, each after a line with its length."""
    _ = file.write_bytes(b"".join(b"%d\n%s" % (len(request), request) for request in requests))


def read(file: Path) -> list[bytes]:
    """The requests of a file."""
    requests: list[bytes] = []
    with file.open("rb") as lines:
        while length := lines.readline():
            requests.append(lines.read(int(length)))
    return requests

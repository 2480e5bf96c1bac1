"""A service for the browser to look at."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.serving import serving


@dataclass(frozen=True)
class Served:
    """A running service with the demo tenant, and the tokens that it printed, by role."""

    url: str
    tokens: dict[str, str]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo, as `make serve` serves it."""
    with serving("--demo", folder=tmp_path_factory.mktemp("served")) as (url, lines):
        address = url.removesuffix("/graphql").replace("localhost", "127.0.0.1")  # without a network there are no names
        yield Served(address, dict(line.split(": ", 1) for line in lines[2:]))

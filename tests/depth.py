"""How deep the tests dig: PAGES_TEST_DEPTH is test (`make test`), check (`make check`) or deep (`make deep`).

The same tests take larger numbers.
"""

import os

import pytest
from hypothesis import settings

DEPTH = os.environ.get("PAGES_TEST_DEPTH", "test")

# What gates a change draws the same examples every time, so that it fails for the change alone; `make deep` looks for more.
settings.register_profile("test", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("check", max_examples=200, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=5_000, deadline=None)
settings.load_profile(DEPTH)


THOUSANDFOLD = pytest.mark.thousandfold
"""On what does the same very often: coverage makes it four times as slow, and shows nothing that others do not cover."""


def times(test: int, deep: int, *, check: int | None = None) -> int:
    """The number for this run; `check` takes that of `test` where it has none of its own."""
    return {"test": test, "check": test if check is None else check, "deep": deep}[DEPTH]

"""How deep the tests dig: `make deep` sets PAGES_TEST_DEPTH=deep, and the same tests take larger numbers.

A pytest plugin: `pytest_plugins = ["tests.depth"]` in conftest.py.
"""

import os

from hypothesis import settings

DEEP = os.environ.get("PAGES_TEST_DEPTH", "check") == "deep"

settings.register_profile("check", max_examples=50, deadline=None)
settings.register_profile("deep", max_examples=5_000, deadline=None)
settings.load_profile("deep" if DEEP else "check")


def times(check: int, deep: int) -> int:
    """The number for this run."""
    return deep if DEEP else check

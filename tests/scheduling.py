"""Which worker runs what: all that needs Node runs on one, so that gateways and services are started once.

A pytest plugin: `pytest_plugins = ["tests.scheduling"]` in conftest.py.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling


class _OneForNode(LoadScopeScheduling):
    """Hands out tests one by one, and those that need Node together, first of all."""

    def _split_scope(self, nodeid: str) -> str:
        return "node" if nodeid.startswith("tests/node/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """What hands out the tests of a run on several workers."""
    return _OneForNode(config, log)

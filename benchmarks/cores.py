"""Cores for the services, and others for those who ask, so that neither takes the other's time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Shares(NamedTuple):
    """Who runs where; nobody is bound where a core each is not to be had."""

    services: frozenset[int]
    others: frozenset[int]

    @property
    def are_apart(self) -> bool:
        """Whether the services have cores of their own."""
        return self.services != self.others


def shares(services: int) -> Shares:
    """The first cores for so many services, and the rest for the others."""
    if not hasattr(os, "sched_getaffinity"):
        return Shares(frozenset(), frozenset())
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) <= services:
        return Shares(frozenset(cores), frozenset(cores))
    return Shares(frozenset(cores[:services]), frozenset(cores[services:]))


@contextmanager
def pinned(cores: frozenset[int]) -> Iterator[None]:
    """Whatever is started here runs on these cores, from its first moment on."""
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)

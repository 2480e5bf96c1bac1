"""Every mutation of the model, and a try of one."""

from collections.abc import Sequence
from typing import Any

from tests.model import acts, menu_acts
from tests.model.attempt import Act, Refused
from tests.model.site import Site

ACTS = {**acts.ACTS, **menu_acts.ACTS}


def tried(site: Site, mutation: str, actor: str, given: dict[str, Any], new: Sequence[str]) -> tuple[Site, set[str]]:
    """The site after a mutation, and the codes of what stood in its way."""
    trial = site.copy()
    try:
        ACTS[mutation](Act(trial, actor, iter(new)), given)
    except Refused as refused:
        return site, refused.codes
    return trial, set()

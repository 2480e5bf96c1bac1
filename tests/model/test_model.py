"""The service does what the model does, whatever happens."""

from asyncio import Runner
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from pages_graphql.core.limits import Limits
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from tests.conftest import ENGINES
from tests.depth import THOUSANDFOLD, times
from tests.model.attempt import PATH_BYTES, TREE_DEPTH
from tests.model.menu_attempt import MENU_DEPTH, MENU_ITEMS
from tests.model.story import Story

pytestmark = THOUSANDFOLD

STEPS = 40
LIMITS = Limits(
    max_path_bytes=PATH_BYTES, max_tree_depth=TREE_DEPTH, max_menu_items=MENU_ITEMS, max_menu_depth=MENU_DEPTH
)
SETTINGS = settings(
    report_multiple_bugs=False,
    stateful_step_count=STEPS,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    deadline=None,
)


@pytest.fixture(params=ENGINES)
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[type[Story]]:
    """Stories told in an empty database of each kind, on a loop of their own."""
    url = f"sqlite+aiosqlite:///{tmp_path}/pages.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").create(f"model_{tmp_path.parent.name.replace('-', '_')}")
    with Runner() as runner:
        runner.run(migrations.upgrade(url))
        database = Database(url, limits=LIMITS)
        yield type("Story", (Story,), {"database": database, "runner": runner})
        runner.run(database.close())


@pytest.mark.timeout(0)
def test_the_service_and_the_model_agree_after_every_step(story: type[Story]) -> None:
    wanted = times(1_000, 20_000, check=4_000)
    while story.steps < wanted:  # a story may end early
        stories = -(-(wanted - story.steps) // STEPS)
        run_state_machine_as_test(story, settings=settings(SETTINGS, max_examples=stories))

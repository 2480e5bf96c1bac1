"""Both executors give the same answer to whatever can be asked."""

from collections import Counter
from random import Random
from typing import Any

from pages_graphql.api.execution import core_schema
from pages_graphql.core.view import View
from pages_graphql.schema import schema
from tests.depth import THOUSANDFOLD, times
from tests.engine.both import Both
from tests.engine.conftest import Rich
from tests.engine.questions import Question
from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, MANAGER, World

pytestmark = THOUSANDFOLD

ACTORS = [ANONYMOUS, CUSTOMER, AUTHOR, MANAGER, ADMIN, ADMIN, ADMIN, ADMIN]
ENOUGH = 250
"""How many bytes an answer has that says something."""


def some_view(world: World, random: Random) -> View:
    """Anybody, looking in any way that he may."""
    actor = random.choice(ACTORS)
    stage = random.choice(["LIVE", "DRAFT"]) if actor in (AUTHOR, MANAGER, ADMIN) else "LIVE"
    return world.view(actor, random.choice(["en", "de", "ru", "fr"]), random.choice([None, "web", "app"]), stage)


async def test_any_question_gets_the_same_answer_from_both(rich: Rich) -> None:
    world, values = rich
    both, ended, long, number = Both(), Counter[str](), 0, times(200, 5_000, check=1_000)
    for seed in range(number):
        random = Random(seed)
        question = Question(core_schema(schema), values, random)
        query = question.text()
        said: Any = await both.same(world.database, some_view(world, random), query, question.given)
        ended.update(["errors" if said.errors else "data"])
        long += len(said.data) > ENOUGH
    assert set(both.counted) <= {"", "unsure", "refused"}
    assert both.counted[""] == ended["data"] > number * 3 / 4
    assert long > number / 3

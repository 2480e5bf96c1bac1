"""Objects that are wanted as JSON, whole."""

from typing import Any
from uuid import UUID

import pytest

from pages_graphql.api.json import dumps, loads
from pages_graphql.core.whole import Whole
from tests.world import World

PLAIN: list[dict[str, Any]] = [{}, {"a": [1, None, {"b": "é\u2028</script>"}]}, {"": 1.5, "z": True, "a": -1}]


@pytest.mark.parametrize("plain", PLAIN)
def test_its_text_is_what_would_have_been_written_anyway(plain: dict[str, Any]) -> None:
    assert dumps({"x": Whole(plain).text}) == dumps({"x": plain})


@pytest.mark.parametrize("plain", PLAIN)
def test_it_is_written_too_beside_what_orjson_refuses(plain: dict[str, Any]) -> None:
    id = UUID(int=1)
    written = loads(dumps({"x": Whole(plain).text, "id": id, "lone": "\ud800"}))
    assert written == {"x": plain, "id": str(id), "lone": "\ud800"}


async def test_what_is_kept_of_a_block_is_what_readers_get_each_time(world: World) -> None:
    html = {"type": "html", "data": {"html": "<p onclick='x()'>one<script>two</script></p>"}}
    page = await world.page(blocks=[html], metadata={"b": 1, "a": [2]})
    query = "query ($id: ID!) { page(id: $id) { metadata blocks { data } } }"
    answers = [await world.ask(query, id=page) for _ in range(2)]
    assert answers == [{"page": {"metadata": {"a": [2], "b": 1}, "blocks": [{"data": {"html": "<p>one</p>"}}]}}] * 2

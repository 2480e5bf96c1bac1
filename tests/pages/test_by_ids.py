"""Pages by their ids: shown as before while they are the same, and as they are when anything of them changed."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from pages_graphql.api.context import Context
from pages_graphql.core.view import View
from pages_graphql.pages.repository.by_ids import by_ids
from pages_graphql.pages.repository.rows import PageSource
from tests.world import World, recorded

Change = Callable[[World, str, str], Awaitable[object]]


async def shown(world: World, id: str, view: View | None = None) -> PageSource | None:
    """The page, as a request that is served sees it."""
    context = Context(world.database, view or world.view())
    [source] = await context.batch(by_ids, context.view, [UUID(id)])
    return source


async def known(world: World, id: str) -> PageSource:
    """The page, after it was shown so often that it is kept with what tells its changes."""
    sources = [await shown(world, id) for _ in range(4)]
    assert sources[-1] is not None
    assert sources[-1] is sources[-2]
    return sources[-1]


async def _edit(world: World, id: str, _: str) -> None:
    assert (await world.do("updatePage", id=id, translations=[{"locale": "en", "title": "Other"}]))["problems"] == []
    assert (await world.do("publishPage", id=id))["problems"] == []


async def _rename_parent(world: World, _: str, parent: str) -> None:
    assert (await world.do("changePageSlug", id=parent, locale="en", slug="elsewhere"))["problems"] == []


@asynccontextmanager
async def by_hand(world: World, id: str, statement: str) -> AsyncGenerator[None]:
    """What no mutation does to this page alone, as a sibling's renumbering does; kept at the end."""
    async with world.database.engine.begin() as connection:
        given = {"id": UUID(id).hex if world.database.is_sqlite else UUID(id)}
        assert (await connection.execute(text(statement), given)).rowcount
        yield


async def _reposition(world: World, id: str, _: str) -> None:
    async with by_hand(world, id, "UPDATE page SET position = position + 1 WHERE id = :id"):
        pass


async def _annotate(world: World, id: str, _: str) -> None:
    async with by_hand(world, id, "UPDATE page_revision SET note = 'noted' WHERE page_id = :id"):
        pass


async def _unpublish(world: World, id: str, _: str) -> None:
    assert (await world.do("unpublishPage", id=id))["problems"] == []


async def _hide(world: World, id: str, _: str) -> None:
    assert (await world.do("updatePage", id=id, channels=["web"]))["problems"] == []


CHANGES = [_edit, _rename_parent, _reposition, _annotate, _unpublish, _hide]


@pytest.mark.parametrize("change", CHANGES)
async def test_what_was_shown_before_is_shown_as_it_is_now(world: World, change: Change) -> None:
    parent = await world.page("Parent")
    id, other = await world.page("Page", parentId=parent), await world.page("Other", parentId=parent)
    before, same = await known(world, id), await known(world, other)
    await change(world, id, parent)
    now = await shown(world, id)
    assert (now is None) == (change is _unpublish)
    assert now is None or now.row != before.row
    assert (await shown(world, other) is same) == (change is not _rename_parent)


async def test_a_page_that_is_hidden_from_a_channel_is_gone_there_and_comes_back(world: World) -> None:
    id, app = await world.page("Page"), world.view(channel="app")
    for _ in range(4):
        assert await shown(world, id, app)
    await _hide(world, id, "")
    assert [await shown(world, id, app) for _ in range(3)] == [None, None, None]
    assert (await world.do("updatePage", id=id, channels=[]))["problems"] == []
    assert await shown(world, id, app)


async def test_what_is_being_written_is_shown_once_it_is_kept(world: World) -> None:
    id = await world.page("Page")
    before = await known(world, id)
    async with by_hand(world, id, "UPDATE page SET position = position + 1 WHERE id = :id"):
        assert [await shown(world, id) for _ in range(3)] == [before] * 3
    assert (now := await shown(world, id))
    assert now.row.position == before.row.position + 1


async def test_postgresql_looks_at_no_page_while_nothing_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [UUID(await world.page(f"Page {n}")) for n in range(3)]
    direct, counts = world.database.direct, list[int]()
    rows = direct.rows

    async def counted(statement: Any, values: Mapping[str, object]) -> Any:
        found = await rows(statement, values)
        counts.append(len(found))
        return found

    monkeypatch.setattr(direct, "rows", counted)
    for _ in range(100):  # other tests may write meanwhile, into other databases
        context = Context(world.database, world.view())
        assert all(await context.batch(by_ids, context.view, ids))
    assert (1 in counts) != world.database.is_sqlite


async def test_what_is_forgotten_while_it_is_asked_for_is_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, direct = await world.page("Page"), world.database.direct
    before, rows = await known(world, id), direct.rows

    async def forgetting(statement: Any, values: Mapping[str, object]) -> Any:
        found = await rows(statement, values)
        world.database.revisions.sources.forget_all()
        return found

    monkeypatch.setattr(direct, "rows", forgetting)
    now = await shown(world, id)
    assert now is not None
    assert now is not before
    assert now.row == before.row


async def test_pages_that_did_not_change_cost_one_statement_of_marks(world: World) -> None:
    ids = [await world.page(f"Page {n}") for n in range(4)]
    for id in ids:
        _ = await known(world, id)
    with recorded(world.database, world.statements):
        context = Context(world.database, world.view())
        sources = await context.batch(by_ids, context.view, [*map(UUID, ids)])
    assert [source and str(source.row.id) for source in sources] == ids
    [statement] = world.statements
    assert ("content" in statement) == world.database.is_sqlite

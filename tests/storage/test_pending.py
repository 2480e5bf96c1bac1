"""Changes that wait: nobody sees the database without them, and what is taken back is never sent."""

from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from pages_graphql.core.events import Event
from pages_graphql.core.view import ContentStage
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository import texts
from pages_graphql.pages.repository.writing import locked
from pages_graphql.pages.service.common import new_page
from pages_graphql.routes import repository as routes
from pages_graphql.storage.outbox import Outbox
from pages_graphql.storage.work import Work
from tests.world import ADMIN, World, recorded


async def template_of(world: World, id: UUID) -> str:
    async with world.database.connect() as connection:
        return (await connection.execute(select(Page.template).where(col(Page.id) == id))).scalar_one()


async def told(work: Work, id: UUID) -> int:
    return len((await work.session.exec(select(Outbox).where(col(Outbox.subject) == id))).all())


async def page_of(work: Work, id: UUID) -> Page:
    return (await locked(work, [id]))[id]


@pytest.fixture
async def page(world: World) -> UUID:
    return UUID(await world.page("Page"))


async def test_a_row_that_was_read_is_written_as_it_became(world: World, page: UUID) -> None:
    with recorded(world.database, world.statements):
        async with world.database.begin(world.tenant, ADMIN) as work:
            found = await page_of(work, page)
            found.template = "wide"
            found.position, found.position = 5, found.position
    assert await template_of(world, page) == "wide"
    (update,) = (statement for statement in world.statements if statement.startswith("UPDATE"))
    assert update.count("=") == 3  # the template, and two columns of the key


async def test_a_row_that_is_as_it_was_is_not_written(world: World, page: UUID) -> None:
    with recorded(world.database, world.statements):
        async with world.database.begin(world.tenant, ADMIN) as work:
            found = await page_of(work, page)
            found.template = str(found.template)
    assert not any(statement.startswith("UPDATE") for statement in world.statements)


async def test_who_asks_gets_what_waits_and_the_same_row_is_the_same_object(world: World, page: UUID) -> None:
    async with world.database.begin(world.tenant, ADMIN) as work:
        found = await page_of(work, page)
        found.template = "wide"
        assert await page_of(work, page) is found
        assert found.template == "wide"
        assert (await work.session.exec(select(Page.template).where(col(Page.id) == page))).one() == "wide"


async def test_who_asks_the_session_gets_what_waits(world: World, page: UUID) -> None:
    async with world.database.begin(world.tenant, ADMIN) as work:
        before = await told(work, page)
        found = await page_of(work, page)
        work.record(found, Event("page.updated", page, 1))
        assert await told(work, page) == before + 1


async def test_a_savepoint_that_is_taken_back_takes_back_what_waited_in_it_alone(world: World, page: UUID) -> None:
    async def fail(work: Work, found: Page) -> None:
        async with work.savepoint():
            again = await page_of(work, page)
            again.template = "lost"
            work.record(found, Event("page.updated", page, 1))
            raise LookupError

    async with world.database.begin(world.tenant, ADMIN) as work:
        found = await page_of(work, page)
        found.template = "wide"
        before = await told(work, page)
        with pytest.raises(LookupError):
            await fail(work, found)
        assert (await told(work, page), found.template) == (before, "wide")
        found.position += 1
    assert await template_of(world, page) == "wide"


async def test_a_work_that_fails_leaves_nothing(world: World, page: UUID) -> None:
    async def fail() -> None:
        async with world.database.begin(world.tenant, ADMIN) as work:
            (await page_of(work, page)).template = "lost"
            await texts.forget(work, ContentStage.DRAFT, [page])
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await template_of(world, page) == "default"


async def test_what_a_constraint_says_of_what_waited_is_said_as_the_session_says_it(world: World, page: UUID) -> None:
    async with world.database.begin(world.tenant, ADMIN) as work:
        with pytest.raises(IntegrityError):
            async with work.savepoint():
                work.pending.add(new_page(work, None, 1, template="default", channels="[]", id=page))
        assert (await page_of(work, page)).id == page  # and the work goes on


async def test_the_same_question_may_wait_twice(world: World, page: UUID) -> None:
    async with world.database.begin(world.tenant, ADMIN) as work:
        for _ in range(2):
            await routes.lock(work)
        assert (await page_of(work, page)).id == page

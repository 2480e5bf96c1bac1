"""What the world is told of pages: facts, never content."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from pages_graphql.storage.outbox import Outbox
from tests.world import AUTHOR, World


def fact(page: str, version: int, revision: int, locales: list[str], paths: Any = (), **more: Any) -> dict[str, Any]:
    """The data of an event of a page."""
    return {
        "node_id": page,
        "kind": "page",
        "version": version,
        "revision": revision,
        "locales": locales,
        "paths": [{"id": id_, "locale": locale, "before": old, "after": new} for id_, locale, old, new in paths],
        "chunk": "1 of 1",
        **more,
    }


async def test_a_life_of_a_page_is_told_in_order(world: World) -> None:
    texts = [{"locale": "ru", "title": "Tree"}, {"locale": "de", "title": "Baum"}]
    page = await world.page(translations=texts, publish=False)
    told = [("page.created", fact(page, 1, 1, ["de", "ru"]))]
    assert in_order(await world.outbox()) == told

    await world.do("updatePage", id=page, translations=[{"locale": "de", "slug": "bäume"}])
    told += [("page.updated", fact(page, 2, 2, ["de", "ru"]))]
    assert in_order(await world.outbox()) == told

    await world.do("publishPage", id=page)
    came = [(page, "de", None, "/bäume"), (page, "ru", None, "/tree")]
    told += [("page.published", fact(page, 3, 2, ["de", "ru"])), ("page.moved", fact(page, 3, 2, [], came))]
    assert in_order(await world.outbox()) == told

    await world.do("updatePage", id=page, translations=[{"locale": "de", "slug": "baum"}], removeLocales=["ru"])
    await world.do("publishPage", id=page)
    moved = [(page, "de", "/bäume", "/baum"), (page, "ru", "/tree", None)]
    told += [("page.updated", fact(page, 4, 3, ["de"]))]
    told += [("page.published", fact(page, 5, 3, ["de"])), ("page.moved", fact(page, 5, 3, [], moved))]
    assert in_order(await world.outbox()) == told

    await world.do("unpublishPage", id=page)
    went = [(page, "de", "/baum", None)]
    told += [("page.unpublished", fact(page, 6, 3, ["de"])), ("page.moved", fact(page, 6, 3, [], went))]
    assert in_order(await world.outbox()) == told

    await world.do("publishPage", id=page)
    came = [(page, "de", None, "/baum")]
    told += [("page.published", fact(page, 7, 3, ["de"])), ("page.moved", fact(page, 7, 3, [], came))]
    assert in_order(await world.outbox()) == told


def in_order(told: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """The same, each with its paths sorted: their order is nobody's promise; the tags are told of elsewhere."""
    known = [{name: fact for name, fact in data.items() if name != "cache_tags"} for _, data in told]
    by_locale = [{**data, "paths": sorted(data["paths"], key=lambda path: path["locale"])} for data in known]
    return [(name, data) for (name, _), data in zip(told, by_locale, strict=True)]


async def test_what_moves_below_is_told_with_what_moved_it(world: World) -> None:
    top = await world.page("Top")
    child = await world.page("Child", parentId=top)
    leaf = await world.page("Leaf", parentId=child)
    draft = await world.page("Draft", parentId=top, publish=False)
    before = {page: await world.outbox(page) for page in (child, leaf, draft)}

    await world.do("updatePage", id=top, translations=[{"locale": "en", "slug": "new"}])
    await world.do("publishPage", id=top)

    name, data = (await world.outbox(top))[-1]
    assert name == "page.moved"
    assert {path["id"]: (path["before"], path["after"]) for path in data["paths"]} == {
        top: ("/top", "/new"),
        child: ("/top/child", "/new/child"),
        leaf: ("/top/child/leaf", "/new/child/leaf"),
    }
    assert {page: await world.outbox(page) for page in (child, leaf, draft)} == before


async def test_publishing_what_keeps_its_path_moves_nothing(world: World) -> None:
    page = await world.page("Page")
    before = len(await world.outbox())
    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "New"}])
    await world.do("publishPage", id=page)
    assert [name for name, _ in (await world.outbox())[before:]] == ["page.updated", "page.published"]


async def test_structure_is_told_as_an_update(world: World) -> None:
    page = await world.page("Page")
    await world.do("updatePage", id=page, template="wide")
    assert in_order(await world.outbox())[-1] == ("page.updated", fact(page, 3, 1, ["en"]))


async def test_events_are_counted_by_page_and_name_who_did_it_and_when(world: World) -> None:
    page, other = await world.page("Page", publish=False, actor=AUTHOR), await world.page("Other")
    await world.do("publishPage", id=page)
    columns = (Outbox.subject, Outbox.sequence, Outbox.type, Outbox.actor_id, Outbox.time)
    statement = select(*(col(name) for name in columns)).where(col(Outbox.tenant_id) == world.tenant.id)
    async with world.database.connect() as connection:
        rows = list(await connection.execute(statement.order_by(col(Outbox.subject), col(Outbox.sequence))))

    assert [(str(row.subject), row.sequence, row.type.rpartition(".")[2], row.actor_id) for row in rows] == [
        (page, 1, "created", "author"),
        (page, 2, "published", "admin"),
        (page, 3, "moved", "admin"),
        (other, 1, "created", "admin"),
        (other, 2, "published", "admin"),
        (other, 3, "moved", "admin"),
    ]
    assert all(row.type.startswith("rustok.pages.page.") for row in rows)
    assert rows[0].time < rows[1].time == rows[2].time


async def test_nothing_of_the_content_is_told(world: World) -> None:
    secret = {"locale": "en", "title": "Zanzibar", "slug": "place", "body": {"content": "Zanzibar"}}
    await world.page(translations=[secret], metadata={"where": "Zanzibar"}, note="Zanzibar")
    assert "zanzibar" not in str(await world.outbox()).lower()

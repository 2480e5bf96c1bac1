"""Changing what a page says."""

from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, MANAGER, World

DRAFT = """query ($id: ID!) { page(id: $id, stage: DRAFT) { title slug path version hasUnpublishedChanges metadata template
    channels availableLocales body { content format } seo { title description robots canonicalUrl image { src }
    openGraph { title description type locale image { src } } stored } blocks { id type data sharedData }
    revision { number note } } }"""


async def draft(world: World, page: str) -> dict[str, Any]:
    return (await world.ask(DRAFT, id=page))["page"]


async def test_readers_see_nothing_of_it_until_it_is_published(world: World) -> None:
    page = await world.page("Old")
    query = "query ($id: ID!) { page(id: $id) { title slug path version updatedAt hasUnpublishedChanges revision { number } } }"
    before = (await world.ask(query, ANONYMOUS, id=page))["page"]

    payload = await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "New", "slug": "new"}])

    assert payload["page"]["version"] == 3
    assert (await world.ask(query, ANONYMOUS, id=page))["page"] == {**before, "version": 3}
    shown = await draft(world, page)
    assert (shown["title"], shown["slug"], shown["path"], shown["revision"]["number"]) == ("New", "new", "/new", 2)
    assert shown["hasUnpublishedChanges"] is True


async def test_what_is_left_out_stays_and_null_clears(world: World) -> None:
    seo = {"title": "S", "description": "D", "openGraph": {"title": "O", "type": "article"}}
    text = {"locale": "en", "title": "T", "slug": "s", "body": {"content": "B", "format": "PLAIN"}, "seo": seo}
    page = await world.page(translations=[text], metadata={"a": 1}, blocks=[{"type": "hero", "data": {"title": "H"}}])

    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "T2"}])
    shown = await draft(world, page)
    assert (shown["title"], shown["slug"], shown["body"]) == ("T2", "s", {"content": "B", "format": "PLAIN"})
    assert (shown["metadata"], len(shown["blocks"]), shown["seo"]["stored"]) == ({"a": 1}, 1, seo)

    change = {"locale": "en", "body": None, "seo": {"description": None, "openGraph": {"type": None}}}
    await world.do("updatePage", id=page, translations=[change], metadata=None, blocks=[])
    shown = await draft(world, page)
    assert (shown["title"], shown["body"], shown["metadata"], shown["blocks"]) == ("T2", None, {}, [])
    assert shown["seo"]["stored"] == {"title": "S", "openGraph": {"title": "O"}}

    await world.do("updatePage", id=page, translations=[{"locale": "en", "seo": None, "slug": ""}])
    shown = await draft(world, page)
    assert (shown["seo"]["stored"], shown["slug"]) == (None, "s")


async def test_translations_come_and_go(world: World) -> None:
    page = await world.page("Tree")
    await world.do(
        "updatePage", id=page, translations=[{"locale": "ru", "title": "Дерево"}, {"locale": "de", "title": "Baum"}]
    )
    assert (await draft(world, page))["availableLocales"] == ["en", "de", "ru"]

    await world.do("updatePage", id=page, removeLocales=["EN", "ru"])
    shown = await draft(world, page)
    assert (shown["availableLocales"], shown["title"]) == (["de"], "Baum")

    texts = [{"locale": "en", "title": "Tree again"}]
    payload = await world.do("updatePage", id=page, removeLocales=["de"], translations=texts)
    assert payload["problems"] == []
    assert (await draft(world, page))["availableLocales"] == ["en"]


async def test_blocks_keep_their_ids_where_they_are_repeated(world: World) -> None:
    blocks = [{"type": "hero", "data": {"title": n}} for n in "ab"]
    page = await world.page(blocks=blocks)
    first, second = (block["id"] for block in (await draft(world, page))["blocks"])

    again = [{"id": second, "type": "hero", "data": {"title": "B"}}, {"id": first, **blocks[0]}, blocks[0]]
    await world.do("updatePage", id=page, blocks=again)

    shown = (await draft(world, page))["blocks"]
    assert [block["id"] for block in shown[:2]] == [second, first]
    assert shown[2]["id"] not in (first, second)
    assert [block["data"]["title"] for block in shown] == ["B", "a", "a"]
    twice = [{"id": first, **blocks[0]}] * 2
    assert await world.problems("updatePage", id=page, blocks=twice) == [("VALIDATION_ERROR", ["blocks", "1", "id"])]


async def test_structure_acts_at_once(world: World) -> None:
    page = await world.page("Page")
    query = "query ($id: ID!) { page(id: $id) { version template channels updatedAt revision { number } } }"
    before = (await world.ask(query, ANONYMOUS, id=page))["page"]

    await world.do("updatePage", id=page, template="wide", channels=["web"])
    after = (await world.ask(query, ANONYMOUS, id=page))["page"]
    assert (after["version"], after["template"], after["channels"]) == (3, "wide", ["web"])
    assert after["revision"] == before["revision"]
    assert after["updatedAt"] > before["updatedAt"]

    await world.do("updatePage", id=page, template=None, channels=None)
    after = (await world.ask(query, ANONYMOUS, id=page))["page"]
    assert (after["template"], after["channels"]) == ("default", [])


async def test_structure_of_a_live_page_needs_the_right_to_publish(world: World) -> None:
    live, not_live = await world.page("Live"), await world.page("Draft", publish=False)
    changes: list[dict[str, Any]] = [{"template": "wide"}, {"channels": ["web"]}]
    for change in changes:
        problems = await world.problems("updatePage", MANAGER, id=live, note="n", **change)
        assert problems == [("PERMISSION_DENIED", [])]
        assert (await world.do("updatePage", MANAGER, id=not_live, **change))["problems"] == []
    texts = [{"locale": "en", "title": "New"}]
    assert (await world.do("updatePage", MANAGER, id=live, translations=texts, template="default"))["problems"] == []


async def test_a_slug_is_free_for_others_when_no_draft_and_no_live_revision_uses_it(world: World) -> None:
    page = await world.page("Old")
    await world.do("updatePage", id=page, translations=[{"locale": "en", "slug": "new"}])
    for slug in ("old", "new"):
        texts = [{"locale": "en", "title": "Other", "slug": slug}]
        taken = [("DUPLICATE_SLUG", ["translations", "0", "slug"])]
        assert await world.problems("createPage", translations=texts) == taken
    await world.do("publishPage", id=page)
    assert await world.page(translations=[{"locale": "en", "title": "Other", "slug": "old"}], publish=False)


async def test_two_slugs_are_swapped_in_three_calls(world: World) -> None:
    async def rename(page: str, slug: str) -> list[dict[str, Any]]:
        return (await world.do("updatePage", id=page, translations=[{"locale": "en", "slug": slug}]))["problems"]

    a, b = await world.page("A", publish=False), await world.page("B", publish=False)
    assert await rename(a, "b") != []
    assert [await rename(a, "c"), await rename(b, "a"), await rename(a, "b")] == [[], [], []]
    assert [(await draft(world, page))["path"] for page in (a, b)] == ["/b", "/a"]


@pytest.mark.parametrize(("actor", "code"), [(ANONYMOUS, "UNAUTHENTICATED"), (CUSTOMER, "PERMISSION_DENIED")])
async def test_it_needs_a_permission(world: World, actor: Any, code: str) -> None:
    page = await world.page("Page")
    assert await world.problems("updatePage", actor, id=page, template="x") == [(code, [])]


async def test_an_author_writes_his_own_pages_only(world: World) -> None:
    own, live = await world.page("Own", publish=False, actor=AUTHOR), await world.page("Live")
    secret = await world.page("Secret", publish=False)
    texts = [{"locale": "en", "title": "New"}]
    assert (await world.do("updatePage", AUTHOR, id=own, translations=texts))["problems"] == []
    assert await world.problems("updatePage", AUTHOR, id=live, translations=texts) == [("PERMISSION_DENIED", [])]
    assert await world.problems("updatePage", AUTHOR, id=secret, translations=texts) == [("PAGE_NOT_FOUND", ["id"])]


async def test_the_note_is_of_the_revision(world: World) -> None:
    page = await world.page("Page")
    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "New"}], note="Why")
    assert (await draft(world, page))["revision"] == {"number": 2, "note": "Why"}
    query = "query ($id: ID!) { page(id: $id, stage: LIVE) { revision { note author { id } } } }"
    assert (await world.ask(query, ANONYMOUS, id=page))["page"]["revision"] == {"note": None, "author": None}
    assert (await world.ask(query, ADMIN, id=page))["page"]["revision"]["author"] == {"id": "admin"}

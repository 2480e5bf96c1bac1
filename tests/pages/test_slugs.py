"""Which slugs are free, and one that is: asked for before a page is written."""

from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, World

NOBODY = "01980000-0000-7000-8000-000000000000"
ASK = """query ($slug: String!, $locale: String!, $parent: ID, $but: ID) {
  pageSlugAvailability(slug: $slug, locale: $locale, parentId: $parent, exceptPageId: $but) {
    slug locale isAvailable reason takenBy { id } suggestion }
  pageSlugSuggestion(text: $slug, locale: $locale, parentId: $parent) }"""


async def ask(world: World, slug: str, actor: Any = ADMIN, **more: Any) -> tuple[Any, Any]:
    """What is said of a slug, and what is suggested instead."""
    data = await world.ask(ASK, actor, slug=slug, **{"locale": "en", **more})
    return data["pageSlugAvailability"], data["pageSlugSuggestion"]


def free(slug: str, locale: str = "en") -> dict[str, Any]:
    none = {"reason": None, "takenBy": None}
    return {"slug": slug, "locale": locale, "isAvailable": True, "suggestion": slug, **none}


def taken(slug: str, by: str | None, suggestion: str, reason: str = "TAKEN", locale: str = "en") -> dict[str, Any]:
    who = {"takenBy": by and {"id": by}}
    return {"slug": slug, "locale": locale, "isAvailable": False, "reason": reason, "suggestion": suggestion, **who}


async def test_a_slug_is_free_where_no_sibling_has_it_in_the_locale(world: World) -> None:
    page = await world.page("About")
    await world.page("About", translations=[{"locale": "en", "title": "About", "slug": "about-2"}], publish=False)
    assert await ask(world, "ABOUT!") == (taken("about", page, "about-3"), "about-3")
    assert await ask(world, "about", locale="DE") == (free("about", "de"), "about")
    assert await ask(world, "about", parent=page) == (free("about"), "about")
    assert await ask(world, "About us") == (free("about-us"), "about-us")
    assert (await ask(world, "about", but=page))[0] == free("about")


async def test_a_slug_is_taken_by_what_is_live_and_by_what_is_a_draft(world: World) -> None:
    page = await world.page("Old")
    await world.do("updatePage", id=page, translations=[{"locale": "en", "slug": "new"}])
    for slug in ("old", "new"):
        assert await ask(world, slug) == (taken(slug, page, f"{slug}-2"), f"{slug}-2")


async def test_a_slug_of_which_nothing_is_left_or_too_much_is_none(world: World) -> None:
    await world.page("Page")
    assert await ask(world, "?!") == (taken("", None, "page-2", "INVALID"), "page-2")
    long = "x" * 256
    assert await ask(world, long) == (taken(long, None, "x" * 255, "INVALID"), "x" * 255)


async def test_a_slug_whose_path_a_fallback_makes_is_taken_by_that(world: World) -> None:
    english, german = await world.page("P"), await world.page(translations=[{"locale": "de", "title": "P"}])
    page = await world.page(parentId=english, translations=[{"locale": "de", "title": "C"}])
    found, _ = await ask(world, "c", locale="de", parent=german)
    assert found == taken("c", page, "c-2", "TAKEN_BY_FALLBACK", "de")
    assert (await ask(world, "c", locale="de", parent=german, but=page))[0] == free("c", "de")


async def test_who_has_it_is_told_to_who_may_see_him(world: World) -> None:
    await world.page("Secret", publish=False)
    assert await ask(world, "secret", AUTHOR) == (taken("secret", None, "secret-2"), "secret-2")


@pytest.mark.parametrize("parent", [NOBODY, "no-id", "", "00000000-0000-0000-0000-000000000000"])
async def test_under_a_page_that_is_not_to_be_seen_there_is_nothing_to_say(world: World, parent: str) -> None:
    await world.page("Root")
    hidden = await world.page("Hidden", publish=False)
    await world.page("Inside", parentId=hidden, publish=False)
    for slug in ("root", "inside", "free"):
        assert await ask(world, slug, AUTHOR, parent=parent) == (None, None)
        assert await ask(world, slug, AUTHOR, parent=hidden) == (None, None)
    assert (await ask(world, "inside", parent=hidden))[1] == "inside-2"


async def test_slugs_are_told_to_who_may_write_pages_in_a_locale_of_the_tenant(world: World) -> None:
    for actor, code in ((ANONYMOUS, "UNAUTHENTICATED"), (CUSTOMER, "PERMISSION_DENIED")):
        answer = await world.answer(ASK, actor, slug="a", locale="en")
        assert (answer.data, answer.codes) == ({"pageSlugAvailability": None, "pageSlugSuggestion": None}, [code] * 2)
    for locale in ("fr", "?"):
        answer = await world.answer(ASK, slug="a", locale=locale)
        assert answer.codes == ["VALIDATION_ERROR"] * 2

"""Changing the locales of a tenant: live pages move with them, and the world is told."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from pages_graphql import locales
from pages_graphql.cli import app
from pages_graphql.core.errors import Refused
from pages_graphql.core.tenancy import Locale, Tenant
from pages_graphql.tenants.directory import Tenants
from pages_graphql.tenants.locales import LocaleChange, NewLocale
from tests.menus.items import item
from tests.world import ANONYMOUS, LOCALES, World

ROUTE = """query ($path: String!, $locale: String!) { route(path: $path, locale: $locale) {
    statusCode ... on PageRoute { page { id } } ... on PathRedirectRoute { location } } }"""
GERMAN_FIRST = LocaleChange("ru", fallbacks=["de"])
ENGLISH_FIRST = LocaleChange("ru", fallbacks=["en"])


async def family(world: World) -> str:
    """A Russian page under one that speaks English and German; returns its id."""
    texts = [{"locale": "en", "title": "About"}, {"locale": "de", "title": "Über"}]
    about = await world.page(translations=texts)
    return await world.page(translations=[{"locale": "ru", "title": "Team"}], parentId=about)


async def reloaded(world: World) -> Tenant:
    """The tenant as the next requests know it."""
    tenant = await Tenants(world.database).by_slug(world.tenant.slug)
    assert tenant
    world.tenant = tenant
    return tenant


async def route(world: World, path: str, locale: str = "ru") -> Any:
    return (await world.ask(ROUTE, ANONYMOUS, path=path, locale=locale))["route"]


async def refused(does: Any) -> list[tuple[str, Sequence[str]]]:
    with pytest.raises(Refused) as caught:
        await does
    return [(problem.code, problem.path) for problem in caught.value.problems]


def paths(changes: Any) -> list[tuple[str, str | None, str | None]]:
    return [(change.locale, change.before, change.after) for change in changes]


async def test_another_chain_moves_what_stands_under_a_fallback(world: World) -> None:
    page = await family(world)
    told = await world.outbox()
    tenant, changes = await locales.change_locale(world.database, world.tenant.slug, ENGLISH_FIRST)
    assert paths(changes) == [("ru", "/über/team", "/about/team")]
    assert tenant.locales == (await reloaded(world)).locales
    assert tenant.by_locale["ru"].fallbacks == ("en",)

    assert await route(world, "/about/team") == {"statusCode": 200, "page": {"id": page}}
    moved = await route(world, "/über/team")
    assert (moved["statusCode"], moved["location"]) == (301, "/ru/about/team")
    [(name, data)] = (await world.outbox())[len(told) :]
    assert name == "page.moved"
    assert data["paths"] == [{"id": page, "locale": "ru", "before": "/über/team", "after": "/about/team"}]
    assert (await locales.change_locale(world.database, world.tenant.slug, ENGLISH_FIRST))[1] == []
    assert len(await world.outbox()) == len(told) + 1


async def test_the_home_page_and_drafts_stay_where_they_are(world: World) -> None:
    page = await family(world)
    await world.do("setHomePage", id=page)
    await world.page(translations=[{"locale": "ru", "title": "Draft"}], parentId=page, publish=False)
    _, changes = await locales.change_locale(world.database, world.tenant.slug, ENGLISH_FIRST)
    assert paths(changes) == []
    await reloaded(world)
    assert (await route(world, "/"))["page"] == {"id": page}
    assert (await route(world, "/about/team"))["statusCode"] == 301


async def test_another_default_and_another_order_move_pages_too(world: World) -> None:
    slug = world.tenant.slug
    await family(world)
    await locales.change_locale(world.database, slug, LocaleChange("ru", fallbacks=[]))
    assert paths((await locales.change_locale(world.database, slug, LocaleChange("de", is_default=True)))[1]) == [
        ("ru", "/about/team", "/über/team")
    ]
    await locales.change_locale(world.database, slug, LocaleChange("ru", is_default=True))
    assert paths((await locales.order_locales(world.database, slug, ["ru", "en", "DE"]))[1]) == []
    tenant, changes = await locales.order_locales(world.database, slug, ["de", "ru", "en"])
    assert paths(changes) == [("ru", "/about/team", "/über/team")]
    assert tenant.locales == (await reloaded(world)).locales
    assert [(locale.locale, locale.is_default) for locale in tenant.locales] == [
        ("de", False),
        ("ru", True),
        ("en", False),
    ]


async def test_a_locale_that_nobody_writes_in_is_removed_from_all_chains(world: World) -> None:
    tenant, changes = await locales.remove_locale(world.database, world.tenant.slug, "DE")
    assert (tenant.locales, changes) == ((LOCALES[0], Locale("ru", "/ru")), [])
    assert (await reloaded(world)).locales == tenant.locales


async def test_a_removed_fallback_moves_nothing_that_it_did_not_show(world: World) -> None:
    top = await world.page(translations=[{"locale": "en", "title": "About"}])
    await world.page(translations=[{"locale": "ru", "title": "Team"}], parentId=top)
    _, changes = await locales.remove_locale(world.database, world.tenant.slug, "de")
    assert changes == []


async def test_a_locale_that_pages_or_menus_speak_is_not_removed(world: World) -> None:
    slug, german = world.tenant.slug, [{"locale": "de", "title": "Seite"}]
    taken = [("VALIDATION_ERROR", ["locale"])]
    draft = await world.page(translations=german, publish=False)
    assert await refused(locales.remove_locale(world.database, slug, "de")) == taken
    await world.do("deletePage", id=draft)
    live = await world.page(translations=[*german, {"locale": "en", "title": "Page"}])
    await world.do("updatePage", id=live, removeLocales=["de"])
    assert await refused(locales.remove_locale(world.database, slug, "de")) == taken
    await world.do("publishPage", id=live)

    menu = await world.menu("main", [item("Up", item("Hoch", locale="de"))], publish=False)
    await world.menu("other", translations=[{"locale": "de", "name": "Anderes"}])
    with pytest.raises(Refused, match=r"Something is written in de \(menus: 2\)\."):
        await locales.remove_locale(world.database, slug, "de")
    assert (await reloaded(world)).locales == LOCALES
    await world.do("replaceMenuItems", menuId=menu, items=[])
    with pytest.raises(Refused, match=r"\(menus: 1\)"):
        await locales.remove_locale(world.database, slug, "de")


async def test_a_chain_that_would_let_two_pages_meet_changes_nothing(world: World) -> None:
    await family(world)
    texts = [{"locale": "en", "title": "Other"}, {"locale": "ru", "title": "About"}]
    other = await world.page(translations=texts)
    await world.page(translations=[{"locale": "ru", "title": "Team"}], parentId=other)
    before = await world.outbox()
    clash = await refused(locales.change_locale(world.database, world.tenant.slug, ENGLISH_FIRST))
    assert clash == [("TAKEN_BY_FALLBACK", ["ru", "slug"])]
    assert (await reloaded(world)).locales == LOCALES
    assert await world.outbox() == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (LocaleChange("?"), ("VALIDATION_ERROR", "locale")),
        (LocaleChange("fr"), ("LOCALE_NOT_FOUND", "locale")),
        (LocaleChange("ru", "/de"), ("VALIDATION_ERROR", "urlPrefix")),
        (LocaleChange("ru", "ru"), ("VALIDATION_ERROR", "urlPrefix")),
        (LocaleChange("ru", fallbacks=["ru"]), ("VALIDATION_ERROR", "fallbacks")),
        (LocaleChange("ru", fallbacks=["fr"]), ("VALIDATION_ERROR", "fallbacks")),
        (LocaleChange("ru", fallbacks=["?"]), ("VALIDATION_ERROR", "locale")),
    ],
)
async def test_a_wrong_change_is_refused(world: World, change: LocaleChange, expected: tuple[str, str]) -> None:
    found = await refused(locales.change_locale(world.database, world.tenant.slug, change))
    assert found == [(expected[0], [expected[1]])]
    assert (await reloaded(world)).locales == LOCALES


async def test_a_wrong_removal_or_order_is_refused(world: World) -> None:
    slug = world.tenant.slug
    for does, code in (
        (locales.remove_locale(world.database, slug, "en"), "VALIDATION_ERROR"),
        (locales.remove_locale(world.database, slug, "fr"), "LOCALE_NOT_FOUND"),
        (locales.order_locales(world.database, slug, ["en", "de"]), "VALIDATION_ERROR"),
        (locales.order_locales(world.database, slug, ["en", "de", "ru", "ru"]), "VALIDATION_ERROR"),
        (locales.add_locale(world.database, uuid4().hex, NewLocale("en")), "TENANT_NOT_FOUND"),
        (locales.change_locale(world.database, uuid4().hex, GERMAN_FIRST), "TENANT_NOT_FOUND"),
    ):
        assert [found for found, _ in await refused(does)] == [code]
    assert (await reloaded(world)).locales == LOCALES


async def test_a_new_locale_comes_last(world: World) -> None:
    tenant, changes = await locales.add_locale(world.database, world.tenant.slug, NewLocale("fr", "/f", ["de", "DE"]))
    assert (tenant.locales, changes) == ((*LOCALES, Locale("fr", "/f", ("de",))), [])
    assert (await reloaded(world)).locales == tenant.locales
    again = locales.add_locale(world.database, world.tenant.slug, NewLocale("fr", "/ru"))
    assert await refused(again) == [("VALIDATION_ERROR", ["locale"]), ("VALIDATION_ERROR", ["urlPrefix"])]


async def test_each_path_that_changed_is_printed(world: World) -> None:
    await family(world)
    env = {"PAGES_DATABASE_URL": world.database.engine.url.render_as_string(hide_password=False)}
    command = ["tenant", "locale", "change", world.tenant.slug, "ru", "--fallback", "en"]
    result = await in_thread(command, env)
    assert result == "en de ru\nru: /über/team → /about/team\n"
    assert await in_thread(command, env) == "en de ru\nNo path changed.\n"


async def in_thread(command: Sequence[str], env: dict[str, str]) -> str:
    """What a command prints; it has an event loop of its own, so it runs beside this one."""
    result = await asyncio.to_thread(CliRunner().invoke, app, command, env=env)
    assert result.exit_code == 0, result.output
    return result.stdout


async def test_a_revision_in_a_locale_that_was_removed_is_not_restored(world: World) -> None:
    german, english = {"locale": "de", "title": "Seite"}, {"locale": "en", "title": "Page"}
    page = await world.page(translations=[german, english], publish=False)
    await world.do("updatePage", id=page, removeLocales=["de"])
    menu = await world.menu("main", [item("Hoch", locale="de", link={"url": "/"})], publish=False)
    await world.do("replaceMenuItems", menuId=menu, items=[])
    world.tenant, _ = await locales.remove_locale(world.database, world.tenant.slug, "de")

    lost = [("VALIDATION_ERROR", ["revision"])]
    assert await world.problems("restorePageRevision", id=page, revision=1) == lost
    assert await world.problems("restoreMenuRevision", id=menu, revision=1) == lost

"""A demo tenant, to try things with: Kettle & Leaf, a tea shop."""

from collections.abc import Mapping
from typing import Any

from pages_graphql.core.access import ROLES, Actor, Role
from pages_graphql.core.inputs import parse
from pages_graphql.core.tenancy import Channel
from pages_graphql.demo.content import HOME, MENUS, PAGES, RENAMED
from pages_graphql.demo.site import Bar, Entry, Line
from pages_graphql.menus.commands import CreateMenu
from pages_graphql.menus.service.create import create_menu
from pages_graphql.pages.commands import ChangePageSlug, CreatePage, SetHomePage
from pages_graphql.pages.repository import writing
from pages_graphql.pages.service.create import create_page
from pages_graphql.pages.service.move import set_home_page
from pages_graphql.pages.service.slug import change_page_slug
from pages_graphql.routes import repository as routes
from pages_graphql.storage.database import Database
from pages_graphql.storage.work import Work
from pages_graphql.tenants.directory import Tenants
from pages_graphql.tenants.locales import NewLocale
from pages_graphql.tenants.service import NewTenant, create_tenant

DEMO = NewTenant(
    "demo",
    "Kettle & Leaf",
    locales=[NewLocale("en"), NewLocale("de", "/de", ["en"]), NewLocale("ru", "/ru", ["en"])],
    channels=[Channel("web", "Web shop", "https://demo.example"), Channel("app", "App")],
)
SHOPKEEPER = Actor("demo", ROLES[Role.ADMIN])


async def seed_demo(database: Database) -> None:
    """Make the demo tenant with its pages and menus, once: a tenant that has pages, or other locales, stays as it is."""
    tenant = await Tenants(database).by_slug(DEMO.slug) or await create_tenant(database, DEMO)
    if list(tenant.by_locale) != [locale.locale for locale in DEMO.locales]:
        return
    async with database.begin(tenant, SHOPKEEPER) as work:
        await routes.lock(work)
        if not await writing.siblings(work, None):
            await _fill(work)


async def _fill(work: Work) -> None:
    ids: dict[str, str] = {}
    for entry in (*PAGES, HOME):  # the home page's button leads to one of the others
        ids[entry.name] = str((await create_page(work, parse(CreatePage, _page(entry, ids)))).id)
    _ = await set_home_page(work, SetHomePage(id=ids[HOME.name]))
    name, locale, slug = RENAMED
    _ = await change_page_slug(work, ChangePageSlug(id=ids[name], locale=locale, slug=slug))
    for bar in MENUS:
        _ = await create_menu(work, parse(CreateMenu, _menu(bar, ids)))


def _page(entry: Entry, ids: Mapping[str, str]) -> dict[str, Any]:
    translations: list[dict[str, Any]] = []
    for locale, text in entry.texts.items():
        given: dict[str, Any] = {"locale": locale, "title": text.title, "slug": text.slug}
        given["body"] = {"content": text.body}
        if text.description:
            given["seo"] = {"description": text.description}
        translations.append(given)
    return {
        "parentId": entry.parent and ids[entry.parent],
        "beforeId": ids[PAGES[0].name] if entry is HOME else None,
        "translations": translations,
        "blocks": [*_opening(entry, ids), *_notes(entry)],
        "publish": entry.is_published,
    }


def _opening(entry: Entry, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    if entry.opening is None:
        return []
    page = ids[entry.opening.page]
    by_locale = {
        locale: {"title": words.title, "subtitle": words.subtitle, "cta": {"label": words.button, "pageId": page}}
        for locale, words in entry.opening.words.items()
    }
    return [_block("hero", by_locale)]


def _notes(entry: Entry) -> list[dict[str, Any]]:
    by_locale = {locale: {"text": {"format": "PLAIN", "content": note}} for locale, note in entry.notes.items()}
    return [_block("text", by_locale)] if by_locale else []


def _block(type: str, by_locale: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A block whose shared data is what it says in the first locale."""
    (_, data), *others = by_locale.items()
    return {"type": type, "data": data, "overrides": [{"locale": locale, "data": other} for locale, other in others]}


def _menu(bar: Bar, ids: Mapping[str, str]) -> dict[str, Any]:
    return {
        "handle": bar.handle,
        "translations": [{"locale": locale, "name": name} for locale, name in bar.names.items()],
        "items": [_item(line, ids) for line in bar.lines],
        "bindings": [{"location": bar.location}],
        "publish": True,
    }


def _item(line: Line, ids: Mapping[str, str]) -> dict[str, Any]:
    link = {"pageId": ids[line.page]} if line.page else {"url": line.url} if line.url else None
    return {
        "translations": [{"locale": locale, "label": label} for locale, label in line.labels.items()],
        "link": link,
        "children": [_item(child, ids) for child in line.below],
    }

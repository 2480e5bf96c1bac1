"""The menus of a plan, written: each with all its items, or not at all."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from pages_graphql.core.errors import Refused
from pages_graphql.core.inputs import parse
from pages_graphql.core.text import canonical_json, content_hash, cut, numbered
from pages_graphql.documents.lifecycle import Saved
from pages_graphql.importers import sources
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.sources import SourceKind
from pages_graphql.importers.wordpress.menu_draft import ItemDraft, input_of, items_of, walk
from pages_graphql.importers.wordpress.menus import MenuItemPlan, MenuPlan
from pages_graphql.importers.wordpress.plan import WordPressPlan
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.menus.commands import CreateMenu
from pages_graphql.menus.document import placed
from pages_graphql.menus.model import Menu, MenuRevision
from pages_graphql.menus.service.create import create_menu
from pages_graphql.routes import repository as routes
from pages_graphql.storage.work import Work

HANDLE_LENGTH = 60
FALLBACK_HANDLE = "menu"
TRIES = 20
"""How many numbers are tried behind a handle that is taken."""


async def write_menus(target: Target, plan: WordPressPlan) -> None:
    """Write the menus that did not come in before, a Work each."""
    for done, menu in enumerate(plan.menus, start=1):
        async with target.begin() as work:
            await routes.lock(work)
            await _write(target, work, menu)
        target.progress("menus", done, len(plan.menus))


async def _write(target: Target, work: Work, menu: MenuPlan) -> None:
    what, digests = f"menu {menu.handle}", {str(item.id): _digest(item) for item, _ in walk(menu.items)}
    digest = content_hash(canonical_json([menu.handle, menu.name, [*digests.items()]]))
    known = await sources.known(work, target.source, SourceKind.MENU, [menu.handle])
    if before := known.get(menu.handle):
        target.count_known("menus", what, before, digest)
        return
    drafts = items_of(menu, target, await _pages(target, work, menu))
    made = await _made(target, work, menu, drafts)
    if made is None:
        return
    sources.remember(work, target.source, SourceKind.MENU, {menu.handle: (made.id, digest)})
    ids = dict(zip(_ids(drafts), await _item_ids(work, made), strict=True))
    items = {f"{menu.handle}/{id}": (item, digests[id]) for id, item in ids.items()}
    sources.remember(work, target.source, SourceKind.MENU_ITEM, items)
    target.taken += {"menus": 1, "menu items": len(items)}


def _digest(item: MenuItemPlan) -> str:
    parts = [getattr(item, name) for name in MenuItemPlan.__slots__ if name != "children"]
    return content_hash(canonical_json(parts))


async def _pages(target: Target, work: Work, menu: MenuPlan) -> Mapping[int, UUID]:
    """What the pages that a menu links to became, where they are here."""
    ids = {item.page_id for item, _ in walk(menu.items) if item.page_id is not None}
    known = await sources.known(work, target.source, SourceKind.PAGE, ids)
    return {int(id): found.target_id for id, found in known.items() if found.is_here}


async def _made(target: Target, work: Work, menu: MenuPlan, items: Iterable[ItemDraft]) -> Menu | None:
    """The menu that a planned one becomes, under the first handle that is free."""
    handle = _handle(menu.handle)
    given: dict[str, Any] = {
        "translations": [{"locale": target.locale, "name": cut(menu.name, target.limits.max_title)}],
        "items": [input_of(item) for item in items],
        "publish": True,
        "note": f"WordPress menu {menu.handle}",
    }
    for name in (handle, *(numbered(handle, n) for n in range(2, TRIES))):
        try:
            async with work.session.begin_nested():
                made = await create_menu(work, parse(CreateMenu, {"handle": name, **given}))
        except Refused as refused:
            if all(problem.path == ["handle"] for problem in refused.problems):
                continue
            target.report.add(EntryKind.LEFT_OUT, f"menu {menu.handle}", str(refused))
            return None
        if made.handle != menu.handle:
            why = f"its handle “{menu.handle}” is taken or cannot be one: it gets “{made.handle}”"
            target.report.add(EntryKind.CHANGED, f"menu {menu.handle}", why)
        return made
    target.report.add(EntryKind.LEFT_OUT, f"menu {menu.handle}", f"the handle “{handle}” and all its numbers are taken")
    return None


def _handle(slug: str) -> str:
    """The handle nearest to a WordPress slug: plain letters, short enough for a number behind it."""
    plain = unicodedata.normalize("NFKD", slug).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9_]+", "-", plain).strip("-")[:HANDLE_LENGTH] or FALLBACK_HANDLE


def _ids(drafts: Iterable[ItemDraft]) -> Iterator[str]:
    """What WordPress calls the items, in reading order."""
    for draft in drafts:
        yield str(draft.id)
        yield from _ids(draft.children)


async def _item_ids(work: Work, menu: Menu) -> list[UUID]:
    """What we call them."""
    revision = await work.session.get(MenuRevision, (work.tenant.id, menu.id, menu.draft_revision))
    saved = Saved.of(cast(MenuRevision, revision))
    return [UUID(item["id"]) for _, item in placed(saved.content["items"])]

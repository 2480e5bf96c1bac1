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
from pages_graphql.importers.wordpress.target import IMPORTER, Target
from pages_graphql.menus.commands import CreateMenu, PublishMenu, ReplaceMenuItems, UpdateMenu
from pages_graphql.menus.document import placed
from pages_graphql.menus.model import Menu, MenuRevision
from pages_graphql.menus.repository import writing
from pages_graphql.menus.service.create import create_menu
from pages_graphql.menus.service.items import replace_menu_items
from pages_graphql.menus.service.publish import publish_menu
from pages_graphql.menus.service.update import update_menu
from pages_graphql.routes import repository as routes
from pages_graphql.storage.work import Work

HANDLE_LENGTH = 60
FALLBACK_HANDLE = "menu"
TRIES = 20
"""How many numbers are tried behind a handle that is taken."""


async def write_menus(target: Target, plan: WordPressPlan) -> None:
    """Write the menus that did not come in before, and those that changed in WordPress and not here; a Work each."""
    for done, menu in enumerate(plan.menus, start=1):
        pages = {id: page for id in _page_ids(menu) if (page := plan.scratch.became(id))}
        async with target.begin() as work:
            await routes.lock(work)
            await _Writing(target, work, menu, pages).write()
        target.progress("menus", done, len(plan.menus))


class _Writing:
    """A menu, in a Work."""

    def __init__(self, target: Target, work: Work, menu: MenuPlan, pages: Mapping[int, UUID]) -> None:
        self._target, self._work, self._menu, self._pages = target, work, menu, pages
        self._what = f"menu {menu.handle}"
        self._digests = {str(item.id): _digest(item) for item, _ in walk(menu.items)}
        self._digest = content_hash(canonical_json([menu.handle, menu.name, [*self._digests.items()]]))

    async def write(self) -> None:
        target, report = self._target, self._target.report
        before = (await sources.known(self._work, target.source, SourceKind.MENU, [self._menu.key])).get(self._menu.key)
        if before is None:
            await self._make()
        elif not before.is_here:
            report.add(EntryKind.LEFT_OUT, self._what, "it came in before, and was deleted here")
        elif before.hash == self._digest:
            target.unchanged["menus"] += 1
        elif why := await _edited_here(self._work, before.target_id):
            target.unchanged["menus"] += 1
            report.add(EntryKind.LEFT_OUT, f"changes to {self._what}", why)
        elif await self._renew(before.target_id):
            target.updated["menus"] += 1

    async def _make(self) -> None:
        target = self._target
        drafts = items_of(self._menu, target, self._pages, {})
        if not target.dry_run:
            made = await _made(target, self._work, self._menu, drafts)
            if made is None:
                return
            sources.remember(self._work, target.source, SourceKind.MENU, {self._menu.key: (made.id, self._digest)})
            await self._remember_items(made, drafts)
        target.taken += {"menus": 1, "menu items": sum(1 for _ in _ids(drafts))}

    async def _renew(self, id: UUID) -> bool:
        """Let a menu that nobody edited here have the items that WordPress has now; items keep their ids."""
        target, work = self._target, self._work
        before = await sources.items(work, target.source, f"{self._menu.key}/")
        menu = cast(Menu, await writing.locked(work, id))
        there = {UUID(item["id"]) for _, item in placed((await writing.draft(work, menu)).content["items"])}
        ids = {int(key): item for key, item in before.items() if item in there}
        drafts = items_of(self._menu, target, self._pages, ids)
        if target.dry_run:
            return True
        try:
            async with work.savepoint():
                menu = await self._replaced(menu, drafts)
        except Refused as refused:
            target.report.add(EntryKind.LEFT_OUT, f"changes to {self._what}", str(refused))
            return False
        await sources.renew(work, target.source, SourceKind.MENU, {self._menu.key: self._digest})
        await sources.forget_items(work, target.source, f"{self._menu.key}/")
        await self._remember_items(menu, drafts)
        return True

    async def _replaced(self, menu: Menu, drafts: Iterable[ItemDraft]) -> Menu:
        was_shown = menu.is_live and not menu.has_unpublished_changes
        name = {"locale": self._target.locale, "name": cut(self._menu.name, self._target.limits.max_title)}
        menu = await update_menu(self._work, parse(UpdateMenu, {"id": str(menu.id), "translations": [name]}))
        items = [input_of(draft) for draft in drafts]
        menu = await replace_menu_items(self._work, parse(ReplaceMenuItems, {"menuId": str(menu.id), "items": items}))
        return await publish_menu(self._work, PublishMenu(id=str(menu.id))) if was_shown else menu

    async def _remember_items(self, menu: Menu, drafts: Iterable[ItemDraft]) -> None:
        ids = dict(zip(_ids(drafts), await _item_ids(self._work, menu), strict=True))
        items = {f"{self._menu.key}/{id}": (item, self._digests[id]) for id, item in ids.items()}
        sources.remember(self._work, self._target.source, SourceKind.MENU_ITEM, items)


async def _edited_here(work: Work, id: UUID) -> str | None:
    """Why a menu that came in is no longer the import's to change; None where nobody edited it here."""
    menu = cast(Menu, await writing.locked(work, id))
    revision = await writing.revision(work, menu, menu.draft_revision)
    return None if revision and revision.author_id == IMPORTER.id else "it was edited here since, and is left as it is"


def _digest(item: MenuItemPlan) -> str:
    parts = [getattr(item, name) for name in MenuItemPlan.__slots__ if name != "children"]
    return content_hash(canonical_json(parts))


def _page_ids(menu: MenuPlan) -> set[int]:
    """The pages that a menu links to."""
    return {item.page_id for item, _ in walk(menu.items) if item.page_id is not None}


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
            async with work.savepoint():
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

"""The trees of menus as a View shows them: their pages are loaded for all at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, select

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts, Permission
from pages_graphql.core.view import Source, View
from pages_graphql.menus.document import Item, page_of
from pages_graphql.menus.document import MenuHiddenTargetPolicy as _Policy
from pages_graphql.menus.repository.rows import TENANT, Outline
from pages_graphql.pages.model import Page
from pages_graphql.pages.repository.by_ids import by_ids as pages_by_ids
from pages_graphql.pages.repository.rows import PageSource, drafts_of, parameters, visible_pages
from pages_graphql.storage.by_index import among
from pages_graphql.storage.columns import NIL, col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import ids_of, singles


class MenuItemHiddenReason(Enum):
    """Why a View does not show an item, or the page that it links to."""

    NOT_FOUND = "NOT_FOUND"
    NOT_PUBLISHED = "NOT_PUBLISHED"
    OTHER_CHANNEL = "OTHER_CHANNEL"
    PARENT_HIDDEN = "PARENT_HIDDEN"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Where an item stands among those shown, and what it leads to in the View."""

    depth: int
    position: int
    parent_id: str | None
    page: PageSource | None
    is_visible: bool
    hidden_reason: MenuItemHiddenReason | None
    is_text: bool
    children: "list[Source[ItemRow]]" = field(default_factory=list["Source[ItemRow]"])


ItemSource: TypeAlias = Source[ItemRow]
Reasons: TypeAlias = Mapping[UUID, MenuItemHiddenReason]


@dataclass(frozen=True)
class MenuTree:
    """The items of a menu in a View: those shown, and all there are."""

    outline: Outline
    view: View
    pages: Mapping[UUID, PageSource]
    reasons: Reasons

    @cached_property
    def policy(self) -> _Policy:
        """What becomes of items whose page is hidden."""
        return _Policy(self.outline.policy)

    @cached_property
    def shown(self) -> Sequence[ItemSource]:
        """The items that the View sees, as a tree."""
        return list(self._placed(self.outline.items, whole=False))

    @cached_property
    def whole(self) -> Sequence[ItemSource]:
        """All items, hidden ones too, as a tree."""
        return list(self._placed(self.outline.items, whole=True))

    def _placed(
        self, items: Iterable[Item], above: ItemSource | None = None, *, whole: bool, buried: bool = False
    ) -> Iterator[ItemSource]:
        """Items with their places; `buried` are those that stand under one that is hidden with its children."""
        for position, item in enumerate(items if whole else self._seen(items)):
            is_hidden = self._is_hidden(item)
            row = ItemRow(
                depth=above.row.depth + 1 if above else 0,
                position=position,
                parent_id=above.document["id"] if above else None,
                page=self.pages.get(page_of(item) or NIL),
                is_visible=self.policy is _Policy.TEXT or not (is_hidden or buried),
                hidden_reason=self._reason(item, buried=buried),
                is_text=is_hidden and not whole,
            )
            placed = Source(row, item, self.view, self.view.locale)
            below = buried or (is_hidden and self.policy is _Policy.HIDE)
            row.children.extend(self._placed(item["children"], placed, whole=whole, buried=below))
            yield placed

    def _seen(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items of a level as the policy leaves them: hidden ones gone, kept, or their children in their place."""
        for item in items:
            if self.policy is _Policy.TEXT or not self._is_hidden(item):
                yield item
            elif self.policy is _Policy.PROMOTE_CHILDREN:
                yield from self._seen(item["children"])

    def _is_hidden(self, item: Item) -> bool:
        page = page_of(item)
        return page is not None and page not in self.pages

    def _reason(self, item: Item, *, buried: bool) -> MenuItemHiddenReason | None:
        if self._is_hidden(item):
            return self.reasons.get(page_of(item) or NIL)
        return MenuItemHiddenReason.PARENT_HIDDEN if buried else None


@tags.tagged
async def trees(read: Read, outlines: Sequence[Outline]) -> Sequence[MenuTree]:
    """The tree of each outline; why pages are hidden is found out for those who may edit menus."""
    ids = list({id for outline in outlines for id in outline.pages})
    pages = {page.row.id: page for page in await pages_by_ids(read, ids) if page} if ids else dict[UUID, PageSource]()
    hidden = [id for id in ids if id not in pages]
    edits = read.view.actor.may(Permission.MENUS_UPDATE)
    reasons = await _reasons(read, hidden) if hidden and edits else dict[UUID, MenuItemHiddenReason]()
    return [MenuTree(outline, read.view, pages, reasons) for outline in outlines]


@kept
def _elsewhere(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    """Which pages there are, and whether this View would show them in another channel."""
    among_them = among(col(Page.id), ids_of("ids"))
    shown = select(visible_pages(drafts).where(among_them).subquery().c.id)
    own = (col(Page.tenant_id) == TENANT, among_them)
    return select(col(Page.id), col(Page.id).in_(shown).label("is_elsewhere")).where(*own)


async def _reasons(read: Read, ids: Sequence[UUID]) -> Reasons:
    """Why the View shows none of these pages."""
    everywhere = parameters(read.view.but(channel=None))
    rows = await read.all(_elsewhere(drafts_of(read.view)), **everywhere, ids=singles(ids))
    found = {
        row.id: MenuItemHiddenReason.OTHER_CHANNEL if row.is_elsewhere else MenuItemHiddenReason.NOT_PUBLISHED
        for row in rows
    }
    return {id: found.get(id, MenuItemHiddenReason.NOT_FOUND) for id in ids}

"""Menus as they were written, and their trees as a View shows them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from operator import is_
from typing import TypeAlias
from uuid import UUID

from pages_graphql.core.view import Source, View
from pages_graphql.core.whole import number
from pages_graphql.menus.document import Item, page_of, placed
from pages_graphql.menus.document import MenuHiddenTargetPolicy as _Policy
from pages_graphql.pages.repository.rows import PageSource
from pages_graphql.storage.columns import NIL


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


@dataclass(eq=False)
class Outline:
    """The items of one shown menu as they were written: what its tree is made from."""

    policy: str
    items: Sequence[Item]
    names_fall_back: bool
    _tree: "MenuTree | None" = field(default=None, init=False)

    @cached_property
    def pages(self) -> Sequence[UUID]:
        """The pages that the items link to."""
        return list(dict.fromkeys(id for _, item in placed(self.items) if (id := page_of(item))))

    def tree(self, view: View, pages: Mapping[UUID, PageSource], reasons: Reasons) -> "MenuTree":
        """The tree in a View, given the linked pages that it shows and why it does not the others: while these stay the same, so does the tree."""
        linked = [pages.get(id) for id in self.pages]
        last = self._tree
        if last and not reasons and last.view == view and all(map(is_, last.linked, linked)):
            return last
        made = MenuTree(self, view, linked, {page.row.id: page for page in linked if page}, reasons)
        self._tree = None if reasons else made
        return made


@dataclass(frozen=True, eq=False)
class MenuTree:
    """The items of a menu in a View: those shown, and all there are."""

    outline: Outline
    view: View
    linked: Sequence[PageSource | None]
    pages: Mapping[UUID, PageSource]
    reasons: Reasons

    @cached_property
    def policy(self) -> _Policy:
        """What becomes of items whose page is hidden."""
        return _Policy(self.outline.policy)

    @cached_property
    def _is_kept(self) -> bool:
        """Whether it may be shown again: of others nothing that is made of their items need be kept."""
        return not self.reasons and all(page.number for page in self.pages.values())

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
            source = Source(row, item, self.view, self.view.locale, number() if self._is_kept else 0)
            below = buried or (is_hidden and self.policy is _Policy.HIDE)
            row.children.extend(self._placed(item["children"], source, whole=whole, buried=below))
            yield source

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

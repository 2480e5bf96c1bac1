"""The items of a menu as a tree that can be changed: by id, and which stand below which, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pages_graphql.menus.document import Item

ROOT = ""
"""Stands for the menu itself, above the top level."""


@dataclass
class Tree:
    """The items of a menu, each without its children, and the order of those below each."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    below: dict[str, list[str]] = field(default_factory=lambda: {ROOT: list[str]()})
    above: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, items: Sequence[Item]) -> "Tree":
        """The tree of a document's items."""
        tree = cls()
        for n, item in enumerate(items):
            tree.add(item, ROOT, n)
        return tree

    def add(self, item: Item, parent: str, at: int) -> None:
        """Put an item, with all below it, at a place among those below `parent`."""
        id = item["id"]
        self.items[id] = {name: part for name, part in item.items() if name != "children"}
        self.above[id], self.below[id] = parent, []
        self.below[parent].insert(at, id)
        for n, child in enumerate(item["children"]):
            self.add(child, id, n)

    def move(self, id: str, parent: str, at: int) -> None:
        """Put an item, with all below it, elsewhere; `at` counts without it."""
        self.below[self.above[id]].remove(id)
        self.below[parent].insert(at, id)
        self.above[id] = parent

    def drop(self, id: str) -> None:
        """Take an item away, with all below it."""
        self.below[self.above[id]].remove(id)
        for gone in list(self.under(id)):
            del self.items[gone], self.above[gone], self.below[gone]

    def line(self, id: str) -> Iterator[str]:
        """An item and those it stands under, the nearest first."""
        while id != ROOT:
            yield id
            id = self.above[id]

    def under(self, id: str) -> Iterator[str]:
        """An item and all below it."""
        yield id
        for child in self.below[id]:
            yield from self.under(child)

    def levels(self, id: str = ROOT) -> int:
        """How many levels stand below an item, or in the whole menu."""
        return max((1 + self.levels(child) for child in self.below[id]), default=0)

    def nested(self, parent: str = ROOT) -> list[dict[str, Any]]:
        """The items below one, as a document keeps them."""
        return [{**self.items[id], "children": self.nested(id)} for id in self.below[parent]]

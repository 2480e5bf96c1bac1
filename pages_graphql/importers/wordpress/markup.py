"""Small pieces of HTML as a tree: what a figure or a button is made of."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, its text and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    inside: "list[Node | str]" = field(default_factory=list["Node | str"])

    def every(self) -> "Iterator[Node]":
        """It and all elements in it, in order; however deep."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.inside) if isinstance(child, Node)]

    def find(self, tag: str) -> "list[Node]":
        """The elements of a name in it."""
        return [node for node in self.every() if node.tag == tag]

    @property
    def children(self) -> "list[Node]":
        """The elements right in it."""
        return [child for child in self.inside if isinstance(child, Node)]

    @property
    def has_markup(self) -> bool:
        """Whether there is more in it than text and line breaks."""
        return any(child.tag != "br" for child in self.children)

    @property
    def text(self) -> str:
        """All text in it, on one line."""
        parts: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                parts.append(part)
            else:
                waiting += reversed(part.inside or [" "])
        return " ".join("".join(parts).split())


def tree_of(html: str) -> Node:
    """The elements of some HTML in one without a name; tags that are not closed close with what is around them."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.top


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Node("")
        self._line = [self.top]
        self._opened = Counter[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._line[-1].inside.append(node)
        if tag not in VOID:
            self._line.append(node)
            self._opened[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._line[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._opened[tag]:
            closed = self._line.pop().tag
            self._opened[closed] -= 1
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        self._line[-1].inside.append(data)

"""Where pages live: paths worked out from the slugs of a tree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pages_graphql.core.tenancy import Tenant
from pages_graphql.core.view import choose
from pages_graphql.storage.columns import NIL

Place = tuple[str, str]
"""A locale and a path in it."""


@dataclass(frozen=True)
class Node:
    """A page in the tree: its parent (NIL at the root) and its slug in each of its locales."""

    id: UUID
    parent_key: UUID
    slugs: Mapping[str, str]
    is_home: bool = False


@dataclass
class Tree:
    """Pages with all their ancestors; answers where they live."""

    tenant: Tenant
    nodes: Mapping[UUID, Node]
    _known: dict[str, dict[UUID, str]] = field(default_factory=dict[str, dict[UUID, str]])

    def path(self, id: UUID, locale: str) -> str:
        """Where the page lives in a locale it has; the home page's is its root."""
        return "/" if self.nodes[id].is_home else self.slug_path(id, locale)

    def slug_path(self, id: UUID, locale: str) -> str:
        """The slugs from the root, the home page's own too."""
        return self._below(id, locale, self._known.setdefault(locale, {}))

    def paths(self, id: UUID) -> dict[str, str]:
        """Where the page lives in each of its locales."""
        return {locale: self.path(id, locale) for locale in self.nodes[id].slugs}

    def _below(self, id: UUID, locale: str, known: dict[UUID, str]) -> str:
        path = known.get(id)
        if path is None:
            node = self.nodes[id]
            above = "" if node.parent_key == NIL else self._below(node.parent_key, locale, known)
            slug = node.slugs.get(locale) or node.slugs[choose(self.tenant.chain(locale), node.slugs)]
            path = known[id] = f"{above}/{slug}"
        return path


@dataclass(frozen=True)
class Move:
    """A page whose path in a locale changes; None where it had or has none."""

    id: UUID
    locale: str
    before: str | None
    after: str | None


def moves(before: Mapping[UUID, Mapping[str, str]], after: Mapping[UUID, Mapping[str, str]]) -> list[Move]:
    """What changes from one state of some pages to another, page by page, locale by locale."""
    return [
        Move(id, locale, was.get(locale), now.get(locale))
        for id in dict.fromkeys((*before, *after))
        if (was := before.get(id, {})) != (now := after.get(id, {}))
        for locale in dict.fromkeys((*was, *now))
        if was.get(locale) != now.get(locale)
    ]


def doubled(moved: Iterable[Move]) -> list[Move]:
    """Moves onto a place that another of them takes as well."""
    seen: set[Place] = set()
    found: list[Move] = []
    for move in moved:
        if move.after is not None:
            if (move.locale, move.after) in seen:
                found.append(move)
            seen.add((move.locale, move.after))
    return found

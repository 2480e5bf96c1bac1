"""What the world is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from pages_graphql.core import tags

MOST_PATHS = 1_000

_LISTS: Mapping[str, Sequence[str]] = {
    "page.published": (tags.PAGES,),
    "page.moved": (tags.PAGES, tags.TREE),
    "page.updated": (tags.PAGES, tags.TREE),
    "page.unpublished": (tags.PAGES, tags.TREE),
    "page.deleted": (tags.REDIRECTS,),
    "menu.published": (tags.MENUS,),
    "menu.updated": (tags.MENUS,),
    "menu.unpublished": (tags.MENUS, tags.PLACES),
    "redirect.created": (tags.REDIRECTS,),
    "redirect.deleted": (tags.REDIRECTS,),
}
"""The lists that can be others when something happened that readers see."""


@dataclass(frozen=True)
class PathChange:
    """Where a live page was and is; None where it was or is nowhere."""

    id: UUID
    locale: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Event:
    """Something that happened to one page, menu or redirect; facts, never content.

    `besides` are tags that its paths do not tell; `is_seen` is False where readers see nothing of it but the version.
    """

    name: str
    subject: UUID
    version: int
    revision: int | None = None
    locales: Sequence[str] = ()
    paths: Sequence[PathChange] = ()
    besides: Sequence[str] = ()
    is_seen: bool = True
    chunk: str = "1 of 1"

    @property
    def kind(self) -> str:
        """What it happened to: page, menu or redirect."""
        return self.name.partition(".")[0]

    @property
    def cache_tags(self) -> list[str]:
        """What a cache must drop: the tags of answers that can be others now, sorted."""
        found = {tags.ALL, *self.besides, *(_LISTS.get(self.name, ()) if self.is_seen else ())}
        if self.kind != "redirect":
            found.add(tags.of_version(self.subject))
            if self.is_seen:
                found.add((tags.of_page if self.kind == "page" else tags.of_menu)(self.subject))
        for change in self.paths:
            found.add(tags.of_page(change.id))
            found.update(tags.of_path(path) for path in (change.before, change.after) if path is not None)
        return sorted(found)

    def chunks(self) -> Iterator["Event"]:
        """The same as one or more events of at most a thousand paths, and a thousand tags besides, each."""
        total = max(1, *(-(-len(part) // MOST_PATHS) for part in (self.paths, self.besides)))
        for n in range(total):
            part = slice(n * MOST_PATHS, (n + 1) * MOST_PATHS)
            yield replace(self, paths=self.paths[part], besides=self.besides[part], chunk=f"{n + 1} of {total}")

    def data(self) -> dict[str, object]:
        """The event's data, as the outbox writes it to JSON."""
        return {
            "node_id": str(self.subject),
            "kind": self.kind,
            "version": self.version,
            "revision": self.revision,
            "locales": list(self.locales),
            "paths": self.paths,
            "cache_tags": self.cache_tags,
            "chunk": self.chunk,
        }

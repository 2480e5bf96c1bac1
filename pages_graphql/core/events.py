"""What the world is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

MOST_PATHS = 1_000


@dataclass(frozen=True)
class PathChange:
    """Where a live page was and is; None where it was or is nowhere."""

    id: UUID
    locale: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Event:
    """Something that happened to one page, menu or redirect; facts, never content."""

    name: str
    subject: UUID
    version: int
    revision: int | None = None
    locales: Sequence[str] = ()
    paths: Sequence[PathChange] = ()
    chunk: str = "1 of 1"

    @property
    def kind(self) -> str:
        """What it happened to: page, menu or redirect."""
        return self.name.partition(".")[0]

    def chunks(self) -> Iterator["Event"]:
        """The same as one or more events of at most a thousand paths each."""
        total = max(1, -(-len(self.paths) // MOST_PATHS))
        for n in range(total):
            part = self.paths[n * MOST_PATHS : (n + 1) * MOST_PATHS]
            yield replace(self, paths=part, chunk=f"{n + 1} of {total}")

    def data(self) -> dict[str, object]:
        """The event's data, as the outbox writes it to JSON."""
        return {
            "node_id": str(self.subject),
            "kind": self.kind,
            "version": self.version,
            "revision": self.revision,
            "locales": list(self.locales),
            "paths": self.paths,
            "chunk": self.chunk,
        }

"""Revisions that were read before, made ready for showing: a revision never changes, so what it says is read once."""

from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pages_graphql.core.view import Source
from pages_graphql.core.whole import Document, number

BYTES = 64 * 1024 * 1024
"""How much is kept, measured by the JSON that it was made from."""

MOST_QUESTIONS = 10_000

MOST_SOURCES = 10_000
"""How many rows are kept as they were shown last, a kilobyte each."""


@dataclass(eq=False)
class Shown:
    """What a look was shown last: by the numbers of documents, and by owners, with what is another when they change."""

    by_document: dict[int, Source[Any]] = field(default_factory=dict[int, Source[Any]])
    by_owner: dict[int, tuple[Source[Any], str]] = field(default_factory=dict[int, tuple[Source[Any], str]])
    snapshot: str = ""
    """The snapshot of the database that was seen last, as far as anything is known of it."""
    same: set[int] = field(default_factory=set[int])
    """The owners that are in this snapshot as they were shown last."""

    def forget(self, owner: int, document: int) -> None:
        """Let a document go, and its owner as it was shown with it."""
        source = self.by_document.pop(document)
        known = self.by_owner.get(owner)
        if known and known[0].document is source.document:
            del self.by_owner[owner]
            self.same.discard(owner)

    def show(self, owner: int, source: Source[Any], mark: str) -> None:
        """Note how an owner is shown."""
        self.by_owner[owner] = source, mark
        self.same.discard(owner)

    def was(self, owners: Collection[int]) -> str:
        """The snapshot in which all these are as they were shown last; none that there is where that is not known."""
        return self.snapshot if self.same.issuperset(owners) else ""

    def see(self, snapshot: str, owner: int, known: tuple[Source[Any], str]) -> None:
        """Note that an owner is in a snapshot as it was shown."""
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.same.clear()
        if self.by_owner.get(owner) is known:
            self.same.add(owner)


class Sources:
    """Rows with their documents as they were shown last: while nothing of one changes, it is shown as the same source."""

    def __init__(self, most: int = MOST_SOURCES) -> None:
        """Know none."""
        self._most = most
        self._count = 0
        self._kept: OrderedDict[Hashable, Shown] = OrderedDict()
        self._holders: dict[int, set[Shown]] = {}

    def of(self, look: Hashable) -> Shown:
        """The sources that were shown to a look; looks that are gone for longest go first."""
        found = self._kept.setdefault(look, Shown())
        self._kept.move_to_end(look)
        return found

    def keep(self, look: Hashable, document: int, source: Source[Any]) -> None:
        """Keep a source that is shown to a look, until its document is forgotten."""
        source.number = number()
        shown = self.of(look)
        self._count += document not in shown.by_document
        shown.by_document[document] = source
        self._holders.setdefault(document, set()).add(shown)
        while self._count > self._most:
            self._drop(self._kept.popitem(last=False)[1])

    def forget(self, owner: int, document: int) -> None:
        """Let a document of an owner go, whoever was shown it."""
        holders = self._holders.pop(document, ())
        self._count -= len(holders)
        for shown in holders:
            shown.forget(owner, document)

    def forget_all(self) -> None:
        """Show nothing as before: it may be another server that is asked from now on, which numbers what it keeps anew."""
        self._kept.clear()
        self._holders.clear()
        self._count = 0

    def _drop(self, shown: Shown) -> None:
        self._count -= len(shown.by_document)
        for document in shown.by_document:
            holders = self._holders[document]
            holders.discard(shown)
            if not holders:
                del self._holders[document]


class RevisionCache:
    """Documents ready for showing, by owner and stamp; those that were not asked for longest go first."""

    def __init__(self, most_bytes: int = BYTES) -> None:
        """Know nothing."""
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[int, str], tuple[Any, int]] = OrderedDict()  # numbers hash faster than ids
        self._stamps: dict[int, set[str]] = {}
        self._guesses: OrderedDict[Hashable, tuple[UUID, ...]] = OrderedDict()
        self.sources = Sources()

    def knows(self, owners: Collection[UUID]) -> bool:
        """Whether anything is kept of each of some owners."""
        return self._stamps.keys() >= {owner.int for owner in owners}

    def known(self, owners: Iterable[UUID]) -> set[str]:
        """The stamps of what is kept of some owners."""
        return {stamp for owner in owners for stamp in self._stamps.get(owner.int, ())}

    def find(self, owner: UUID, stamp: str) -> Any:
        """The document; None where it is not kept."""
        same = owner.int, stamp
        found = self._kept.get(same)
        if found is None:
            return None
        self._kept.move_to_end(same)
        return found[0]

    def keep(self, owner: UUID, stamp: str, document: Any, size: int) -> None:
        """Keep a document that was made of so many characters of JSON."""
        if size > self._most or (owner.int, stamp) in self._kept:
            return
        self._kept[owner.int, stamp] = document, size
        self._stamps.setdefault(owner.int, set()).add(stamp)
        self._bytes += size
        while self._bytes > self._most:
            (gone, stamp), (document, size) = self._kept.popitem(last=False)
            self._bytes -= size
            if isinstance(document, Document):
                self.sources.forget(gone, document.number)
            self._stamps[gone].discard(stamp)
            if not self._stamps[gone]:
                del self._stamps[gone]

    def guess(self, question: Hashable) -> tuple[UUID, ...]:
        """The owners that answered a question last time."""
        return self._guesses.get(question, ())

    def remember(self, question: Hashable, owners: tuple[UUID, ...]) -> None:
        """Note whose revisions answered a question."""
        self._guesses[question] = owners
        self._guesses.move_to_end(question)
        if len(self._guesses) > MOST_QUESTIONS:
            _ = self._guesses.popitem(last=False)

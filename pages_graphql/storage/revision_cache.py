"""Revisions that were read before, made ready for showing: a revision never changes, so what it says is read once."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Any
from uuid import UUID

BYTES = 64 * 1024 * 1024
"""How much is kept, measured by the JSON that it was made from."""

MOST_QUESTIONS = 10_000


class RevisionCache:
    """Documents ready for showing, by owner and stamp; those that were not asked for longest go first."""

    def __init__(self, most_bytes: int = BYTES) -> None:
        """Know nothing."""
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[int, str], tuple[Any, UUID, int]] = OrderedDict()  # numbers hash faster than ids
        self._stamps: dict[UUID, set[str]] = {}
        self._guesses: OrderedDict[Hashable, tuple[UUID, ...]] = OrderedDict()

    def known(self, owners: Iterable[UUID]) -> set[str]:
        """The stamps of what is kept of some owners."""
        return {stamp for owner in owners for stamp in self._stamps.get(owner, ())}

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
        self._kept[owner.int, stamp] = document, owner, size
        self._stamps.setdefault(owner, set()).add(stamp)
        self._bytes += size
        while self._bytes > self._most:
            (_, stamp), (_, owner, size) = self._kept.popitem(last=False)
            self._bytes -= size
            self._stamps[owner].discard(stamp)
            if not self._stamps[owner]:
                del self._stamps[owner]

    def guess(self, question: Hashable) -> Iterable[UUID]:
        """The owners that answered a question last time."""
        return self._guesses.get(question, ())

    def remember(self, question: Hashable, owners: Iterable[UUID]) -> None:
        """Note whose revisions answered a question."""
        self._guesses[question] = tuple(owners)
        self._guesses.move_to_end(question)
        if len(self._guesses) > MOST_QUESTIONS:
            _ = self._guesses.popitem(last=False)

"""Parts of answers that a document or a source alone decides: their JSON is made once for each selection, then only copied."""

from collections import OrderedDict
from collections.abc import Callable
from itertools import count
from typing import Any

import orjson

from pages_graphql.api.json import dumps
from pages_graphql.core.view import Source
from pages_graphql.core.whole import Document

BYTES = 32 * 1024 * 1024
"""How much is kept: the JSON, and `OVERHEAD` for each."""

OVERHEAD = 400
"""How many bytes a fragment takes beside its JSON, about."""

Key = tuple[int, str, int]
"""The numbers of a document or a source, and of a function; between them the locale, if it is a document."""

Makes = Callable[[Source[Any], Any, Any, Any], object]
"""A function that a plan has for a part of the answer: of the source, its document, the arguments and who waits."""


class Fragments:
    """JSON by document, locale and function; what was not asked for longest goes first.

    A function is known by its number, so that nothing of a plan is kept alive that nobody will ask for again.
    """

    def __init__(self, most_bytes: int = BYTES) -> None:
        """Know nothing."""
        self._most = most_bytes
        self._bytes = 0
        self._numbers = count()
        self._kept: OrderedDict[Key, tuple[orjson.Fragment, int]] = OrderedDict()
        self.kept = self._kept.get
        """What was kept under a key, with its size; `touch` says that it was asked for."""
        self.touch = self._kept.move_to_end

    def number(self) -> int:
        """A number that no other function has."""
        return next(self._numbers)

    def of(
        self, number: int, function: Makes, source: Source[Any], document: object, arguments: Any, pending: Any
    ) -> object:
        """What the function with a number makes of a document that it looks at alone, as JSON; of other things as it is."""
        if not isinstance(document, Document):
            return function(source, document, arguments, pending)
        same = document.number, source.locale, number
        kept = self.kept(same)
        if kept is None:
            return self.keep(same, function(source, document, arguments, pending))
        self.touch(same)
        return kept[0]

    def keep(self, same: Key, made: object) -> orjson.Fragment:
        """The JSON of what was made, which is kept."""
        text = dumps(made)
        fragment, size = orjson.Fragment(text), len(text) + OVERHEAD
        self._kept[same] = fragment, size
        self._bytes += size
        while self._bytes > self._most:
            _, (_, size) = self._kept.popitem(last=False)
            self._bytes -= size
        return fragment

"""Objects that nobody changes: documents as they are shown, and what of them is wanted as JSON, whole."""

from functools import cached_property
from itertools import count
from typing import Any

import orjson

_numbers = count(1)


def number() -> int:
    """A number that nothing else has that is shown."""
    return next(_numbers)


class Document(dict[str, Any]):
    """What a revision says, ready for showing: it never changes, and has a number that no other has."""

    def __init__(self, content: dict[str, Any]) -> None:
        """Take the content for good."""
        super().__init__(content)
        self.number = number()


class Whole(dict[str, Any]):
    """An object that nobody changes: its text is made once, and goes into answers as it is."""

    @cached_property
    def text(self) -> orjson.Fragment:
        """Its JSON, which `orjson` puts into what it writes without reading it."""
        return orjson.Fragment(orjson.dumps(self))

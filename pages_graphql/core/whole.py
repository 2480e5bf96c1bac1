"""Objects that are wanted as JSON, whole."""

from functools import cached_property
from typing import Any

import orjson


class Whole(dict[str, Any]):
    """An object that nobody changes: its text is made once, and goes into answers as it is."""

    @cached_property
    def text(self) -> orjson.Fragment:
        """Its JSON, which `orjson` puts into what it writes without reading it."""
        return orjson.Fragment(orjson.dumps(self))

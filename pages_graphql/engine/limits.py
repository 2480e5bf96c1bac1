"""Where compiled execution ends: what it does not know, and what it is not sure of. There graphql-core goes on."""

LEFT_TO_CORE = frozenset({"Query._service", "_Service.sdl"})
"""Fields that are graphql-core's for good: the schema's own text, asked for once by each gateway."""

MOST_VARIANTS = 16
"""In how many ways one operation is compiled, by its variables in @skip and @include; further ways are graphql-core's."""


class Unknown(Exception):
    """An operation has what nobody compiles; `reason` is a word for the counter."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class Unsure(Exception):
    """Compiled code met a value that ends in an error or a null that climbs: graphql-core says which."""

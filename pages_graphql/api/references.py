"""How a gateway names what is ours: the fields of a representation as keys, which batches find."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any
from uuid import UUID

from pages_graphql.api.kinds import Load, Reference
from pages_graphql.core.errors import wrong_argument
from pages_graphql.core.ids import MOST_KEPT
from pages_graphql.core.inputs import as_id
from pages_graphql.storage.read import Read

_NOBODY = UUID(int=0)


def by_id(batch: Load) -> Reference:
    """How a gateway names what a batch finds by ids; one that is no UUID finds nothing.

    Ids stay texts until those that many requests ask for are loaded together: UUIDs are slow to make and to compare.
    """

    @wraps(batch)
    async def by_texts(read: Read, ids: Sequence[str]) -> Sequence[Any]:
        return await batch(read, [_id_of(id) for id in ids])

    return Reference(_id, by_texts)


def key_field(given: Mapping[str, Any], name: str) -> str:
    """What a representation says of a field of its key."""
    if not isinstance(given[name], str):
        raise wrong_argument(f"The key field `{name}` is a string.")
    return given[name]


def _id(given: Mapping[str, Any]) -> str:
    id = given["id"]
    return id if id.__class__ is str else key_field(given, "id")


@lru_cache(MOST_KEPT)
def _id_of(text: str) -> UUID:
    return as_id(text) or _NOBODY

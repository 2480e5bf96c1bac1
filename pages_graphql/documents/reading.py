"""Reading documents: what a revision says is read from the database once, and from then on only that it is shown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Row,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
)

from pages_graphql.core.view import Part, Source
from pages_graphql.storage.prepared import is_kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import singles, texts_of

KNOWN = "known"
"""The parameter of a statement that says which revisions need no text."""

WANTED = "with_document"
"""The parameter of a statement that says whether documents are needed at all."""

NONE_KNOWN = "[]"

FEW = 16
"""Of how many documents a statement is told which revisions are known; of more it is asked without texts, if all are."""


def stamp(digest: ColumnElement[Any], number: ColumnElement[Any], renderer: ColumnElement[Any]) -> ColumnElement[str]:
    """What tells a document's revision from its others, and from what it was before it was rendered anew.

    96 bits of the digest are enough for that, and every row carries them.
    """
    return func.substr(digest, 1, 24) + literal(":") + cast(number, String) + literal(":") + cast(renderer, String)


def unless_known(stamp: ColumnElement[str], *texts: ColumnElement[Any]) -> ColumnElement[Any]:
    """Texts of JSON as one array; NULL where the parameter KNOWN has the stamp, or WANTED is false."""
    array: ColumnElement[Any] = literal("[", String()) + texts[0]
    for text in texts[1:]:
        array = array + literal(",", String()) + text
    unwanted = not_(bindparam(WANTED, value=False, type_=Boolean()))
    return case((or_(unwanted, stamp.in_(texts_of(KNOWN))), null()), else_=array + literal("]", String()))


async def with_documents(
    read: Read,
    statement: Select[*tuple[Any, ...]],
    values: Mapping[str, Any],
    make: Callable[..., Any],
    guessed: Collection[UUID] = (),
) -> tuple[Sequence[Row[*tuple[Any, ...]]], Sequence[Any]]:
    """The rows of a statement, and the document of each, which `make` makes of its texts unless it is known.

    The rows have `id`, `stamp` and `texts` (see `unless_known`). Where nobody needs documents, there are none.
    """
    values = {**values, WANTED: Part.DOCUMENT in read.parts}
    cache = read.revisions
    if not values[WANTED]:
        rows = await read.all(statement, **values)
        return rows, [None] * len(rows)
    if cache is None:
        rows = await read.all(statement, **values)
        return rows, [make(*orjson.loads(row.texts)) for row in rows]
    question = None if guessed else (statement, tuple(values.values()))
    owners = guessed or read.guess([question])
    is_all_known = len(owners) > FEW and cache.knows(owners)
    first = {WANTED: False} if is_all_known else {KNOWN: singles(cache.known(owners))}
    rows = await read.all(statement, **{**values, **first})
    documents = [cache.find(row.id, row.stamp) for row in rows]
    if any(document is None and row.texts is None for row, document in zip(rows, documents, strict=True)):
        rows = await read.all(statement, **values)  # what was known is shown no more, or was let go while we waited
        documents = [cache.find(row.id, row.stamp) for row in rows]
    for n, row in enumerate(rows):
        if documents[n] is None:
            documents[n] = make(*orjson.loads(row.texts))
            cache.keep(row.id, row.stamp, documents[n], len(row.texts))
    if question and is_kept(statement):
        read.remember(question, *(row.id for row in rows))
    return rows, documents


def as_before(
    read: Read,
    rows: Sequence[Row[*tuple[Any, ...]]],
    documents: Sequence[Any],
    show: Callable[[Any, Any], Source[Any]],
    width: int,
) -> list[Source[Any]]:
    """Rows with their documents as `show` makes sources of them; each as it was shown before, if none of its first columns changed."""
    pairs = zip(rows, documents, strict=True)
    if read.revisions is None or Part.DOCUMENT not in read.parts:
        return [show(row, document) for row, document in pairs]
    look, sources = (read.view, read.parts), list[Source[Any]]()
    known = read.revisions.sources.of(look).by_document
    for row, document in pairs:
        source = known.get(document.number)
        if source is None or source.row[:width] != row[:width]:
            source = show(row, document)
            if row.texts is None:  # a row with all that its document was made of would take as much memory again
                read.revisions.sources.keep(look, document.number, source)
        sources.append(source)
    return sources

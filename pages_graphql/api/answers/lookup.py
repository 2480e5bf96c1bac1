"""What is kept for a request, told by its headers and by what it asks."""

from collections.abc import Mapping
from time import monotonic
from typing import TypedDict

from starlette.types import Scope

from pages_graphql.api.answers.cache import AnswerCache
from pages_graphql.api.answers.doors import Doors, said_by
from pages_graphql.api.answers.hits import HitLog
from pages_graphql.api.answers.kept import Kept, Written
from pages_graphql.api.requests import RequestHeaders

MOST_QUESTION_BYTES = 32 * 1024
"""How long a question is at most whose answer is kept."""


class Lookup:
    """Finds kept answers; `beyond` are headers of requests whose answers must go through what lies beneath."""

    def __init__(self, cache: AnswerCache, doors: Doors, path: str, beyond: frozenset[bytes] = frozenset()) -> None:
        """Answer what is asked of a path."""
        self.cache, self.doors, self.path = cache, doors, path
        self._beyond = beyond
        self._log = HitLog(path)

    def at_once(self, scope: Scope, body: bytearray) -> Written | None:
        """The answer to a whole request where it is kept and nothing has to be waited for; it counts as given."""
        if scope["path"] != self.path:
            return None
        now, headers = monotonic(), scope["headers"]
        given: dict[bytes, bytes] = dict(headers)
        if len(given) != len(headers) or not self.is_open_to(given):
            return None
        space = self.doors.known(said_by(scope["method"], given), now)
        question = None if space is None else asked(scope, body)
        if space is None or question is None:
            return None
        kept = self.cache.find((space, question), now)
        if kept is None:
            return None
        return kept.whole if self.answered(kept, scope, given, now) else kept.unchanged

    def is_open_to(self, headers: Mapping[bytes, bytes]) -> bool:
        """Whether a request with these headers may be answered without what lies beneath."""
        return self._beyond.isdisjoint(headers)

    def answered(self, kept: Kept, scope: Scope, headers: RequestHeaders, since: float) -> bool:
        """Count and log an answer: whether it is the whole, not only that the caller has it already."""
        known = headers.get(b"if-none-match")
        is_whole = known is None or not kept.is_known(known)
        if is_whole:
            self.cache.hits += 1
        else:
            self.cache.unmodified += 1
        self._log.note(kept, scope["method"], 200 if is_whole else 304, since, headers.get(b"traceparent"))
        return is_whole


class State(TypedDict, total=False):
    """What the application tells at its start whoever serves it; nothing where no answers are kept."""

    lookup: Lookup


def asked(scope: Scope, body: bytes | bytearray) -> bytes | None:
    """What is asked, as it came; None where it is too long."""
    question: bytes = b"?" + scope["query_string"] if scope["method"] == "GET" else bytes(body)
    return question if len(question) <= MOST_QUESTION_BYTES else None

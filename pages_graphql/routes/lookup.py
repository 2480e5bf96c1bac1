"""What a path means to readers: the order of answers, worked out from routes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlmodel import col

from pages_graphql.core.paths import join
from pages_graphql.routes.model import Route, SlugClaim
from pages_graphql.routes.repository import TENANT
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import singles, texts_of


class AnswerKind(Enum):
    """What an asked path leads to."""

    PAGE = "PAGE"
    REDIRECT = "REDIRECT"
    GONE = "GONE"


@dataclass(frozen=True)
class Answer:
    """What a path leads to: a page that lives there, one that did, or one that is no more."""

    kind: AnswerKind
    page_id: UUID
    locale: str
    gone_at: datetime | None = None


@cache
def _at_path() -> Select[*tuple[Any, ...]]:
    own = col(SlugClaim.tenant_id) == TENANT
    lives = exists().where(own, col(SlugClaim.page_id) == Route.page_id, col(SlugClaim.in_live))
    columns = (Route.locale, Route.path, Route.page_id, Route.is_current, Route.gone_at)
    return select(*(col(name) for name in columns), lives.label("lives")).where(
        col(Route.tenant_id) == TENANT,
        col(Route.path).in_(texts_of("paths")),
        col(Route.locale).in_(texts_of("locales")),
    )


async def answers(read: Read, asked: Sequence[tuple[str, ...]]) -> Sequence[Answer | None]:
    """What each asked path, given as its segments, means in the View's locale, else along its chain."""
    paths = [join(segments) for segments in asked]
    chain = read.view.chain
    found: dict[str, dict[str, Answer]] = {path: {} for path in paths}
    for row in await read.all(_at_path(), paths=singles(found), locales=singles(chain)):
        kind = AnswerKind.GONE
        if row.lives:
            kind = AnswerKind.PAGE if row.is_current else AnswerKind.REDIRECT
        found[row.path][row.locale] = Answer(kind, row.page_id, row.locale, row.gone_at)
    return [_first(found[path], chain) for path in paths]


def _first(hits: Mapping[str, Answer], chain: Sequence[str]) -> Answer | None:
    return next((hits[locale] for locale in chain if locale in hits), None)

"""Questions to services on one database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

import orjson
from sqlalchemy import func, select

from benchmarks import asking, deck
from benchmarks.asking import Answer
from benchmarks.content import fill
from benchmarks.pressure import Effort
from benchmarks.questions import Question
from benchmarks.rounds import Load, Rounds, in_turn
from benchmarks.services import Service, Variant
from pages_graphql.pages.model import PagePublication
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database

Results: TypeAlias = Mapping[Variant, Rounds]


async def prepared(url: str, pages: int) -> list[UUID]:
    """The ids of the pages of a new tenant in a new database."""
    await migrations.upgrade(url)
    database = Database(url)
    try:
        return (await fill(database, pages))[1]
    finally:
        await database.close()


async def published(url: str) -> int:
    """How often anything was published."""
    database = Database(url)
    try:
        async with database.connect() as connection:
            return await connection.scalar(select(func.count()).select_from(PagePublication)) or 0
    finally:
        await database.close()


@dataclass(frozen=True)
class Bench:
    """Asks variants of the service; decks are kept in a folder."""

    running: Mapping[Variant, Sequence[Service]]
    folder: Path
    token: str
    effort: Effort

    def measure(self, question: Question, advance: Callable[[], object]) -> Results:
        """What each variant makes of a question, in rounds; SystemExit where the answers differ."""
        requests = [asking.post(operation, self.token) for operation in question.operations]
        self._compare(question, requests[0])
        file = self.folder / "deck"
        deck.write(file, requests)
        return in_turn({variant: Load(each, file) for variant, each in self.running.items()}, self.effort, advance)

    def unchanged(self, question: Question, advance: Callable[[], object]) -> Results:
        """What the variants that give tags make of a question whose answer the asker has; nothing where none does."""
        operation = question.operations[0]
        loads: dict[Variant, Load] = {}
        for variant, services in self.running.items():
            port = services[0].port
            etag = None if variant.is_bare else asking.ask(port, asking.get(operation)).etag
            again = asking.get(operation, etag)
            if variant.is_bare or (etag and asking.ask(port, again).status == 304):
                loads[variant] = Load(services, self.folder / f"deck-{len(loads)}")
                deck.write(loads[variant].deck, [again])
        return in_turn(loads, self.effort, advance) if any(not variant.is_bare for variant in loads) else {}

    def _compare(self, question: Question, request: bytes) -> None:
        answers = [
            check(f"{question.name}: {variant.name}", asking.ask(service.port, request))
            for variant, services in self.running.items()
            for service in services
            if not variant.is_bare
        ]
        if not question.writes and len(set(answers)) > 1:
            raise SystemExit(f"{question.name}: the answers differ")


def check(name: str, answer: Answer) -> bytes:
    """The bytes of an answer; SystemExit where it has not all that was asked for, or problems."""
    body = orjson.loads(answer.body)
    values = body.get("data", {}).values()
    problems = [value["problems"] for value in values if isinstance(value, dict) and value.get("problems")]
    if answer.status != 200 or "errors" in body or problems or not all(values):
        raise SystemExit(f"{name} answers {answer.status}: {answer.body[:500].decode()}")
    return answer.body

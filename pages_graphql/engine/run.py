"""Running a plan: its root fields together, then what is related, wave by wave."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pages_graphql.api.context import Context
from pages_graphql.api.kinds import Load
from pages_graphql.core.view import Source, View
from pages_graphql.engine.plan import Awaited, Coerced, Pending, Plan
from pages_graphql.engine.roots import Alone, all_of
from pages_graphql.engine.variables import Given

_NO_ARGUMENTS: Mapping[str, Any] = {}


@dataclass(slots=True)
class Together:
    """What one batch loads: for each key, the objects that wait for it."""

    batch: Load
    view: View
    arguments: Mapping[str, Any]
    takers: dict[Any, list[tuple[dict[str, Any], Source[Any], Awaited]]] = field(
        default_factory=dict[Any, "list[tuple[dict[str, Any], Source[Any], Awaited]]"]
    )


async def run(plan: Plan, context: Context, variables: dict[str, Any], given: Given) -> dict[str, Any]:
    """The data of the operation; any exception means that graphql-core has to say what is wrong."""
    coerced = plan.arguments(variables, given)
    context.reads = plan.reads
    pending: Pending = [[] for _ in plan.relations]
    asking = Alone(context) if plan.is_alone else context
    calls = [root.ask(asking, _of(coerced, root.arguments)) for root in plan.roots if root.ask]
    answers = iter(await all_of(calls))
    data = {
        root.response: root.complete(None, next(answers) if root.ask else None, coerced, pending) for root in plan.roots
    }
    while any(pending):
        wave = _wave(plan, coerced, pending)
        pending = [[] for _ in plan.relations]
        loads = [context.batch(one.batch, one.view, list(one.takers), **one.arguments) for one in wave]
        for one, values in zip(wave, await all_of(loads), strict=True):
            for takers, value in zip(one.takers.values(), values, strict=True):
                for waiting, source, relation in takers:
                    waiting[relation.response] = relation.finish(source, value, coerced, pending)
    return data


def _wave(plan: Plan, coerced: Coerced, pending: Pending) -> list[Together]:
    """What is waited for, gathered by batch, View and arguments."""
    wave: dict[Hashable, Together] = {}
    for relation, waits in zip(plan.relations, pending, strict=True):
        one: Together | None = None
        arguments = _of(coerced, relation.arguments)
        for waiting, key, source in waits:
            if one is None or one.view is not source.view:
                same = relation.batch, source.view, tuple(arguments.items())
                one = wave.setdefault(same, Together(relation.batch, source.view, arguments))
            one.takers.setdefault(key, []).append((waiting, source, relation))
    return list(wave.values())


def _of(coerced: Coerced, number: int | None) -> Mapping[str, Any]:
    return _NO_ARGUMENTS if number is None else coerced[number]

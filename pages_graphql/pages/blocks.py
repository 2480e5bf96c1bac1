"""The blocks of a page: checked by their types when they come in, merged for a locale and sanitised going out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeAlias

import orjson
from pydantic import ValidationError

from pages_graphql.core.errors import Invalid, Problem
from pages_graphql.core.inputs import faults
from pages_graphql.core.json_schema import DRAFT
from pages_graphql.core.limits import Limits
from pages_graphql.core.tenancy import Tenant
from pages_graphql.documents.render import PageBodyFormat, Rendered, render
from pages_graphql.pages.block_data import DATA, BlockData
from pages_graphql.pages.content import Block, patched, stored

Data = dict[str, Any]
Render: TypeAlias = Callable[[Mapping[str, Any]], dict[str, Any]]
Check: TypeAlias = Callable[[Data], tuple[Data, list[Problem]]]


MOST_REMEMBERED, TEXTS_REMEMBERED = 16_384, 512
"""Texts of at most so many characters are remembered as they were rendered, at most so many of them."""


class BlockTypeRow(NamedTuple):
    """A type of block that a tenant's pages may have."""

    name: str
    description: str
    json_schema: Mapping[str, Any]
    is_custom: bool


@cache
def _own() -> list[BlockTypeRow]:
    return [
        BlockTypeRow(name, model.__doc__ or "", {"$schema": DRAFT, **model.model_json_schema()}, is_custom=False)
        for name, model in DATA.items()
    ]


def block_types(tenant: Tenant) -> list[BlockTypeRow]:
    """The types of block that a tenant's pages may have: what all tenants have, then its own by name."""
    custom = sorted(tenant.block_types, key=lambda type_: type_.name)
    return [
        *_own(),
        *(BlockTypeRow(type_.name, type_.description, type_.schema.document, is_custom=True) for type_ in custom),
    ]


def checked(block: Block, tenant: Tenant, limits: Limits) -> tuple[Data, list[Problem]]:
    """The block as a document keeps it (without an id), and all that is wrong with it."""
    kept: Data = {"type": block.type, "data": {}}
    check = _check(block.type, tenant)
    if check is None:
        return kept, [Invalid(f"There is no block type “{block.type[:100]}”.", "type")]
    if _size(block) > limits.max_block_bytes:
        return kept, [Invalid(f"The data of a block is at most {limits.max_block_bytes} bytes of JSON.", "data")]
    kept["data"], problems = check(patched({}, block.data))
    is_fine = not problems
    problems = [problem.under("data") for problem in problems]
    overrides: dict[str, Data] = {}
    for n, override in enumerate(block.overrides or ()):
        if override.locale not in tenant.by_locale:
            problems.append(Invalid(f"The tenant has no locale “{override.locale}”.", "overrides", n, "locale"))
        if override.locale in overrides:
            problems.append(Invalid("One override per locale.", "overrides", n, "locale"))
        overrides[override.locale] = change = override.data or {}
        wrong = check(patched({}, patched(block.data, change)))[1] if is_fine else []
        problems += [problem.under("overrides", n, "data") for problem in wrong]
    if overrides := {locale: change for locale, change in overrides.items() if change}:
        kept["overrides"] = overrides
    return kept, problems


def _size(block: Block) -> int:
    return len(orjson.dumps([block.data, [override.data for override in block.overrides or ()]]))


def _check(name: str, tenant: Tenant) -> Check | None:
    """What makes of data what is kept, and all that is wrong with it, by its type; None for an unknown type."""
    if model := DATA.get(name):
        return lambda data: _validated(model, data)
    if custom := tenant.by_block_type.get(name):
        return lambda data: (data, custom.schema.faults(data))
    return None


def _validated(model: type[BlockData], data: Data) -> tuple[Data, list[Problem]]:
    try:
        return stored(model.model_validate(data)), []
    except ValidationError as error:
        return {}, list(faults(error))


def merged(block: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """The data of a stored block as it is in a locale."""
    change = block.get("overrides", {}).get(locale)
    return patched(block["data"], change) if change else block["data"]


def source(type: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The rich text of a block as it was written: format and content; empty where there is none."""
    model = DATA.get(type)
    part = data.get(model.rich_text) if model and model.rich_text else None
    if isinstance(part, str):
        return {"format": PageBodyFormat.HTML.value, "content": part}
    return {"format": PageBodyFormat.MARKDOWN.value, **part} if part else {}


def served(type: str, data: Mapping[str, Any], html: str) -> Mapping[str, Any]:
    """The data as readers get it: what was written as HTML is sanitised."""
    model = DATA.get(type)
    if model is None or model.rich_text is None or source(type, data)["format"] != PageBodyFormat.HTML.value:
        return data
    part = data[model.rich_text]
    return {**data, model.rich_text: html if isinstance(part, str) else {**part, "content": html}}


def render_text(written: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a text beside its revision: HTML, plain text and the number of words."""
    format, content = PageBodyFormat(written["format"]), written["content"]
    made = _rendered(format, content) if len(content) <= MOST_REMEMBERED else render(format, content)
    return {"html": made.html, "text": made.text, "words": made.word_count}


@lru_cache(TEXTS_REMEMBERED)
def _rendered(format: PageBodyFormat, content: str) -> Rendered:
    """A text rendered; most of a document is as it was before the edit."""
    return render(format, content)


def rendered(blocks: Sequence[Mapping[str, Any]], render: Render) -> Iterator[tuple[str, dict[str, Any]]]:
    """By block: its rich text rendered, once for all locales ('') and once for each that overrides."""
    for block in blocks:
        texts = {locale: source(block["type"], merged(block, locale)) for locale in ("", *block.get("overrides", ()))}
        if any(texts.values()):
            yield block["id"], {locale: render(text) for locale, text in texts.items() if text}

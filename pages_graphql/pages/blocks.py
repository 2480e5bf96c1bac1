"""The blocks of a page: a model per type checks what comes in, and says where its rich text is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import orjson
from pydantic import ValidationError

from pages_graphql.core.errors import Invalid, Problem
from pages_graphql.core.inputs import Input, faults
from pages_graphql.core.limits import Limits
from pages_graphql.documents.render import PageBodyFormat, render
from pages_graphql.pages.content import Block, Body, Image, Line, Link, patched, stored


class BlockData(Input):
    """The data of a block."""

    rich_text: ClassVar[str | None] = None
    """The name of the part that is rich text, where there is one."""


class Hero(BlockData):
    """A large opening: a title over a picture, with a call to act."""

    title: Line
    subtitle: Line | None = None
    background_image: Image | None = None
    cta: Link | None = None


class Text(BlockData):
    """Rich text."""

    rich_text = "text"

    text: Body


DATA: dict[str, type[BlockData]] = {"hero": Hero, "text": Text}


def checked(block: Block, locales: Sequence[str], limits: Limits) -> tuple[dict[str, Any], list[Problem]]:
    """The block as a document keeps it (without an id), and all that is wrong with it."""
    model = DATA.get(block.type)
    if model is None:
        return {"type": block.type, "data": {}}, [Invalid(f"There is no block type “{block.type}”.", "type")]
    problems = [] if _size(block) <= limits.max_block_bytes else [_too_large(limits)]
    data, wrong = _validated(model, block.data, "data")
    problems += wrong
    overrides: dict[str, Any] = {}
    for n, override in enumerate(block.overrides or ()):
        if override.locale not in locales:
            problems.append(Invalid(f"The tenant has no locale “{override.locale}”.", "overrides", n, "locale"))
        if override.locale in overrides:
            problems.append(Invalid("One override per locale.", "overrides", n, "locale"))
        overrides[override.locale] = override.data or {}
        if not wrong:
            problems += _validated(model, patched(block.data, override.data or {}), "overrides", n, "data")[1]
    kept = {"type": block.type, "data": data}
    if overrides := {locale: change for locale, change in overrides.items() if change}:
        kept["overrides"] = overrides
    return kept, problems


def _size(block: Block) -> int:
    return len(orjson.dumps([block.data, [override.data for override in block.overrides or ()]]))


def _too_large(limits: Limits) -> Problem:
    return Invalid(f"The data of a block is at most {limits.max_block_bytes} bytes of JSON.", "data")


def _validated(model: type[BlockData], data: Any, *path: str | int) -> tuple[dict[str, Any], list[Problem]]:
    try:
        return stored(model.model_validate(patched({}, data))), []
    except ValidationError as error:
        return {}, list(faults(error, *path))


def merged(block: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """The data of a stored block as it is in a locale."""
    change = block.get("overrides", {}).get(locale)
    return patched(block["data"], change) if change else block["data"]


def source(type: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The rich text of a block as it was written: format and content; empty where there is none."""
    model = DATA.get(type)
    part = data.get(model.rich_text) if model and model.rich_text else None
    return {"format": "HTML", "content": part} if isinstance(part, str) else part or {}


def served(type: str, data: Mapping[str, Any], html: str | None) -> Mapping[str, Any]:
    """The data as readers get it: what was written as HTML is sanitised."""
    model = DATA.get(type)
    if html is None or model is None or model.rich_text is None or source(type, data)["format"] != "HTML":
        return data
    part = data[model.rich_text]
    return {**data, model.rich_text: html if isinstance(part, str) else {**part, "content": html}}


def render_text(written: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a text beside its revision: HTML, plain text and the number of words."""
    made = render(PageBodyFormat(written["format"]), written["content"])
    return {"html": made.html, "text": made.text, "words": made.word_count}


def rendered(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """By block: its rich text rendered, once for all locales ('') and once for each that overrides."""
    for block in blocks:
        texts = {locale: source(block["type"], merged(block, locale)) for locale in ("", *block.get("overrides", ()))}
        if any(texts.values()):
            yield block["id"], {locale: render_text(text) for locale, text in texts.items() if text}

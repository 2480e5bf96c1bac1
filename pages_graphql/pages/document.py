"""A page's document: made for keeping, and made ready for showing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

import orjson

from pages_graphql.core.text import canonical_json
from pages_graphql.core.whole import Whole
from pages_graphql.documents.references import Pointer
from pages_graphql.documents.sanitise import sanitise
from pages_graphql.pages import blocks
from pages_graphql.pages.pointers import pointers

_TEXT: dict[str, Any] = {"html": "", "text": "", "words": 0}
"""The parts of a rendered text."""

EMPTY: Mapping[str, Any] = {"metadata": {}, "translations": {}, "blocks": []}


def rendered(content: Mapping[str, Any], render: blocks.Render = blocks.render_text) -> str:
    """All rich text of a document, rendered, as canonical JSON: what is kept beside the revision."""
    return canonical_json(rendering(content, render))


def rendering(content: Mapping[str, Any], render: blocks.Render) -> dict[str, Any]:
    """What `render` makes of each rich text of a document."""
    bodies = {locale: render(text["body"]) for locale, text in content["translations"].items() if "body" in text}
    return {"bodies": bodies, "blocks": dict(blocks.rendered(content["blocks"], render))}


def can_be_served(content: Mapping[str, Any], made: str) -> bool:
    """Whether what came in as the rendering of a document has its shape, and nothing that sanitising would change."""
    try:
        return _fits(orjson.loads(made), rendering(content, lambda _: _TEXT))
    except orjson.JSONDecodeError:
        return False


def _fits(made: Any, shape: Mapping[str, Any]) -> bool:
    if not isinstance(made, dict):
        return False
    parts = cast("dict[str, Any]", made)
    if parts.keys() != shape.keys():
        return False
    if shape is not _TEXT:
        return all(_fits(parts[name], shape[name]) for name in shape)
    html, text, words = parts["html"], parts["text"], parts["words"]
    return isinstance(text, str) and isinstance(words, int) and isinstance(html, str) and sanitise(html) == html


def shown(document: dict[str, Any], made: dict[str, Any], moments: dict[str, str]) -> dict[str, Any]:
    """The document ready for reading: texts with what was rendered of them, blocks merged for each locale."""
    document["metadata"] = Whole(document["metadata"])
    overridden = {locale for block in document["blocks"] for locale in block.get("overrides", ())}
    shared = [_block(block, made["blocks"], "") for block in document["blocks"]]
    for locale, text in document["translations"].items():
        text["locale"] = locale
        text["updatedAt"] = datetime.fromisoformat(moments[locale])
        if "body" in text:
            text["body"] |= made["bodies"][locale]
        own = locale in overridden
        text["blocks"] = [_block(block, made["blocks"], locale) for block in document["blocks"]] if own else shared
    return document


def _block(block: Mapping[str, Any], made: Mapping[str, Any], locale: str) -> dict[str, Any]:
    texts = made.get(block["id"], {})
    text = texts.get(locale) or texts.get("")
    data = blocks.merged(block, locale)
    return {
        "id": block["id"],
        "type": block["type"],
        "data": data,
        "served": Whole(blocks.served(block["type"], data, text["html"]) if text else data),
        "sharedData": block["data"],
        "overrides": block.get("overrides", {}),
        "text": {**blocks.source(block["type"], data), **text} if text else None,
    }


def references(content: Mapping[str, Any]) -> list[Pointer]:
    """What a document points at: pages that its blocks link to, and other subgraphs' entities."""
    found = [
        pointer
        for locale, text in content["translations"].items()
        for pointer in pointers(text.get("seo", {}), ("translations", locale, "seo"))
    ]
    for n, block in enumerate(content["blocks"]):
        found += pointers(block["data"], ("blocks", str(n), "data"))
        for locale, change in block.get("overrides", {}).items():
            found += pointers(change, ("blocks", str(n), "overrides", locale))
    return found

"""The rules of a page's content: what an input makes of a document, and all that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pages_graphql.core.errors import Invalid, NotFound, Problem
from pages_graphql.core.limits import Limits
from pages_graphql.core.tenancy import Tenant
from pages_graphql.core.text import normalise_slug, slug_from
from pages_graphql.documents.references import EntityKind
from pages_graphql.documents.translations import without, wrong_locales
from pages_graphql.pages.blocks import checked
from pages_graphql.pages.content import Block, Translation, patched, stored
from pages_graphql.pages.pointers import pointers

Content = dict[str, Any]


@dataclass
class Edit:
    """A document being edited: each step changes `content` and gathers what is wrong in `problems`."""

    content: Content
    tenant: Tenant
    limits: Limits
    new_id: Callable[[], UUID]
    problems: list[Problem] = field(default_factory=list[Problem])
    links: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    """The places of the input that link to pages, and to which."""

    def translate(self, translations: Sequence[Translation], *, title_needed: bool = False) -> None:
        """Write translations: what is not given stays as it is, null clears; a new one has a title."""
        texts: Content = dict(self.content["translations"])
        wrong = wrong_locales(self.tenant, [translation.locale for translation in translations])
        self.problems += [problem.under("translations") for problem in wrong]
        for n, translation in enumerate(translations):
            locale = translation.locale
            texts[locale] = self._text(texts.get(locale, {}), translation, "translations", n)
        if title_needed and not translations:
            self._wrong("A page says something in at least one locale.", "translations")
        self.content = {**self.content, "translations": texts}

    def remove(self, locales: Sequence[str], *, others_come: bool = False) -> None:
        """Take translations away; one stays, unless others come in the same change."""
        texts, problems = without(self.content["translations"], locales)
        self.problems += [problem.under("removeLocales") for problem in problems]
        if locales and not texts and not others_come:
            self._wrong("A page says something in at least one locale.", "removeLocales")
        self.content = {**self.content, "translations": texts}

    def replace_blocks(self, blocks: Sequence[Block]) -> None:
        """Put these blocks in the place of all; an id keeps its block, no id makes a new one."""
        if len(blocks) > self.limits.max_blocks:
            self._wrong(f"A page has at most {self.limits.max_blocks} blocks.", "blocks")
        known = {block["id"] for block in self.content["blocks"]}
        kept: list[Content] = []
        for n, block in enumerate(blocks):
            made = self.block(block, known, "blocks", n)
            if any(made["id"] == other["id"] for other in kept):
                self._wrong("This block is given twice.", "blocks", n, "id")
            kept.append(made)
        self.content = {**self.content, "blocks": kept}

    def block(self, block: Block, known: set[str], *path: str | int) -> Content:
        """A block as the document keeps it; its id is one that the draft has, or a new one."""
        made, wrong = checked(block, self.tenant, self.limits)
        if block.id is not None and block.id not in known:
            wrong.append(NotFound("block", block.id, "id"))
        self.problems += [problem.under(*path) for problem in wrong]
        if not wrong:
            self._follow(block.data, *path, "data")
            for n, override in enumerate(block.overrides or ()):
                self._follow(override.data, *path, "overrides", n, "data")
        return {"id": block.id or str(self.new_id()), **made}

    def describe(self, metadata: dict[str, Any] | None) -> None:
        """Replace the metadata; None empties it."""
        self.content = {**self.content, "metadata": metadata or {}}

    def _follow(self, data: Any, *path: str | int) -> None:
        place = tuple(str(step) for step in path)
        self.links |= {found.path: found.id for found in pointers(data, place) if found.kind is EntityKind.PAGE}

    def _text(self, before: Content, translation: Translation, *path: str | int) -> Content:
        change = translation.plain()
        _ = change.pop("locale")
        slug = normalise_slug(change.pop("slug", None) or "")
        body = change.pop("body", None) if translation.given("body") else before.get("body")
        after = patched({name: value for name, value in before.items() if name != "body"}, change)
        title = after.get("title", "")
        after["slug"] = slug or before.get("slug") or slug_from(title)
        if body is not None:
            after["body"] = stored(translation.body) if translation.body else body
        self.problems += [problem.under(*path) for problem in self._faults(after, slug)]
        return after

    def _faults(self, text: Content, slug: str) -> Iterator[Problem]:
        title = text.get("title", "")
        if not title.strip() or len(title) > self.limits.max_title:
            yield Invalid(f"A title has 1 to {self.limits.max_title} characters.", "title")
        if len(slug) > self.limits.max_slug:
            yield Invalid(f"A slug has at most {self.limits.max_slug} characters.", "slug")
        if len(text.get("body", {}).get("content", "").encode()) > self.limits.max_body_bytes:
            yield Invalid(f"A body has at most {self.limits.max_body_bytes} bytes.", "body", "content")

    def _wrong(self, message: str, *path: str | int) -> None:
        self.problems.append(Invalid(message, *path))


def slugs(content: Mapping[str, Any]) -> dict[str, str]:
    """The slug of each translation."""
    return {locale: text["slug"] for locale, text in content["translations"].items()}

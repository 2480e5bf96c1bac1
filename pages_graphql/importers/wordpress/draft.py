"""What of a planned page is asked for here: the input of a use case, made to keep the rules."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pages_graphql.core.text import SLUG_LENGTH, cut, normalise_slug, slug_from
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.wordpress.scratch import PagePlan
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.importers.wordpress.text import plain

TEMPLATE_LENGTH = 100
DESCRIPTION_LENGTH = 1_000


@dataclass
class PageDraft:
    """A page to be made: how the report calls it, the input, and whether readers shall see it."""

    what: str
    given: dict[str, Any]
    publish: bool


def draft_of(page: PagePlan, target: Target, what: str, parent: UUID | None) -> PageDraft:
    """The page to make of a planned one; what does not fit is cut or left out, and reported."""
    text: dict[str, Any] = {"locale": target.locale, "title": _title(page, target, what)}
    if slug := _slug(page, text["title"], target, what):
        text["slug"] = slug
    if html := _html(page, target, what):
        text["body"] = {"format": "HTML", "content": html}
    if description := cut(plain(page.excerpt), DESCRIPTION_LENGTH):
        text["seo"] = {"description": description}
    facts = {"id": page.id} | ({"createdAt": page.created_at.isoformat()} if page.created_at else {})
    given = {
        "parentId": parent and str(parent),
        "template": _template(page, target, what),
        "metadata": {"wordpress": facts},
        "translations": [text],
        "note": f"WordPress page {page.id}" + (f", by {page.author}" if page.author else ""),
    }
    return PageDraft(what, given, page.is_published)


def _title(page: PagePlan, target: Target, what: str) -> str:
    most = target.limits.max_title
    if len(page.title) > most:
        target.report.add(EntryKind.CHANGED, what, f"its title is cut to {most} characters")
    return cut(page.title, most)


def _slug(page: PagePlan, title: str, target: Target, what: str) -> str | None:
    if page.slug is None:
        return None
    slug = cut(normalise_slug(page.slug), min(SLUG_LENGTH, target.limits.max_slug)).rstrip("-")
    if slug != page.slug:
        written = slug or slug_from(title)
        target.report.add(EntryKind.CHANGED, what, f"its slug “{page.slug}” is written “{written}” here")
    return slug or None


def _html(page: PagePlan, target: Target, what: str) -> str:
    size, most = len(page.html.encode()), target.limits.max_body_bytes
    if size <= most:
        return page.html if page.html.strip() else ""
    target.report.add(EntryKind.LEFT_OUT, f"body of {what}", f"it has {size:,} bytes, and {most:,} are the most")
    return ""


def _template(page: PagePlan, target: Target, what: str) -> str | None:
    if page.template is None or len(page.template) <= TEMPLATE_LENGTH:
        return page.template
    target.report.add(EntryKind.LEFT_OUT, f"template of {what}", f"its name is too long: {page.template}")
    return None

"""What of a planned page is asked for here: the input of a use case, made to keep the rules."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pages_graphql.core.text import cut, slug_from
from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.wordpress.attachments import picture
from pages_graphql.importers.wordpress.content import Converted, converted
from pages_graphql.importers.wordpress.here import Here
from pages_graphql.importers.wordpress.scratch import PagePlan
from pages_graphql.importers.wordpress.site_links import written_slug
from pages_graphql.importers.wordpress.target import Target
from pages_graphql.importers.wordpress.text import plain

TEMPLATE_LENGTH = 100
DESCRIPTION_LENGTH = 1_000
NAMED_MOST = 10


@dataclass
class PageDraft:
    """A page to be made: how the report calls it, the input, its date, and whether readers shall see it."""

    what: str
    given: dict[str, Any]
    publish: bool
    created_at: datetime | None
    links: int
    waits: bool


def draft_of(page: PagePlan, target: Target, what: str, parent: UUID | None, here: Here) -> PageDraft:
    """The page to make of a planned one; what does not fit is cut or left out, and reported."""
    content = _content(page, target, what, here)
    text: dict[str, Any] = {"locale": target.locale, "title": _title(page, target, what)}
    if slug := _slug(page, text["title"], target, what):
        text["slug"] = slug
    if content.body:
        text["body"] = {"format": "HTML", "content": content.body}
    if seo := _seo(page, target, what, here):
        text["seo"] = seo
    given = {
        "parentId": parent and str(parent),
        "template": _template(page, target, what),
        "metadata": {"wordpress": _facts(page)},
        "translations": [text],
        "blocks": content.blocks,
        "note": f"WordPress {page.type} {page.id}" + (f", by {page.author}" if page.author else ""),
    }
    return PageDraft(what, given, page.is_published, page.created_at, here.links, here.waits)


def _facts(page: PagePlan) -> dict[str, Any]:
    """What WordPress says of a page that has no other place here."""
    facts = {
        "type": page.type if page.type != "page" else None,
        "createdAt": page.created_at and page.created_at.isoformat(),
        "modifiedAt": page.modified_at and page.modified_at.isoformat(),
        "terms": page.terms,
        "excerpt": plain(page.excerpt) if "description" in page.seo else None,
    }
    return {"id": page.id, **{name: fact for name, fact in facts.items() if fact}}


def _seo(page: PagePlan, target: Target, what: str, here: Here) -> dict[str, Any]:
    """What its plugin says; else its excerpt is the description. Its featured picture is that of the page."""
    seo = dict(page.seo)
    if description := seo.get("description") or cut(plain(page.excerpt), DESCRIPTION_LENGTH):
        seo["description"] = description
    if page.picture_id is not None:
        attachment = here.attachment(page.picture_id)
        image = attachment and picture(attachment)
        if image:
            seo["image"] = image
        else:
            why = f"the attachment {page.picture_id} is not in the file, or has no address that may stand here"
            target.report.add(EntryKind.LEFT_OUT, f"featured picture of {what}", why)
    return seo


def _title(page: PagePlan, target: Target, what: str) -> str:
    most = target.limits.max_title
    if len(page.title) > most:
        target.report.add(EntryKind.CHANGED, what, f"its title is cut to {most} characters")
    return cut(page.title, most)


def _slug(page: PagePlan, title: str, target: Target, what: str) -> str | None:
    if page.slug is None:
        return None
    slug = written_slug(page.slug, title, target.limits.max_slug)
    if slug != page.slug:
        target.report.add(EntryKind.CHANGED, what, f"its slug “{page.slug}” is written “{slug}” here")
    return slug


def slug_of(draft: PageDraft) -> str:
    """The slug that a page asks for."""
    text = draft.given["translations"][0]
    return text.get("slug") or slug_from(text["title"])


def _content(page: PagePlan, target: Target, what: str, here: Here) -> Converted:
    """What its content becomes, with a word in the report where that is not plainly what WordPress has."""
    content = converted(page.html, here, target.limits)
    said = {
        "its blocks are taken as one body: " + content.why_body: content.why_body,
        f"{content.unfolded} of its columns, groups and rows are unfolded": content.unfolded and content.blocks,
        f"stays HTML: {_named(content)}": content.kept_as_html and content.blocks,
        _referred(content): content.referred,
        f"its shortcodes stay as they are written: {', '.join(content.shortcodes[:NAMED_MOST])}": content.shortcodes,
    }
    for why, is_so in said.items():
        if is_so:
            target.report.add(EntryKind.CHANGED, what, why)
    size, most = len(content.body.encode()), target.limits.max_body_bytes
    if size <= most:
        return content
    target.report.add(EntryKind.LEFT_OUT, f"body of {what}", f"it has {size:,} bytes, and {most:,} are the most")
    return replace(content, body="")


def _referred(content: Converted) -> str:
    ids = ", ".join(content.referred[:NAMED_MOST])
    return (
        f"stays a reference: reusable block {ids}, which is not in the file, not published, or says something else here"
    )


def _named(content: Converted) -> str:
    kinds = [f"{count} {name}" for name, count in content.kept_as_html.most_common(NAMED_MOST)]
    more = len(content.kept_as_html) - len(kinds)
    return ", ".join(kinds) + (f" and {more} other types of block" if more else "")


def _template(page: PagePlan, target: Target, what: str) -> str | None:
    if page.template is None or len(page.template) <= TEMPLATE_LENGTH:
        return page.template
    target.report.add(EntryKind.LEFT_OUT, f"template of {what}", f"its name is too long: {page.template}")
    return None

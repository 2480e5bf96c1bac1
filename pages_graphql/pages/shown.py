"""What is worked out of a page when it is shown: pure functions of its source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import orjson

from pages_graphql.api.kinds import Key
from pages_graphql.api.view import known_locale
from pages_graphql.core.access import Drafts, Permission
from pages_graphql.core.view import ContentStatus, Part, Source, of_document, reads
from pages_graphql.documents import render
from pages_graphql.documents import shown as documents
from pages_graphql.documents.model import status_of
from pages_graphql.documents.render import PageBodyFormat
from pages_graphql.documents.revisions import RevisionRow
from pages_graphql.pages.block_data import video_provider
from pages_graphql.pages.repository.rows import PageSource

_DESCRIPTION = 160
"""Characters of a description made from the body: what search engines show of one."""

_EXCERPT = 180
"""Characters of an excerpt where nobody says how many."""

VIEWER_PERMISSIONS = (
    Permission.PAGES_UPDATE,
    Permission.PAGES_DELETE,
    Permission.PAGES_PUBLISH,
    Permission.PAGES_MANAGE,
)


def edits(page: PageSource) -> bool:
    """Whether the caller may change the page."""
    return page.view.actor.may(Permission.PAGES_UPDATE, page.row.author_id)


def reads_draft(page: PageSource) -> bool:
    """Whether the caller may read the page's draft."""
    drafts = page.view.actor.drafts("pages")
    return drafts is Drafts.ALL or (drafts is Drafts.OWN and page.row.author_id == page.view.actor.id)


@reads(Part.FACTS)
def status(page: PageSource) -> ContentStatus:
    """Where in its life the page is."""
    return status_of(page.row.live_revision, page.row.archived_at)


@reads(Part.FACTS)
def has_unpublished_changes(page: PageSource) -> bool:
    """Whether the draft differs from what readers see; nobody's business without a right to the draft."""
    return reads_draft(page) and page.row.draft_hash != page.row.live_hash


@reads(Part.FACTS)
def channels(page: PageSource) -> list[str]:
    """The channels that see the page."""
    return orjson.loads(page.row.channels)


@reads()
def itself(page: PageSource) -> PageSource:
    """The page, for what is loaded by more of it than its id."""
    return page


@reads(Part.DOCUMENT, Part.PATHS)
def path(page: PageSource) -> str:
    """The path in the locale shown; empty where the tenant's locales changed and routes not yet."""
    return page.row.paths.get(page.locale, "")


@reads(Part.DOCUMENT, Part.PATHS)
def url(page: PageSource) -> str | None:
    """The whole URL in the View's channel."""
    return page.view.tenant.url(path(page), page.locale, page.view.channel)


@reads(Part.DOCUMENT)
def translation(page: PageSource, locale: str) -> PageSource | None:
    """The page in exactly this locale, which may be written in any way."""
    return _translation(page, known_locale(locale))


def _translation(page: PageSource, locale: str) -> PageSource | None:
    text = page.document["translations"].get(locale)
    return None if text is None else Source(page.row, text, page.view, locale)


@reads(Part.DOCUMENT)
def translations(page: PageSource) -> list[PageSource]:
    """The page in each of its locales."""
    return [found for locale in documents.in_order(page) if (found := _translation(page, locale))]


@reads(Part.DOCUMENT, Part.PATHS)
def alternates(page: PageSource) -> list[Mapping[str, Any]]:
    """Where the page lives in each of its locales."""
    tenant, channel = page.view.tenant, page.view.channel
    return [
        {
            "locale": locale,
            "path": page.row.paths[locale],
            "url": tenant.url(page.row.paths[locale], locale, channel),
            "isDefault": locale == tenant.default_locale,
        }
        for locale in documents.in_order(page)
        if locale in page.row.paths
    ]


@reads(Part.FACTS)
def revision(page: PageSource) -> Source[RevisionRow]:
    """The revision that is shown."""
    shown = replace(documents.revision(page, known=edits(page)), page_at=(page.row.id, page.row.number))
    return Source(shown, None, page.view, page.locale)


@reads(Part.FACTS)
def revisions_key(page: PageSource) -> UUID | None:
    """Whose revisions to list: nobody's for who may not edit."""
    return page.row.id if edits(page) else None


@reads(Part.FACTS)
def viewer_permissions(page: PageSource) -> list[str]:
    """What the caller may do to this page."""
    return page.view.actor.listed(VIEWER_PERMISSIONS, page.row.author_id)


@of_document
def body_format(body: PageSource) -> PageBodyFormat:
    """How the text is written."""
    return PageBodyFormat(body.document["format"])


@reads(Part.DOCUMENT)
def content(body: PageSource) -> str:
    """The text as written; in stage LIVE what was written as HTML is sanitised."""
    safe = body.document["format"] == "HTML" and not body.row.is_draft
    return body.document["html"] if safe else body.document["content"]


@of_document
def excerpt(body: PageSource, length: int | None = _EXCERPT) -> str:
    """The first words of the text."""
    return render.excerpt(body.document["text"], _EXCERPT if length is None else length)


@of_document
def reading_minutes(body: PageSource) -> int:
    """How long reading takes."""
    return render.reading_minutes(body.document["words"])


@of_document
def shown_blocks(page: PageSource, types: list[str] | None = None) -> Sequence[Mapping[str, Any]]:
    """The blocks in the locale shown, of these types only where they are given."""
    found = page.document["translations"][page.locale]["blocks"]
    return found if types is None else [block for block in found if block["type"] in types]


def listed(path: str) -> Callable[[Source[Any]], Sequence[Any]]:
    """What gives the list at a place in the document; an empty one where there is none."""
    place = Key(path)

    @of_document
    def items(source: Source[Any]) -> Sequence[Any]:
        return cast("Sequence[Any]", place.value(source) or [])

    return items


@of_document
def plan_features(plan: PageSource) -> Sequence[str]:
    """What is in a plan."""
    return plan.document.get("features") or []


@of_document
def provider(video: PageSource) -> str | None:
    """Who shows the video."""
    return video_provider(video.document["data"].get("url", ""))


@reads(Part.DOCUMENT, Part.FACTS)
def shared_data(block: PageSource) -> Any:
    """The data as stored, for who may edit."""
    return block.document["sharedData"] if edits(block) else None


@reads(Part.DOCUMENT, Part.FACTS)
def overrides(block: PageSource) -> list[Mapping[str, Any]] | None:
    """What differs by locale, as stored, for who may edit."""
    if not edits(block):
        return None
    return [{"locale": locale, "data": data} for locale, data in block.document["overrides"].items()]


@of_document
def link_key(link: PageSource) -> tuple[UUID | None, str | None]:
    """What a link leads to: a page, or an address."""
    id = link.document.get("pageId")
    return (UUID(id) if id else None), link.document.get("url")


@of_document
def linked_page(link: PageSource) -> UUID | None:
    """The page that a link leads to."""
    return link_key(link)[0]


@of_document
def seo_title(text: PageSource) -> str:
    """The stored title, else the page's."""
    return _seo(text).get("title") or text.document["title"]


@of_document
def seo_description(text: PageSource) -> str | None:
    """The stored description, else the first words of the body."""
    stored = _seo(text).get("description")
    return stored or render.excerpt(text.document.get("body", {}).get("text", ""), _DESCRIPTION) or None


@reads(Part.DOCUMENT, Part.PATHS)
def seo_canonical_url(text: PageSource) -> str | None:
    """The stored address, else the page's own."""
    own = text.row.paths.get(text.locale, "")
    return _seo(text).get("canonicalUrl") or text.view.tenant.url(own, text.locale, text.view.channel)


@of_document
def seo_robots(text: PageSource) -> str:
    """The stored word to robots, else that they are welcome."""
    return _seo(text).get("robots") or "index, follow"


@reads(Part.DOCUMENT, Part.FACTS)
def seo_stored(text: PageSource) -> Any:
    """What is stored, for who may edit."""
    return text.document.get("seo") if edits(text) else None


@of_document
def og_title(text: PageSource) -> str:
    """The stored title for other sites, else that for search engines."""
    return _graph(text).get("title") or seo_title(text)


@of_document
def og_description(text: PageSource) -> str | None:
    """The stored description for other sites, else that for search engines."""
    return _graph(text).get("description") or seo_description(text)


@of_document
def og_type(text: PageSource) -> str:
    """The stored type of thing, else a website."""
    return _graph(text).get("type") or "website"


@of_document
def og_locale(text: PageSource) -> str:
    """The locale as Open Graph writes it, with an underscore."""
    return text.locale.replace("-", "_")


@of_document
def og_image(text: PageSource) -> Mapping[str, Any] | None:
    """The stored picture for other sites, else that for search engines."""
    return _graph(text).get("image") or _seo(text).get("image")


def _seo(text: PageSource) -> Mapping[str, Any]:
    return text.document.get("seo", {})


def _graph(text: PageSource) -> Mapping[str, Any]:
    return _seo(text).get("openGraph", {})

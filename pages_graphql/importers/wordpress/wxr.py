"""What a WordPress export (WXR 1.1 and 1.2) says, one record at a time, in constant memory."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pages_graphql.importers.source_file import DamagedFile, Progress, chunks, no_progress
from pages_graphql.importers.wordpress.channel import ChannelParser, Element

VERSIONS = ("1.1", "1.2")


@dataclass(frozen=True, slots=True)
class Site:
    """The site that was exported: its title, its front page's address without a slash at the end, its language."""

    title: str
    url: str
    language: str
    version: str


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who wrote."""

    login: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag, menu or other term; slugs are percent-encoded as WordPress keeps them."""

    id: int
    taxonomy: str
    slug: str
    parent_slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemTerm:
    """A term that an item has."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """A page, post, attachment, menu item or whatever else WordPress keeps as a post."""

    id: int
    type: str
    title: str
    link: str
    author: str
    content: str
    excerpt: str
    created_at: datetime | None
    slug: str
    status: str
    parent: int
    position: int
    password: str
    meta: tuple[tuple[str, str], ...]
    terms: tuple[ItemTerm, ...]
    comments: int
    modified_at: datetime | None
    attachment_url: str

    def meta_value(self, key: str) -> str:
        """The first value of a meta key, empty where there is none."""
        return next(self.meta_values(key), "")

    def meta_values(self, key: str) -> Iterator[str]:
        """All values of a meta key."""
        return (value for name, value in self.meta if name == key)


Record = Site | Author | Term | Item


def read_wxr(path: Path, progress: Progress = no_progress) -> Iterator[Record]:
    """The records of an export as they come: the site first, once; a file that is no export, or damaged, is refused.

    What is wrong at the end of a file is known only at its end: write nothing before the last record has come.
    """
    parser = ChannelParser(path, VERSIONS)
    is_first = True
    for elements in _fed(parser, path, progress):
        for element in elements:
            if is_first:
                yield _site(parser)
                is_first = False
            yield _record(element)
    if is_first:
        yield _site(parser)


def _fed(parser: ChannelParser, path: Path, progress: Progress) -> Iterator[list[Element]]:
    """The elements of each piece of the file, then those that its end completes."""
    try:
        for chunk in chunks(path, progress):
            yield parser.feed(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DamagedFile(
            path, parser.line, parser.column, f"the gzipped data breaks off or is damaged ({error})"
        ) from error
    yield parser.finish()


def _site(parser: ChannelParser) -> Site:
    facts = parser.facts
    url = facts.get("wp:base_blog_url") or facts.get("link", "")
    return Site(facts.get("title", ""), url.rstrip("/"), facts.get("language", ""), facts["wp:wxr_version"])


def _record(element: Element) -> Author | Term | Item:
    text = element.text
    match element.name:
        case "item":
            return _item(element)
        case "wp:author":
            return Author(text("wp:author_login"), text("wp:author_display_name"))
        case "wp:category":
            names = ("wp:category_nicename", "wp:category_parent", "wp:cat_name")
            return Term(element.number("wp:term_id"), "category", *map(text, names))
        case "wp:tag":
            return Term(element.number("wp:term_id"), "post_tag", text("wp:tag_slug"), "", text("wp:tag_name"))
        case _:
            names = ("wp:term_taxonomy", "wp:term_slug", "wp:term_parent", "wp:term_name")
            return Term(element.number("wp:term_id"), *map(text, names))


def _item(element: Element) -> Item:
    text = element.text
    return Item(
        id=element.id("wp:post_id"),
        type=text("wp:post_type") or "post",
        title=text("title"),
        link=text("link"),
        author=text("dc:creator"),
        content=text("content:encoded"),
        excerpt=text("excerpt:encoded"),
        created_at=_moment(text("wp:post_date_gmt")) or _moment(text("wp:post_date")),
        slug=text("wp:post_name"),
        status=text("wp:status"),
        parent=element.number("wp:post_parent"),
        position=element.number("wp:menu_order"),
        password=text("wp:post_password"),
        meta=tuple(element.meta),
        terms=tuple(ItemTerm(*term) for term in element.terms),
        comments=element.comments,
        modified_at=_moment(text("wp:post_modified_gmt")) or _moment(text("wp:post_modified")),
        attachment_url=text("wp:attachment_url").strip(),
    )


def _moment(text: str) -> datetime | None:
    """A date of WordPress, None for its zeros; a draft has only one without a zone, which is read as UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None

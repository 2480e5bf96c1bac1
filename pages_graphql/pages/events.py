"""What pages tell the world."""

from collections.abc import Mapping, Sequence
from typing import Any

from pages_graphql.core.events import Event, PathChange
from pages_graphql.pages.model import Page


def page_event(
    name: str, page: Page, content: Mapping[str, Any] | None = None, paths: Sequence[PathChange] = ()
) -> Event:
    """`page.<name>`: the page as it is now, the locales of its content, and the paths that changed with it."""
    locales = sorted(content["translations"]) if content else ()
    revision = page.draft_revision
    seen = name != "updated" or page.was_seen_changing
    return Event(f"page.{name}", page.id, page.version, revision, locales, paths, is_seen=seen)

"""What menus tell the world."""

from collections.abc import Mapping
from typing import Any

from pages_graphql.core.events import Event
from pages_graphql.menus.model import Menu


def menu_event(name: str, menu: Menu, content: Mapping[str, Any] | None = None) -> Event:
    """`menu.<name>`: the menu as it is now, and the locales of its content."""
    locales = sorted(content["translations"]) if content else ()
    seen = name != "updated" or menu.was_seen_changing
    return Event(f"menu.{name}", menu.id, menu.version, menu.draft_revision, locales, is_seen=seen)

"""Tags: short names of what an answer is made of; whoever keeps answers drops those whose tags a write names."""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import quote
from uuid import UUID

ALL: Final = "all"
"""On answers made of what nobody named: every write of the tenant names it."""

PAGES: Final = "pages"
"""Lists of pages, in whatever order: which pages readers see, and what those say."""

TREE: Final = "tree"
"""Lists of children: which pages readers see, and where they stand."""

SHAPE: Final = "shape"
"""Which channels see pages, and what stands under what."""

MENUS: Final = "menus"
"""Lists of menus, and handles asked for in vain."""

PLACES: Final = "places"
"""Which menus hold which places of the layout, and which of them readers see."""

REDIRECTS: Final = "redirects"
"""Manual redirects."""

B = TypeVar("B", bound=Callable[..., Any])


def of_tenant(id: UUID) -> str:
    """All that there is of a tenant: every answer carries it."""
    return f"tenant:{id}"


def of_page(id: UUID) -> str:
    """What readers see of one page, and that they see it; whoever asks for its id."""
    return f"page:{id}"


def of_menu(id: UUID) -> str:
    """What readers see of one menu, and that they see it."""
    return f"menu:{id}"


def of_version(id: UUID) -> str:
    """The version of one page or menu, which drafts that are saved raise too."""
    return f"version:{id}"


def of_path(path: str) -> str:
    """Which page lives or lived at a path, in whatever locale."""
    return f"path:{quote(path, safe='/')}"


def of_slug(slug: str) -> str:
    """Which live pages have a slug, wherever they stand."""
    return f"slug:{quote(slug, safe='')}"


def tagged(batch: B) -> B:
    """Mark a batch that tells its Read all that its answer is made of; others are made of `ALL`."""
    batch.__tagged__ = True  # pyright: ignore[reportFunctionMemberAccess] -- a mark on a function
    return batch


def is_tagged(batch: Callable[..., Any]) -> bool:
    """Whether a batch tells its Read all that its answer is made of."""
    return getattr(batch, "__tagged__", False)

"""What a reader may see, and what he sees."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from pages_graphql.core.access import Actor, Drafts
from pages_graphql.core.tenancy import Tenant

Row = TypeVar("Row", covariant=True)


class ContentStage(Enum):
    """Which side of a document is shown."""

    LIVE = "LIVE"
    DRAFT = "DRAFT"


class ContentStatus(Enum):
    """Where in its life a document is: worked out, never set."""

    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"
    PUBLISHED = "PUBLISHED"
    ARCHIVED = "ARCHIVED"


@dataclass(frozen=True)
class View:
    """One tenant's content as one actor sees it, in a locale, a channel (None: in every channel) and a stage."""

    tenant: Tenant
    actor: Actor
    locale: str
    channel: str | None = None
    stage: ContentStage = ContentStage.LIVE

    def __hash__(self) -> int:
        """What is loaded together is found by its View, again and again."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.tenant, self.actor, self.locale, self.channel, self.stage))

    @property
    def tenant_id(self) -> UUID:
        """The tenant's id."""
        return self.tenant.id

    @cached_property
    def chain(self) -> tuple[str, ...]:
        """The locales to show something in, best first."""
        return self.tenant.chain(self.locale)

    def drafts(self, resource: str) -> Drafts:
        """Whose drafts of pages or menus are shown."""
        return Drafts.NONE if self.stage is ContentStage.LIVE else self.actor.drafts(resource)

    def but(self, **changes: Any) -> "View":
        """The same View, with other parts."""
        return replace(self, **changes) if changes else self

    def choose(self, locales: Mapping[str, object]) -> str:
        """The locale to show of those there are; the one asked for where there is none at all."""
        return self.chain[0] if self.chain[0] in locales else choose(self.chain, locales)


def choose(chain: Iterable[str], locales: Mapping[str, object]) -> str:
    """The first locale of the chain that is there, else the first that is, else the chain's first."""
    first = None
    for locale in chain:
        first = first or locale
        if locale in locales:
            return locale
    return next(iter(locales), first or "")


class Part(Enum):
    """What is read of a source only where somebody needs it."""

    FACTS = "facts"
    """The columns of its row that are among `FACTS`."""
    DOCUMENT = "document"
    """The document, and with it the locale that is shown."""
    PATHS = "paths"
    """The paths of a page, which are another table's."""
    VERSION = "version"
    """The version of its row, which drafts that are saved raise too."""


EVERYTHING = frozenset(Part)

LOADED = EVERYTHING - {Part.VERSION}
"""What is needed of a source where nobody says which parts: the version is shown as it is, and nothing is made of it."""

FACTS = frozenset(
    [
        "template",
        "channels",
        "author_id",
        "draft_hash",
        "live_hash",
        "created_at",
        "updated_at",
        "live_updated_at",
        "published_at",
        "first_published_at",
        "archived_at",
        "content_hash",
        "revised_at",
        "revised_by",
        "note",
    ]
)
"""The columns of a document's row that say nothing of what it is, where it stands and which revision is shown."""

F = TypeVar("F", bound=Callable[..., Any])


def reads(*parts: Part) -> Callable[[F], F]:
    """Mark a function of a source that needs no other parts than these."""

    def mark(function: F) -> F:
        function.__reads__ = frozenset(parts)  # pyright: ignore[reportFunctionMemberAccess] -- a mark on a function
        return function

    return mark


def parts_read(function: Callable[..., Any]) -> frozenset[Part]:
    """The parts of its source that a function needs: all but the version, unless it says which."""
    return getattr(function, "__reads__", LOADED)


def of_document(function: F) -> F:
    """Mark a function of a source that looks at nothing but the document and the locale."""
    function.__of_document__ = True  # pyright: ignore[reportFunctionMemberAccess] -- a mark on a function
    return reads(Part.DOCUMENT)(function)


def is_of_document(function: Callable[..., Any]) -> bool:
    """Whether a function looks at nothing but a source's document and locale."""
    return getattr(function, "__of_document__", False)


def in_parts(batch: F) -> F:
    """Mark a batch whose sources may come without the parts that nobody needs: it looks into none of them itself."""
    batch.__in_parts__ = True  # pyright: ignore[reportFunctionMemberAccess] -- a mark on a function
    return batch


def comes_in_parts(batch: Callable[..., Any]) -> bool:
    """Whether the sources of a batch may come without the parts that nobody needs."""
    return getattr(batch, "__in_parts__", False)


@dataclass(slots=True, eq=False)
class Source(Generic[Row]):
    """A row, its document (or the part of it in question), the View it is seen through and the locale it shows."""

    row: Row
    document: Any
    view: View
    locale: str
    number: int = 0
    """What tells one that is kept, and shown again while nothing of it changes, from all others; else 0."""

    def at(self, part: object) -> "Source[Row]":
        """The same, narrowed to a part of the document."""
        return Source(self.row, part, self.view, self.locale)

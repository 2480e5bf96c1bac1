"""What a demo site says, in the form it is written down in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """What a page says in one locale."""

    title: str
    slug: str
    body: str
    description: str | None = None


@dataclass(frozen=True)
class Words:
    """What an opening says in one locale."""

    title: str
    subtitle: str
    button: str


@dataclass(frozen=True)
class Opening:
    """A hero block: its words by locale, and the page that its button leads to."""

    words: Mapping[str, Words]
    page: str


@dataclass(frozen=True)
class Entry:
    """A page, by a name that only the demo knows; pages stand below and lead to others by theirs."""

    name: str
    texts: Mapping[str, Text]
    parent: str | None = None
    opening: Opening | None = None
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    is_published: bool = True


@dataclass(frozen=True)
class Line:
    """A menu item: to a page, to an address, or a heading; without labels it shows its page's title."""

    page: str | None = None
    url: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    below: tuple["Line", ...] = ()


@dataclass(frozen=True)
class Bar:
    """A menu, and the place in the layout that it is bound to in every channel."""

    handle: str
    location: str
    names: Mapping[str, str]
    lines: tuple[Line, ...]

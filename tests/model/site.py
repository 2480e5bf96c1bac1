"""A tenant's pages in dictionaries: who is what, where pages live, who sees them. No line of the service is used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

Content = dict[str, Any]
"""What a page says: `texts` (by locale: title and slug), `metadata` and `blocks`; what a menu says: `names` by locale,
`policy`, and `items` with theirs. Never changed once it is a revision."""

Place = tuple[str, str]
"""A locale and a path; of menus, a channel and a location."""

_MENUS = {"menus:create", "menus:update", "menus:delete"}
RIGHTS: dict[str, set[str]] = {
    "admin": {"create", "update", "delete", "publish", "redirects", "menus:publish", *_MENUS},
    "manager": {"create", "update", "delete", "redirects", *_MENUS},
    "author": {"create", "update:own", "delete:own"},
    "writer": {"create", "update:own", "delete:own"},
    "customer": set(),
    "anonymous": set(),
}
"""What each actor may do; admin and manager by their roles, author and writer to their own pages."""


@dataclass(frozen=True)
class Language:
    """A locale of a tenant."""

    tag: str
    prefix: str = ""
    fallbacks: tuple[str, ...] = ()
    is_default: bool = False


@dataclass(frozen=True)
class Onlooker:
    """Somebody who looks: who, in which locale, in which channel (None: in every one), at drafts or not."""

    actor: str
    locale: str
    channel: str | None = None
    drafts: bool = False


@dataclass(kw_only=True)
class Document:
    """A page or a menu, and every revision it ever had; number n is `revisions[n - 1]`."""

    id: str
    draft: Content
    live: Content | None = None
    live_number: int = 0
    version: int = 1
    revisions: list[Content] = field(default_factory=list[Content])

    def save(self, content: Content) -> None:
        """Append a revision that is the draft."""
        self.draft = content
        self.revisions = [*self.revisions, content]

    def go_live(self) -> None:
        """Let readers see the draft."""
        self.live, self.live_number, self.version = self.draft, len(self.revisions), self.version + 1


@dataclass(kw_only=True)
class Page(Document):
    """A page."""

    author: str
    parent: str | None
    channels: frozenset[str]
    archived: bool = False
    last: dict[str, str] = field(default_factory=dict[str, str])
    """Where it lives, or lived last, by locale."""

    @property
    def status(self) -> str:
        """Worked out, never set."""
        return "ARCHIVED" if self.archived else "DRAFT" if self.live is None else "PUBLISHED"


@dataclass(kw_only=True)
class Menu(Document):
    """A menu."""

    handle: str


@dataclass
class Redirect:
    """A manual redirect; locale '' is every locale."""

    id: str
    path: str
    locale: str
    prefix: bool
    status: int
    page: str | None
    url: str | None


@dataclass
class Site:
    """A tenant: its locales in order, its channels, and everything that was written."""

    languages: tuple[Language, ...]
    channels: tuple[str, ...]
    pages: dict[str, Page] = field(default_factory=dict[str, Page])
    order: dict[str | None, list[str]] = field(default_factory=dict[str | None, list[str]])
    home: str | None = None
    owners: dict[Place, str] = field(default_factory=dict[Place, str])
    """Every path that was ever live, and the page that had it last."""
    redirects: dict[str, Redirect] = field(default_factory=dict[str, Redirect])
    menus: dict[str, Menu] = field(default_factory=dict[str, Menu])
    bound: dict[Place, str] = field(default_factory=dict[Place, str])
    """Which menu holds a place in the layout: a channel ('' is every one) and a location."""

    def copy(self) -> "Site":
        """One that can be changed without changing this one."""
        return replace(
            self,
            pages={id: replace(page) for id, page in self.pages.items()},
            order={parent: [*ids] for parent, ids in self.order.items()},
            owners=dict(self.owners),
            redirects={id: replace(redirect) for id, redirect in self.redirects.items()},
            menus={id: replace(menu) for id, menu in self.menus.items()},
            bound=dict(self.bound),
        )

    def chain(self, locale: str) -> list[str]:
        """Requested, its fallbacks, its language, the default, the rest in order."""
        known = {language.tag: language for language in self.languages}
        tags = [locale, *(known[locale].fallbacks if locale in known else ()), locale.split("-")[0]]
        tags += [language.tag for language in self.languages if language.is_default]
        return [tag for tag in dict.fromkeys([*tags, *known]) if tag in known]

    def pick(self, locale: str, texts: Iterable[str]) -> str:
        """The locale that is shown of some."""
        there = set(texts)
        return next(tag for tag in self.chain(locale) if tag in there)

    def below(self, id: str) -> Iterator[Page]:
        """A page and all under it, parents first."""
        yield self.pages[id]
        for child in self.order.get(id, ()):
            yield from self.below(child)

    def line(self, id: str | None) -> list[Page]:
        """The pages from the root to this one."""
        page = self.pages[id] if id else None
        return [*self.line(page.parent), page] if page else []

    def may(self, actor: str, right: str, page: Page | None = None) -> bool:
        """Whether an actor has a right, over a page of his own perhaps."""
        own = page is not None and page.author == actor
        return right in RIGHTS[actor] or (own and f"{right}:own" in RIGHTS[actor])

    def reads_draft(self, actor: str, page: Page) -> bool:
        """Whether an actor may read a page's draft."""
        return self.may(actor, "update", page) or self.may(actor, "publish")

    def knows(self, actor: str, page: Page) -> bool:
        """Whether an actor may know that a page is there."""
        return page.live is not None or self.reads_draft(actor, page)

    def said(self, page: Page, who: Onlooker) -> Content | None:
        """What a page says to somebody, its channels aside."""
        return page.draft if who.drafts and self.reads_draft(who.actor, page) else page.live

    def sees(self, id: str, who: Onlooker) -> bool:
        """Whether somebody sees a page."""
        page = self.pages[id]
        in_channel = who.channel is None or not page.channels or who.channel in page.channels
        return in_channel and self.said(page, who) is not None

    def live_path(self, page: Page, locale: str) -> str:
        """Where a live page lives in a locale it has."""
        return "/" if page.id == self.home else self.slug_path(page, locale)

    def slug_path(self, page: Page, locale: str) -> str:
        """The slugs from the root; an ancestor without the locale gives the slug it shows there."""
        contents = [one.live for one in self.line(page.id)]
        assert None not in contents, "the live tree is closed upward"
        texts = [content["texts"] for content in contents if content]
        return "".join(f"/{text[self.pick(locale, text)]['slug']}" for text in texts)

    def addresses(self) -> dict[tuple[str, str], str]:
        """Where every live page lives: page and locale to path."""
        live = [(page, page.live) for page in self.pages.values() if page.live]
        return {
            (page.id, locale): self.live_path(page, locale) for page, content in live for locale in content["texts"]
        }

    def draft_path(self, page: Page, locale: str, who: Onlooker) -> str:
        """Where a page stands to somebody who sees its draft; an ancestor he may not know is named by its id."""
        if page.id == self.home:
            return "/"
        path = ""
        for one in self.line(page.id):
            content = self.said(one, who)
            path += f"/{content['texts'][self.pick(locale, content['texts'])]['slug']}" if content else f"/{one.id}"
        return path

    def paths(self, id: str, who: Onlooker) -> dict[str, str]:
        """Where a page stands to somebody, in each locale in which it says something to him."""
        page, content = self.pages[id], self.said(self.pages[id], who)
        assert content
        if who.drafts and self.reads_draft(who.actor, page):
            return {locale: self.draft_path(page, locale, who) for locale in content["texts"]}
        return {locale: self.live_path(page, locale) for locale in content["texts"]}

    def claims(self, *but: str) -> set[tuple[str | None, str, str]]:
        """The slugs that drafts and live revisions use, by parent and locale."""
        used = [
            (page, content)
            for page in self.pages.values()
            for content in (page.draft, page.live)
            if content and page.id not in but
        ]
        return {
            (page.parent, locale, text["slug"]) for page, content in used for locale, text in content["texts"].items()
        }

"""One try of somebody to change a tenant's pages: what every act asks first, and what it leaves behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.model.menus import links
from tests.model.site import RIGHTS, Content, Page, Site

PATH_BYTES = 10
TREE_DEPTH = 4
"""Low limits, so that stories meet them."""


class Refused(Exception):
    """The act is not done."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*sorted(codes))
        self.codes = set(codes)


@dataclass
class Act:
    """One try to change a site, by somebody; `new` gives the ids that the service gave to new things."""

    site: Site
    actor: str
    new: Iterator[str]

    def __post_init__(self) -> None:
        self.before = self.site.addresses()
        self.home_before = self.home_places()

    def home_places(self) -> set[tuple[str, str]]:
        """Where the home page would live by its slugs."""
        home = self.site.pages.get(self.site.home or "")
        texts = home.live["texts"] if home and home.live else ()
        return {(locale, self.site.slug_path(home, locale)) for locale in texts} if home else set()

    def denied(self) -> Refused:
        return Refused("UNAUTHENTICATED" if self.actor == "anonymous" else "PERMISSION_DENIED")

    def require(self, right: str, *pages: Page | None) -> None:
        if not all(self.site.may(self.actor, right, page) for page in pages or (None,)):
            raise self.denied()

    def might(self, right: str) -> None:
        """Stop who may do this to nothing at all, before it is told what there is."""
        if not {right, f"{right}:own"} & RIGHTS[self.actor]:
            raise self.denied()

    def known(self, id: str | None) -> Page:
        page = self.site.pages.get(id or "")
        if page is None or not self.site.knows(self.actor, page):
            raise Refused("PAGE_NOT_FOUND")
        return page

    def target(self, given: dict[str, Any], right: str, *, if_live: str | None = None) -> Page:
        """Seen, permitted, in the version expected, in this order."""
        self.might(right)
        page = self.known(given["id"])
        self.require(right, page)
        if page.live and if_live:
            self.require(if_live, page)
        if given.get("expectedVersion") not in (None, page.version):
            raise Refused("PAGE_VERSION_CONFLICT")
        return page

    def content(self, before: Content, given: dict[str, Any], problems: set[str]) -> Content:
        """The content with what is given of translations, removed locales and metadata."""
        texts = dict(before["texts"])
        for locale in given.get("removeLocales") or ():
            if texts.pop(locale, None) is None:
                problems.add("VALIDATION_ERROR")
        tags = [language.tag for language in self.site.languages]
        locales = [text["locale"] for text in given.get("translations") or ()]
        for text in given.get("translations") or ():
            old = texts.get(text["locale"], {})
            title = text["title"] if "title" in text else old.get("title")
            if not title or text["locale"] not in tags or locales.count(text["locale"]) > 1:
                problems.add("VALIDATION_ERROR")
            slug = slugified(text.get("slug") or "") or old.get("slug") or slugified(title or "")
            texts[text["locale"]] = {"title": title, "slug": slug or "page"}
        if not texts:
            problems.add("VALIDATION_ERROR")
        return {**before, "texts": texts, "metadata": given.get("metadata", before["metadata"])}

    def check_slugs(self, page: Page, *contents: Content | None, parent: str | None) -> set[str]:
        taken = self.site.claims(page.id)
        wanted = {(parent, tag, text["slug"]) for one in contents if one for tag, text in one["texts"].items()}
        return {"DUPLICATE_SLUG"} if wanted & taken else set()

    def check_channels(self, given: dict[str, Any]) -> set[str]:
        return {"VALIDATION_ERROR"} if set(given.get("channels") or ()) - set(self.site.channels) else set()

    def put(self, page: Page, parent: str | None, given: dict[str, Any], problems: set[str]) -> bool:
        """Stand under a parent, beside a sibling or behind all; whether that is another place."""
        before = [*self.site.order.get(parent, ())]
        there = [id for id in before if id != page.id]
        at, names = len(there), [name for name in ("beforeId", "afterId") if given.get(name) is not None]
        if len(names) > 1:
            problems.add("VALIDATION_ERROR")
        elif names:
            id = given[names[0]]
            if id not in there or not self.site.knows(self.actor, self.site.pages[id]):
                problems.add("PAGE_NOT_FOUND")
            else:
                at = there.index(id) + (names == ["afterId"])
        elif page.id in before and page.parent == parent:
            return False
        for ids in self.site.order.values():
            if page.id in ids:
                ids.remove(page.id)
        page.parent = parent
        self.site.order[parent] = [*there[:at], page.id, *there[at:]]
        return self.site.order[parent] != before

    def check_depth(self, page: Page, parent: str | None) -> set[str]:
        deepest = max(len(self.site.line(one.id)) for one in self.site.below(page.id)) - len(self.site.line(page.id))
        return {"VALIDATION_ERROR"} if len(self.site.line(parent)) + deepest >= TREE_DEPTH else set()

    def settle(self, *roots: Page | None, keep: bool = True) -> None:
        """Let every live page own its paths; what it left stays its own unless `keep` is false.

        `roots` are what the act is about: if the home page is below one of them, its rows are kept up.
        """
        after = self.site.addresses()
        places = [(locale, path) for (_, locale), path in after.items()]
        moved = {key for key in {*self.before, *after} if self.before.get(key) != after.get(key)}
        if any(len(after[key].encode()) > PATH_BYTES for key in moved if key in after):
            raise Refused("PATH_TOO_LONG")
        if len(set(places)) < len(places):
            raise Refused("TAKEN_BY_FALLBACK")
        live = {id for id, _ in after}
        for id in live:
            self.site.pages[id].last = {locale: path for (one, locale), path in after.items() if one == id}
        for id, locale in moved:
            if not keep and id in live and (id, locale) in self.before:
                self.site.owners.pop((locale, self.before[id, locale]), None)
        self.site.owners |= {(locale, path): id for (id, locale), path in after.items()}
        if self.site.home and {one.id for one in self.site.line(self.site.home)} & {one.id for one in roots if one}:
            self._keep_home({*places}, set() if keep else self.home_before - self.home_places())

    def _keep_home(self, places: set[tuple[str, str]], left: set[tuple[str, str]]) -> None:
        """The home page owns / alone, and the path that its slug makes where nobody lives, but nothing that it left."""
        home = self.site.pages[self.site.home or ""]
        for place, owner in list(self.site.owners.items()):
            if (place[1] == "/" and owner != home.id) or (place in left - places and owner == home.id):
                del self.site.owners[place]
        assert home.live, "the home page is live"
        for locale in home.live["texts"]:
            place = (locale, self.site.slug_path(home, locale))
            if place not in places:
                self.site.owners[place] = home.id

    def show(self, root: Page, pages: Iterable[Page]) -> None:
        """Let readers see the drafts of some pages below a root."""
        for page in pages:
            page.go_live()
        self.settle(root)

    def hide(self, page: Page, given: dict[str, Any]) -> list[Page]:
        """Take a live page from readers, with what is live below it where that is asked."""
        pages = [one for one in self.site.below(page.id) if one.live]
        if len(pages) > 1 and not given.get("withDescendants"):
            raise Refused("HAS_LIVE_DESCENDANTS")
        if self.site.home in [one.id for one in pages]:
            raise Refused("HOME_PAGE")
        self.require("publish", *pages)
        self.spare(pages, given)
        for one in pages:
            one.live, one.version = None, one.version + 1
        return pages

    def spare(self, pages: Iterable[Page], given: dict[str, Any]) -> None:
        """Leave pages alone that a menu, as a draft or live, links to, where that is asked."""
        contents = [content for menu in self.site.menus.values() for content in (menu.draft, menu.live) if content]
        linked = {page for content in contents for _, page in links(content)}
        if given.get("refuseIfReferenced") and linked & {page.id for page in pages}:
            raise Refused("STILL_REFERENCED")


def slugified(text: str) -> str:
    """A slug of plain words."""
    return "-".join("".join(char if char.isalnum() or char == "_" else " " for char in text.lower()).split())


def under_live(act: Act, parent: str | None) -> set[str]:
    return {"PARENT_NOT_PUBLISHED"} if parent and act.site.pages[parent].live is None else set()


def archived(page: Page) -> None:
    if page.archived:
        raise Refused("PAGE_ARCHIVED")


def check(problems: set[str]) -> None:
    if problems:
        raise Refused(*problems)


EMPTY: Content = {"texts": {}, "metadata": {}, "blocks": ()}

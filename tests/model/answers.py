"""What every path means, to everybody: the order of answers."""

from typing import NamedTuple
from urllib.parse import quote

from tests.model.site import Onlooker, Redirect, Site


class Answer(NamedTuple):
    """What somebody is told of a path: the status, and of a page or a redirect which, where and in what locale."""

    status: int
    page: str | None = None
    path: str = ""
    locale: str = ""
    location: str = ""


NOTHING, GONE = Answer(404), Answer(410)


def answer(site: Site, path: str, who: Onlooker) -> Answer:
    """What a path leads to: in drafts, if they are looked at, else in what is live."""
    if who.drafts and (found := _in_drafts(site, path, who)):
        return _page(site, found, who)
    now = {(locale, at): id for (id, locale), at in site.addresses().items()}
    for locale in site.chain(who.locale):
        if (locale, path) in now:
            id = now[locale, path]
            return _page(site, id, who) if site.sees(id, who) else NOTHING
        if hit := _manual(site, path, locale, prefix=False):
            return _redirected(site, hit, locale, "", who)
        if (locale, path) in site.owners:
            return _follow(site, site.owners[locale, path], locale, who)
        for prefix in _above(path):
            if hit := _manual(site, prefix, locale, prefix=True):
                return _redirected(site, hit, locale, path.removeprefix(prefix).strip("/"), who)
    return NOTHING


def _in_drafts(site: Site, path: str, who: Onlooker) -> str | None:
    """The page that somebody's drafts show at a path: the one that falls back least, if there are many."""
    chain, found = site.chain(who.locale), list[tuple[int, str]]()
    for page in site.pages.values():
        if site.sees(page.id, who):
            paths = site.paths(page.id, who)
            ranks = [n for n, locale in enumerate(chain) if paths.get(locale) == path]
            if site.reads_draft(who.actor, page) and site.draft_path(page, who.locale, who) == path:
                ranks.append(chain.index(site.pick(who.locale, paths)))
            found += [(min(ranks), page.id)] if ranks else []
    return min(found)[1] if found else None


def _page(site: Site, id: str, who: Onlooker) -> Answer:
    path, locale = _stands(site, id, who)
    return Answer(200, id, path, locale)


def _stands(site: Site, id: str, who: Onlooker, locale: str | None = None) -> tuple[str, str]:
    """Where a page stands in a locale, if it has that, else in the one it shows."""
    paths = site.paths(id, who)
    locale = locale if locale in paths else site.pick(who.locale, paths)
    return paths[locale], locale


def _follow(site: Site, id: str, locale: str, who: Onlooker, status: int = 301) -> Answer:
    """To where the page is that a path had, or has by hand."""
    if id not in site.pages or site.pages[id].live is None:
        return GONE
    if not site.sees(id, who):
        return NOTHING
    path, locale = _stands(site, id, who, locale)
    return Answer(status, id, path, locale, address(site, path, locale))


def _redirected(site: Site, hit: Redirect, locale: str, rest: str, who: Onlooker) -> Answer:
    if hit.url is not None:
        location = f"{hit.url.rstrip('/')}/{rest}" if rest else hit.url
        return Answer(hit.status, location=location)
    assert hit.page
    if who.drafts and site.sees(hit.page, who):  # an editor goes where the draft is
        path, locale = _stands(site, hit.page, who, locale)
        found = Answer(hit.status, hit.page, path, locale, address(site, path, locale))
    else:
        found = _follow(site, hit.page, locale, who, hit.status)
    return (rest and found.page and _further(site, f"{found.path.rstrip('/')}/{rest}", found, who)) or found


def _further(site: Site, path: str, found: Answer, who: Onlooker) -> Answer | None:
    """To what the rest of a path under a prefix leads to below the target, prefixes aside."""
    lives = (found.locale, path) in [(locale, at) for (_, locale), at in site.addresses().items()]
    by_hand = None if lives else _manual(site, path, found.locale, prefix=False)
    if by_hand:
        further = _redirected(site, by_hand, found.locale, "", who)
        return further._replace(status=found.status) if further.location else None
    owner = site.owners.get((found.locale, path))
    if owner in site.pages and site.pages[owner].live and site.sees(owner, who):
        return _follow(site, owner, found.locale, who, found.status)
    return None


def _manual(site: Site, path: str, locale: str, *, prefix: bool) -> Redirect | None:
    """The redirect from a path, that of the locale before that of every locale."""
    found = {one.locale: one for one in site.redirects.values() if one.path == path and one.prefix == prefix}
    return found.get(locale) or found.get("")


def _above(path: str) -> list[str]:
    """The path and all above it, the longest first."""
    steps = path.strip("/").split("/") if path != "/" else []
    return ["/" + "/".join(steps[:n]) for n in range(len(steps), -1, -1)]


def address(site: Site, path: str, locale: str) -> str:
    """A path as a URL has it, behind its locale's prefix."""
    prefix = next(language.prefix for language in site.languages if language.tag == locale)
    return prefix if prefix and path == "/" else prefix + quote(path)

"""What every mutation does to a tenant's pages, and why it may not: the rules, one act each.

An act gets a copy of the site and changes it, or is `Refused` with the codes of all that stands in its way.
"""

from typing import Any

from tests.model.attempt import EMPTY, TREE_DEPTH, Act, Refused, archived, check, slugified, under_live
from tests.model.site import Content, Page, Redirect, Site


def create(act: Act, given: dict[str, Any]) -> None:
    act.require("create")
    if given.get("publish"):
        act.require("publish")
    problems = act.check_channels(given)
    content = act.content(EMPTY, given, problems)
    shown_in = frozenset[str](given.get("channels") or ())
    page = Page(id=next(act.new, "new"), author=act.actor, parent=None, channels=shown_in, draft=EMPTY)
    try:
        parent = act.known(given["parentId"]).id if given.get("parentId") else None
    except Refused as refused:
        raise Refused(*problems, *refused.codes) from None
    if given.get("publish"):
        problems |= under_live(act, parent)
    problems |= act.check_slugs(page, content, parent=parent)
    if len(act.site.line(parent)) >= TREE_DEPTH:
        problems.add("VALIDATION_ERROR")
    act.put(page, parent, given, problems)
    check(problems)
    page.save(content)
    act.site.pages[page.id] = page
    if given.get("publish"):
        act.show(page, [page])


def update(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "update", if_live="publish" if _restructures(act, given) else None)
    archived(page)
    problems = act.check_channels(given)
    content = act.content(page.draft, given, problems)
    problems |= act.check_slugs(page, content, parent=page.parent)
    channels = frozenset(given.get("channels") or ()) if "channels" in given else page.channels
    if page.id == act.site.home and channels:
        problems.add("HOME_PAGE")
    check(problems)
    if (content, channels) != (page.draft, page.channels):
        page.channels, page.version = channels, page.version + 1
        if content != page.draft:
            page.save(content)


def _restructures(act: Act, given: dict[str, Any]) -> bool:
    """Whether what belongs to the row shall become something else."""
    page = act.site.pages.get(given["id"])
    return page is not None and "channels" in given and frozenset(given["channels"] or ()) != page.channels


def publish(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "publish")
    archived(page)
    pages = _open_tree(act.site, page) if given.get("withDescendants") else [page]
    act.require("publish", *pages)
    changed = [one for one in pages if one.draft != one.live]
    if changed:
        check(under_live(act, page.parent))
        act.show(page, changed)


def _open_tree(site: Site, page: Page) -> list[Page]:
    """A page and all below, but archived ones and what is under them."""
    children = [site.pages[id] for id in site.order.get(page.id, ())]
    return [page, *(one for child in children if not child.archived for one in _open_tree(site, child))]


def unpublish(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "publish")
    if page.archived:
        page.archived, page.version = False, page.version + 1
    elif page.live:
        act.hide(page, given)
        act.settle()


def archive(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "publish")
    if page.archived and not given.get("withDescendants"):
        return
    hidden = act.hide(page, given) if page.live else []
    pages = [*act.site.below(page.id)] if given.get("withDescendants") else [page]
    act.require("publish", *pages)
    act.spare(pages, given)
    for one in pages:
        if not one.archived:
            one.archived, one.version = True, one.version + (one not in hidden)
    act.settle()


def discard(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "update")
    archived(page)
    if page.live is None:
        raise Refused("NOTHING_LIVE")
    if page.draft != page.live:
        page.save(page.live)
        page.version += 1


def restore(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "update")
    archived(page)
    if not 1 <= given["revision"] <= len(page.revisions):
        raise Refused("REVISION_NOT_FOUND")
    content, now = page.revisions[given["revision"] - 1], page.draft["texts"]
    if not given.get("restoreSlugs"):
        texts = {tag: {**text, "slug": now.get(tag, text)["slug"]} for tag, text in content["texts"].items()}
        content = {**content, "texts": texts}
    check(act.check_slugs(page, content, parent=page.parent))
    if content != page.draft:
        page.save(content)
        page.version += 1


def duplicate(act: Act, given: dict[str, Any]) -> None:
    act.require("create")
    source = act.known(given["id"])
    pages = [*act.site.below(source.id)] if given.get("withDescendants") else [source]
    if not all(act.site.reads_draft(act.actor, page) for page in pages):
        raise act.denied()
    parent = source.parent
    if "parentId" in given:
        parent = act.known(given["parentId"]).id if given["parentId"] else None
    deepest = max(len(act.site.line(page.id)) for page in pages) - len(act.site.line(source.id))
    if len(act.site.line(parent)) + deepest >= TREE_DEPTH:
        raise Refused("VALIDATION_ERROR")
    ids: dict[str, str] = {}
    for page in pages:
        ids[page.id] = next(act.new, f"new {page.id}")
        above = parent if page is source else ids[page.parent or ""]
        copy = Page(id=ids[page.id], author=act.actor, parent=above, channels=page.channels, draft=EMPTY)
        content = _freed(act.site, parent, page.draft) if page is source else page.draft
        copy.save(content)
        act.site.pages[copy.id] = copy
        act.site.order[above] = [*act.site.order.get(above, ()), copy.id]


def _freed(site: Site, parent: str | None, content: Content) -> Content:
    """The content with slugs that are free."""
    taken = site.claims()

    def free(locale: str, slug: str) -> str:
        names = [slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))]
        return next(name for name in names if (parent, locale, name) not in taken)

    texts = {locale: {**text, "slug": free(locale, text["slug"])} for locale, text in content["texts"].items()}
    return {**content, "texts": texts}


def move(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "update", if_live="publish")
    archived(page)
    parent, problems = page.parent, set[str]()
    if "parentId" in given:
        try:
            parent = act.known(given["parentId"]).id if given["parentId"] else None
        except Refused as refused:
            problems |= refused.codes
    if parent != page.parent:
        if page in act.site.line(parent):
            raise Refused("PAGE_CYCLE", *problems)
        problems |= act.check_depth(page, parent) | act.check_slugs(page, page.draft, page.live, parent=parent)
        problems |= under_live(act, parent) if page.live else set()
    moved = act.put(page, parent, given, problems)
    check(problems)
    if moved:
        page.version += 1
        act.settle(page, keep=given.get("keepRedirects", True))


def delete(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "delete")
    if page.live:
        raise Refused("CANNOT_DELETE_PUBLISHED")
    pages = [*act.site.below(page.id)]
    if not given.get("withDescendants") and len(pages) > 1:
        raise Refused("HAS_CHILDREN")
    act.require("delete", *pages)
    act.spare(pages, given)
    heir = act.known(given["redirectToId"]) if given.get("redirectToId") else None
    if heir in pages:
        raise Refused("VALIDATION_ERROR")
    if heir and heir.live is None:
        raise Refused("NOTHING_LIVE")
    _erase(act.site, {one.id for one in pages}, heir)


def _erase(site: Site, gone: set[str], heir: Page | None) -> None:
    """Take pages away; the heir gets their paths and the redirects to them, if there is one."""
    site.pages = {id: one for id, one in site.pages.items() if id not in gone}
    site.order = {id: [one for one in ids if one not in gone] for id, ids in site.order.items()}
    if heir:
        site.owners = {at: heir.id if id in gone else id for at, id in site.owners.items()}
    for redirect in list(site.redirects.values()):
        if redirect.page in gone and heir:
            redirect.page = heir.id
        elif redirect.page in gone:
            del site.redirects[redirect.id]


def set_home(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "publish")
    archived(page)
    if page.id == act.site.home:
        return
    if page.live is None or page.channels:
        raise Refused("HOME_PAGE")
    before = act.site.pages.get(act.site.home or "")
    act.site.home, page.version = page.id, page.version + 1
    act.settle(page, before)


def change_slug(act: Act, given: dict[str, Any]) -> None:
    page = act.target(given, "update", if_live="publish")
    archived(page)
    locale, slug = given["locale"], slugified(given["slug"])
    if not slug or locale not in {**page.draft["texts"], **(page.live or EMPTY)["texts"]}:
        raise Refused("VALIDATION_ERROR")
    draft, live = _renamed(page.draft, locale, slug), page.live and _renamed(page.live, locale, slug)
    check(act.check_slugs(page, draft, live, parent=page.parent))
    if (draft, live) == (page.draft, page.live):
        return
    if live is not None and live != page.live:
        page.save(live)
        page.live, page.live_number = live, len(page.revisions)
        if draft != live:
            page.save(draft)
    elif draft != page.draft:
        page.save(draft)
    page.version += 1
    act.settle(page, keep=given.get("keepRedirect", True))


def _renamed(content: Content, locale: str, slug: str) -> Content:
    texts = {tag: {**text, "slug": slug} if tag == locale else text for tag, text in content["texts"].items()}
    return {**content, "texts": texts}


def redirect(act: Act, given: dict[str, Any]) -> None:
    act.require("redirects")
    locale, is_prefix = given.get("locale") or "", given.get("isPrefix", False)
    tags = [language.tag for language in act.site.languages]
    problems = {"VALIDATION_ERROR"} if locale and locale not in tags else set[str]()
    if (given.get("pageId") is None) == (given.get("url") is None):
        problems.add("VALIDATION_ERROR")
    page = None
    if given.get("pageId"):
        try:
            page = act.known(given["pageId"]).id
        except Refused as refused:
            problems |= refused.codes
    check(problems)
    path, now = given["fromPath"], {(tag, at): id for (id, tag), at in act.before.items()}
    there = {now[tag, path] for tag in ([locale] if locale else tags) if (tag, path) in now}
    last = act.site.pages[page].last if page else {}
    own = [at for tag, at in last.items() if locale in ("", tag) and act.site.owners.get((tag, at)) == page]
    if path in own or (is_prefix and any(f"{at}/".startswith(f"{path.rstrip('/')}/") for at in own)):
        raise Refused("REDIRECT_LOOP")
    if there and not is_prefix:
        raise Refused("PATH_IN_USE")
    if any((path, locale, is_prefix) == (one.path, one.locale, one.prefix) for one in act.site.redirects.values()):
        raise Refused("PATH_IN_USE")
    status = given.get("statusCode", 301)
    made = Redirect(next(act.new, "new"), path, locale, is_prefix, status, page, given.get("url"))
    act.site.redirects[made.id] = made


def unredirect(act: Act, given: dict[str, Any]) -> None:
    act.require("redirects")
    if act.site.redirects.pop(given["id"], None) is None:
        raise Refused("REDIRECT_NOT_FOUND")


def blocks(act: Act, given: dict[str, Any]) -> None:
    """Put new blocks in the place of all; each is told from all others by the revision that brought it."""
    page = act.target({**given, "id": given["pageId"]}, "update")
    archived(page)
    wanted = tuple((len(page.revisions), n, block["data"]["title"]) for n, block in enumerate(given["blocks"]))
    if wanted or page.draft["blocks"]:
        page.save({**page.draft, "blocks": wanted})
        page.version += 1


ACTS = {
    "createPage": create,
    "updatePage": update,
    "publishPage": publish,
    "unpublishPage": unpublish,
    "archivePage": archive,
    "discardPageDraft": discard,
    "restorePageRevision": restore,
    "duplicatePage": duplicate,
    "movePage": move,
    "deletePage": delete,
    "setHomePage": set_home,
    "changePageSlug": change_slug,
    "createPathRedirect": redirect,
    "deletePathRedirect": unredirect,
    "replacePageBlocks": blocks,
}
"""Every mutation of pages and their paths; the other ones of blocks have tests of their own."""

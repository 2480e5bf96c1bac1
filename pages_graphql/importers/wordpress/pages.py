"""What becomes of the pages of an export: title, slug, status and place in the tree."""

from collections.abc import Mapping

from pages_graphql.importers.report import EntryKind, Report
from pages_graphql.importers.wordpress.links import number_in
from pages_graphql.importers.wordpress.scratch import PagePlan, Scratch
from pages_graphql.importers.wordpress.seo import seo_of
from pages_graphql.importers.wordpress.text import decoded, has_markup, path_in, plain
from pages_graphql.importers.wordpress.wxr import Item, Site

UNDER_DRAFT = "it stands under a page that is not published"
_REASONS = {
    "draft": "a draft in WordPress",
    "pending": "waiting for review in WordPress",
    "private": "private in WordPress",
}


def page_of(item: Item, site: Site, report: Report) -> PagePlan:
    """The page that an item becomes, before its place in the tree is known."""
    slug = decoded(item.slug)
    title = plain(item.title) or slug or f"{item.type}-{item.id}"
    what = named(item.id, title, item.type)
    page = PagePlan(
        id=item.id,
        type=item.type,
        parent_id=item.parent or None if item.type == "page" else None,
        title=title,
        slug=slug or None,
        draft_reason=_draft_reason(item),
        created_at=item.created_at,
        modified_at=item.modified_at,
        template=_template(item),
        position=item.position,
        author=item.author,
        path=path_in(site.url, item.link),
        picture_id=number_in(item, "_thumbnail_id") or None,
        old_slugs=tuple(dict.fromkeys(filter(None, map(decoded, item.meta_values("_wp_old_slug"))))),
        terms=_terms(item),
        seo=seo_of(item, site, title, what, report),
        excerpt=item.excerpt,
        html=item.content,
    )
    for why in _changes(item, page):
        report.add(EntryKind.CHANGED, what, why)
    return page


def settle_tree(scratch: Scratch, report: Report) -> None:
    """Give every page a parent that is there and a place after it, and make drafts of what stands under drafts."""
    for page, title in scratch.pages_without_their_parent():
        report.add(EntryKind.CHANGED, named(page, title), "its parent is not taken: at the top level")
    scratch.lift_pages_without_their_parent()
    for page in one_of_each_circle(scratch.parents_in_circles()):
        title = scratch.lift_page(page)
        report.add(EntryKind.CHANGED, named(page, title), "its parents lead back to it: at the top level")
    scratch.order_pages()
    for page, title in scratch.published_under_drafts():
        report.add(EntryKind.CHANGED, named(page, title), f"taken as a draft: {UNDER_DRAFT}")
    scratch.make_drafts(UNDER_DRAFT)


def named(id: int, title: str, type: str = "page") -> str:
    """How the report calls a page or a post."""
    return f'{type} {id} "{title}"'


def one_of_each_circle(parents: Mapping[int, int]) -> list[int]:
    """One member of each circle that ids and their parents make."""
    seen: set[int] = set()
    members: list[int] = []
    for start in sorted(parents):
        at, trail = start, set[int]()
        while at in parents and at not in seen:
            seen.add(at)
            trail.add(at)
            at = parents[at]
        if at in trail:
            members.append(at)
    return members


def _draft_reason(item: Item) -> str | None:
    if item.status == "future":
        return f"scheduled in WordPress for {item.created_at or 'no date'}"
    if item.status != "publish":
        return _REASONS.get(item.status, f"of the status {item.status!r} in WordPress")
    return "protected by a password in WordPress" if item.password else None


def _terms(item: Item) -> dict[str, list[dict[str, str]]]:
    """The categories, tags and other terms of an item, by taxonomy."""
    found: dict[str, list[dict[str, str]]] = {}
    for term in item.terms:
        found.setdefault(term.taxonomy, []).append({"slug": decoded(term.slug), "name": plain(term.name)})
    return found


def _template(item: Item) -> str | None:
    template = item.meta_value("_wp_page_template")
    return template if template not in ("", "default") else None


def _changes(item: Item, page: PagePlan) -> list[str]:
    """What the page says otherwise than the item did; a draft that stays one is no change."""
    changes: list[str] = []
    if not plain(item.title):
        changes.append(
            "it has no title: its slug is taken" if page.slug else "it has neither title nor slug: its id is taken"
        )
    elif has_markup(item.title):
        changes.append(f"the markup in its title is left out: {item.title.strip()}")
    if page.draft_reason and item.status != "draft":
        changes.append(f"taken as a draft: {page.draft_reason}")
    if page.path == "/" and page.is_published:
        changes.append("it is the site's front page: until it is made the home page, its address comes from its slug")
    return changes

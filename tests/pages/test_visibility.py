"""Who sees what: drafts, other channels and other tenants are nowhere, whichever door one tries."""

from typing import Any

import pytest

from pages_graphql.core.view import View
from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, MANAGER, World, new_world

DOORS = """query ($id: ID!, $slug: String!, $path: String!, $parent: ID!, $child: ID!, $r: [_Any!]!) {
  page(id: $id) { id }
  pageBySlug(slug: $slug, parentId: $parent) { id }
  pageByPath(path: $path) { id }
  route(path: $path) { ... on PageRoute { page { id } } ... on PathRedirectRoute { targetPage { id } } }
  pages(first: 100) { nodes { id } totalCount }
  last: pages(last: 100) { nodes { id } }
  parent: page(id: $parent) { children { nodes { id } totalCount } }
  child: page(id: $child) { parent { id } ancestors { id } breadcrumbs { pageId } }
  _entities(representations: $r) { ... on Page { id } }
}"""


def ids(part: Any) -> set[str]:
    """Every id in an answer."""
    if isinstance(part, dict):
        own = {value for name, value in part.items() if name in ("id", "pageId")}
        return own.union(*(ids(value) for value in part.values()))
    return set().union(*(ids(item) for item in part)) if isinstance(part, list) else set()


class Family:
    """A page under test, under a parent and over a child that all may see."""

    def __init__(self, parent: str, page: str, child: str) -> None:
        self.parent, self.page, self.child = parent, page, child

    @classmethod
    async def of(cls, world: World, **given: Any) -> "Family":
        """The page as given; the child is live wherever it may be."""
        parent = await world.page("Parent")
        page = await world.page("Page", parentId=parent, **given)
        child = await world.page("Child", parentId=page, publish=given.get("publish", True))
        return cls(parent, page, child)

    async def seen(self, world: World, view: View) -> dict[str, bool]:
        """By door: whether the page is seen through it."""
        reference = {"__typename": "Page", "id": self.page}
        variables: dict[str, Any] = {
            "id": self.page,
            "slug": "page",
            "path": "/parent/page",
            "parent": self.parent,
            "child": self.child,
        }
        data = await world.ask(DOORS, view=view, **variables, r=[reference])
        listed = data["pages"]["totalCount"], data["parent"] and data["parent"]["children"]["totalCount"]
        assert listed == (len(data["pages"]["nodes"]), data["parent"] and len(data["parent"]["children"]["nodes"]))
        return {door: self.page in ids(answer) for door, answer in data.items()}


def nowhere(seen: dict[str, bool]) -> bool:
    return not any(seen.values())


def everywhere(seen: dict[str, bool]) -> bool:
    return all(seen.values())


async def test_a_live_page_is_seen_through_every_door(world: World) -> None:
    family = await Family.of(world)
    for actor in (ANONYMOUS, CUSTOMER, AUTHOR, ADMIN):
        assert everywhere(await family.seen(world, world.view(actor)))


async def test_a_draft_is_nowhere_for_a_reader(world: World) -> None:
    family = await Family.of(world, publish=False)
    for actor in (ANONYMOUS, CUSTOMER, AUTHOR, MANAGER, ADMIN):
        assert nowhere(await family.seen(world, world.view(actor)))


async def test_an_unpublished_page_is_nowhere_for_a_reader(world: World) -> None:
    family = await Family.of(world)
    for page in (family.child, family.page):
        await world.do("unpublishPage", id=page)
    assert nowhere(await family.seen(world, world.view()))


async def test_editors_see_drafts_through_every_door(world: World) -> None:
    family = await Family.of(world, publish=False)
    for actor in (MANAGER, ADMIN):
        assert everywhere(await family.seen(world, world.view(actor, stage="DRAFT")))


async def test_an_author_sees_his_own_drafts_and_no_others(world: World) -> None:
    own = await Family.of(world, publish=False, actor=AUTHOR)
    seen = await own.seen(world, world.view(AUTHOR, stage="DRAFT"))
    assert seen.pop("child") is False  # it is another's draft: nothing is seen from there
    assert everywhere(seen)


async def test_an_author_sees_no_draft_of_others(world: World) -> None:
    family = await Family.of(world, publish=False)
    assert nowhere(await family.seen(world, world.view(AUTHOR, stage="DRAFT")))


async def test_an_authors_draft_tells_nothing_of_what_he_may_not_see_above_it(world: World) -> None:
    parent = await world.page("Secret")
    own = await world.page("Own", parentId=parent, publish=False, actor=AUTHOR)
    await world.do("unpublishPage", id=parent)
    query = """query ($id: ID!) { page(id: $id) { title path url depth parent { id } ancestors { id }
        breadcrumbs { title path } alternates { path } seo { canonicalUrl } } }"""
    shown = (await world.ask(query, view=world.view(AUTHOR, stage="DRAFT"), id=own))["page"]
    assert (shown["title"], shown["parent"], shown["ancestors"]) == ("Own", None, [])
    assert "secret" not in str(shown).lower()
    assert shown["path"].endswith("/own")


async def test_an_author_sees_what_readers_see_of_others_live_pages(world: World) -> None:
    page, own = await world.page("Open"), await world.page("Own", publish=False, actor=AUTHOR)
    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "Hidden", "slug": "hidden"}])
    query = "{ pages { nodes { id title path stage status hasUnpublishedChanges revision { number } } totalCount } }"
    shown = (await world.ask(query, view=world.view(AUTHOR, stage="DRAFT")))["pages"]
    facts = {"hasUnpublishedChanges": False, "revision": {"number": 1}}
    live = {"id": page, "title": "Open", "path": "/open", "stage": "LIVE", "status": "PUBLISHED", **facts}
    draft = {"id": own, "title": "Own", "path": "/own", "stage": "DRAFT", "status": "DRAFT", **facts}
    assert shown == {"nodes": [live, {**draft, "hasUnpublishedChanges": True}], "totalCount": 2}


async def test_a_page_of_another_channel_is_nowhere(world: World) -> None:
    family = await Family.of(world, channels=["app"])
    for actor in (ANONYMOUS, ADMIN):
        assert nowhere(await family.seen(world, world.view(actor)))
        assert nowhere(await family.seen(world, world.view(ADMIN, stage="DRAFT")))
        assert everywhere(await family.seen(world, world.view(actor, channel="app")))
        assert everywhere(await family.seen(world, world.view(actor, channel=None)))


@pytest.mark.parametrize("stage", ["LIVE", "DRAFT"])
async def test_a_page_of_another_tenant_is_nowhere(world: World, stage: str) -> None:
    async with new_world(world.database) as other:
        family = await Family.of(other)
        assert nowhere(await family.seen(world, world.view(ADMIN, stage=stage)))
        assert everywhere(await family.seen(other, other.view(ADMIN, stage=stage)))


async def test_a_draft_of_a_live_page_is_nowhere_for_a_reader(world: World) -> None:
    page = await world.page("Open", blocks=[{"type": "hero", "data": {"title": "Open"}}], metadata={"a": "Open"})
    hidden = {
        "locale": "en",
        "title": "Hidden",
        "slug": "hidden",
        "seo": {"title": "Hidden"},
        "body": {"content": "Hidden"},
    }
    blocks = [{"type": "hero", "data": {"title": "Hidden"}}]
    german = {"locale": "de", "title": "Hidden"}
    await world.do(
        "updatePage", id=page, translations=[hidden, german], blocks=blocks, metadata={"a": "Hidden"}, note="Hidden"
    )
    shown = """title slug path url metadata availableLocales hasUnpublishedChanges body { content html excerpt }
        seo { title description openGraph { title } stored } blocks { data sharedData overrides { data } } translations { title slug path }
        alternates { locale path } revision { number contentHash note author { id } } breadcrumbs { title path } updatedAt"""
    query = f"""query ($id: ID!) {{ page(id: $id) {{ {shown} children {{ nodes {{ title }} }} }} pages {{ nodes {{ {shown} }} }}
        route(path: "/hidden") {{ __typename }} slug: pageBySlug(slug: "hidden") {{ id }} path: pageByPath(path: "/hidden") {{ id }}
        german: page(id: $id, locale: "de") {{ title locale }} }}"""
    for actor in (ANONYMOUS, CUSTOMER, AUTHOR):
        data = await world.ask(query, actor, id=page)
        route = data.pop("route")
        assert route == {"__typename": "PathNotFoundRoute"}
        assert "hidden" not in str(data).lower().replace("hasunpublishedchanges", "")
        assert data["page"]["hasUnpublishedChanges"] is False
        assert (data["slug"], data["path"], data["german"]) == (None, None, {"title": "Open", "locale": "en"})


@pytest.mark.parametrize(("actor", "code"), [(ANONYMOUS, "UNAUTHENTICATED"), (CUSTOMER, "PERMISSION_DENIED")])
async def test_who_may_see_no_draft_is_told_so_where_he_asks_for_drafts(world: World, actor: Any, code: str) -> None:
    page = await world.page("Page")
    query = """query ($id: ID!, $stage: ContentStage) {
        page(id: $id, stage: $stage) { id } pageBySlug(slug: "page", stage: $stage) { id } pages(stage: $stage) { totalCount }
        pageByPath(path: "/page", stage: $stage) { id } route(path: "/page", stage: $stage) { __typename } }"""
    fields = ["page", "pageBySlug", "pages", "pageByPath", "route"]
    by_argument = await world.answer(query, actor, id=page, stage="DRAFT")
    by_header = await world.answer(query, view=world.view(actor, stage="DRAFT"), id=page)
    for answer in (by_argument, by_header):
        assert answer.data == dict.fromkeys(fields)
        assert sorted(str(error.path[0]) for error in answer.errors) == sorted(fields)
        assert answer.codes == [code] * len(fields)
    live = await world.ask(query, view=world.view(actor, stage="DRAFT"), id=page, stage="LIVE")
    assert live["page"] == {"id": page}

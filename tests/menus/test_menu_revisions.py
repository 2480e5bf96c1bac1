"""Going back: discarding drafts, restoring revisions, and looking at them."""

from tests.menus.items import ids, item, tree
from tests.world import ADMIN, ANONYMOUS, CUSTOMER, World

REVISIONS = """query ($id: ID!, $first: Int, $after: String, $stage: ContentStage) { menu(id: $id, stage: $stage) {
  viewKey
  revisions(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { number isLive note author { id } contentHash menu { id viewKey itemCount items { label } } }
  }
} }"""


async def test_a_discarded_draft_says_what_readers_see(world: World) -> None:
    menu = await world.menu("main", [item("A", item("B"))])
    before = await ids(world, menu)
    await world.do("replaceMenuItems", menuId=menu, items=[item("C")])
    for _ in range(2):  # the second time the draft says what is live already
        payload = await world.do("discardMenuDraft", fields="hasUnpublishedChanges", id=menu)
        assert payload["menu"] == {"id": menu, "version": 4, "status": "PUBLISHED", "hasUnpublishedChanges": False}
    assert await ids(world, menu) == before
    assert [name for name, _ in await world.outbox(menu)][2:] == ["menu.updated", "menu.updated"]


async def test_with_nothing_live_there_is_nothing_to_go_back_to(world: World) -> None:
    menu = await world.menu("main", publish=False)
    assert await world.problems("discardMenuDraft", id=menu) == [("NOTHING_LIVE", ["id"])]


async def test_a_restored_revision_brings_its_items_back_with_their_ids(world: World) -> None:
    page = await world.page("Gone", publish=False)
    menu = await world.menu("main", [item("A", item("B")), item("P", link={"pageId": page})])
    before = await ids(world, menu)
    await world.do("replaceMenuItems", menuId=menu, items=[item("C")])
    await world.do("deletePage", id=page)

    payload = await world.do("restoreMenuRevision", id=menu, revision=1, note="As it was")

    assert payload["menu"]["version"] == 4
    assert (await ids(world, menu), await tree(world, menu)) == (before, ["A", ".B", "P"])
    assert await world.problems("restoreMenuRevision", id=menu, revision=9) == [("REVISION_NOT_FOUND", ["revision"])]
    again = await world.do("restoreMenuRevision", id=menu, revision=1)
    assert again["menu"]["version"] == 4


async def test_editors_look_at_every_revision_and_readers_at_none(world: World) -> None:
    menu = await world.menu("main", [item("A")], note="First")
    await world.do("addMenuItem", menuId=menu, item=item("B"), note="Second")
    shown = (await world.ask(REVISIONS, id=menu, stage="DRAFT"))["menu"]
    revisions = shown["revisions"]
    assert revisions["totalCount"] == 2
    facts = [(one["number"], one["isLive"], one["note"], one["author"]) for one in revisions["nodes"]]
    assert facts == [(2, False, "Second", {"id": "admin"}), (1, True, "First", {"id": "admin"})]
    assert [[item["label"] for item in one["menu"]["items"]] for one in revisions["nodes"]] == [["A", "B"], ["A"]]
    keys = [one["menu"]["viewKey"] for one in revisions["nodes"]]
    assert keys[0] == shown["viewKey"] != keys[1]  # a client's cache tells an older revision from the menu

    first = (await world.ask(REVISIONS, id=menu, first=1))["menu"]["revisions"]
    assert (first["nodes"][0]["number"], first["pageInfo"]["hasNextPage"]) == (2, True)
    rest = (await world.ask(REVISIONS, id=menu, first=1, after=first["pageInfo"]["endCursor"]))["menu"]["revisions"]
    assert [one["number"] for one in rest["nodes"]] == [1]
    for actor in (ANONYMOUS, CUSTOMER):
        assert (await world.ask(REVISIONS, actor, id=menu))["menu"]["revisions"] is None


async def test_the_same_menu_is_seen_through_another_view(world: World) -> None:
    names = [{"locale": "en", "name": "Main"}, {"locale": "de", "name": "Haupt"}]
    menu = await world.menu("main", translations=names)
    await world.do("addMenuItem", menuId=menu, item=item("B"))
    query = """query ($id: ID!) { menu(id: $id) { viewKey name itemCount
      same: inView { viewKey name } german: inView(locale: "de") { name requestedLocale viewKey }
      draft: inView(stage: DRAFT) { itemCount stage } } }"""
    found = (await world.ask(query, ADMIN, id=menu))["menu"]
    assert found["same"] == {"viewKey": found["viewKey"], "name": "Main"}
    assert (found["german"]["name"], found["german"]["requestedLocale"]) == ("Haupt", "de")
    assert found["german"]["viewKey"] != found["viewKey"]
    assert (found["itemCount"], found["draft"]) == (0, {"itemCount": 1, "stage": "DRAFT"})
    answer = await world.answer(
        "query ($id: ID!) { menu(id: $id) { id inView(stage: DRAFT) { id } } }", ANONYMOUS, id=menu
    )
    assert (answer.data, answer.codes) == ({"menu": {"id": menu, "inView": None}}, ["UNAUTHENTICATED"])

"""Who points at a page is known, menus too."""

from tests.menus.items import ids, item
from tests.world import ADMIN, ANONYMOUS, World

REFERENCED = """query ($id: ID!, $stage: ContentStage) { page(id: $id, stage: $stage) { referencedBy {
  totalCount nodes { stage path source { __typename ... on Menu { handle } } }
} } }"""


async def test_a_page_names_the_menus_that_link_to_it(world: World) -> None:
    page = await world.page("Target")
    link = {"pageId": page}
    menu = await world.menu("main", [item("A", item("B", link=link))])
    await world.menu("draft", [item("A", link=link)], publish=False)
    await world.do("addMenuItem", menuId=menu, item=item("C", link=link))

    live = (await world.ask(REFERENCED, ANONYMOUS, id=page))["page"]["referencedBy"]
    main = {"__typename": "Menu", "handle": "main"}
    assert live == {
        "totalCount": 1,
        "nodes": [{"stage": "LIVE", "path": ["items", "0", "children", "0", "link", "pageId"], "source": main}],
    }
    drafts = (await world.ask(REFERENCED, ADMIN, id=page, stage="DRAFT"))["page"]["referencedBy"]
    found = sorted((one["source"]["handle"], one["stage"], one["path"][1]) for one in drafts["nodes"])
    assert found == [("draft", "DRAFT", "0"), ("main", "DRAFT", "0"), ("main", "DRAFT", "1")]


async def test_what_a_menu_no_longer_says_points_no_more(world: World) -> None:
    page = await world.page("Target")
    menu = await world.menu("main", [item("A", link={"pageId": page})])
    known = await ids(world, menu)
    count = "query ($id: ID!) { page(id: $id) { referencedBy { totalCount } } }"
    await world.do("updateMenuItem", menuId=menu, itemId=known["A"], link=None)
    assert (await world.ask(count, id=page))["page"]["referencedBy"]["totalCount"] == 1  # readers still see it
    await world.do("publishMenu", id=menu)
    assert (await world.ask(count, id=page))["page"]["referencedBy"]["totalCount"] == 0
    await world.do("restoreMenuRevision", id=menu, revision=1)
    await world.do("publishMenu", id=menu)
    await world.do("unpublishMenu", id=menu)
    assert (await world.ask(count, id=page))["page"]["referencedBy"]["totalCount"] == 0


async def test_a_page_that_a_menu_links_to_can_be_kept_from_going(world: World) -> None:
    page = await world.page("Target")
    menu = await world.menu("main", [item("A", link={"pageId": page})])
    query = """mutation ($input: UnpublishPageInput!) { unpublishPage(input: $input) { page { id } problems {
      code ... on ContentStillReferencedProblem { references { stage source { ... on Menu { id } } } }
    } } }"""
    given = {"id": page, "refuseIfReferenced": True}
    payload = (await world.ask(query, input=given))["unpublishPage"]
    assert payload["page"] is None
    [problem] = payload["problems"]
    assert problem["code"] == "STILL_REFERENCED"
    assert {one["stage"] for one in problem["references"]} == {"LIVE", "DRAFT"}
    assert {one["source"]["id"] for one in problem["references"]} == {menu}

    given["refuseIfReferenced"] = False
    assert (await world.ask(query, input=given))["unpublishPage"]["problems"] == []
    assert (await world.do("deletePage", id=page))["problems"] == []
    assert list(await ids(world, menu)) == ["A"]  # nothing deletes items silently


async def test_a_draft_that_only_drafts_link_to_can_be_kept_from_going(world: World) -> None:
    page = await world.page("Target", publish=False)
    menu = await world.menu("main", [item("A", link={"pageId": page})], publish=False)
    query = """mutation ($input: DeletePageInput!) { deletePage(input: $input) { deletedId problems {
      code ... on ContentStillReferencedProblem { references { stage path source { ... on Menu { id } } } }
    } } }"""
    payload = (await world.ask(query, input={"id": page, "refuseIfReferenced": True}))["deletePage"]
    place = {"stage": "DRAFT", "path": ["items", "0", "link", "pageId"], "source": {"id": menu}}
    assert payload == {"deletedId": None, "problems": [{"code": "STILL_REFERENCED", "references": [place]}]}

    await world.do("replaceMenuItems", menuId=menu, items=[])
    payload = (await world.ask(query, input={"id": page, "refuseIfReferenced": True}))["deletePage"]
    assert payload == {"deletedId": page, "problems": []}

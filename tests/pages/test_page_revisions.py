"""Pages as their revisions show them."""

from tests.world import World

REVISIONS = """query ($id: ID!) { page(id: $id, stage: DRAFT) {
  viewKey revisions { nodes { number page { title viewKey } } }
} }"""


async def test_every_revision_shows_its_page_and_a_cache_can_tell_them_apart(world: World) -> None:
    page = await world.page("Old")
    await world.do("updatePage", id=page, translations=[{"locale": "en", "title": "New"}])
    shown = (await world.ask(REVISIONS, id=page))["page"]
    new, old = shown["revisions"]["nodes"]
    assert [(one["number"], one["page"]["title"]) for one in (new, old)] == [(2, "New"), (1, "Old")]
    assert new["page"]["viewKey"] == shown["viewKey"] != old["page"]["viewKey"]

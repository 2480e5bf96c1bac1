"""Links in blocks: they follow pages, show nothing hidden, and cost the same however many there are."""

from typing import Any
from uuid import UUID, uuid4

from tests.world import ADMIN, ANONYMOUS, AUTHOR, World

LINKS = """query ($id: ID!, $locale: String, $channel: String, $stage: ContentStage) {
  page(id: $id, locale: $locale, channel: $channel, stage: $stage) { blocks { ... on PageHeroBlock { cta { ...link } }
    ... on PageImageBlock { image { src media { id } } link { ...link } } ... on PagePricingBlock { plans { cta { ...link } } } } } }
  fragment link on PageLink { label url page { id title } }"""


def hero(**cta: str) -> dict[str, Any]:
    return {"type": "hero", "data": {"title": "T", "cta": cta}}


async def link(world: World, page: str, actor: Any = ANONYMOUS, **view: Any) -> tuple[str | None, str | None]:
    """Where the link of a page's first block leads: the URL, and the title of the page."""
    shown = (await world.ask(LINKS, actor, id=page, **view))["page"]["blocks"][0]["cta"]
    return shown["url"], shown["page"] and shown["page"]["title"]


async def test_a_link_to_a_page_follows_its_renames(world: World) -> None:
    about = await world.page("About")
    team = await world.page("Team", parentId=about)
    page = await world.page(blocks=[hero(label="Go", pageId=team)])
    assert await link(world, page) == ("/about/team", "Team")

    await world.do("updatePage", id=about, translations=[{"locale": "en", "slug": "über uns"}])
    assert await link(world, page) == ("/about/team", "Team")
    await world.do("publishPage", id=about)
    assert await link(world, page) == ("/%C3%BCber-uns/team", "Team")


async def test_a_link_leads_to_the_locale_that_the_page_shows(world: World) -> None:
    both = await world.page(translations=[{"locale": "en", "title": "Both"}, {"locale": "de", "title": "Beide"}])
    english = await world.page("English")
    page = await world.page(blocks=[hero(pageId=both)])
    other = await world.page("Other", blocks=[hero(pageId=english)])
    assert await link(world, page, locale="de") == ("/de/beide", "Beide")
    assert await link(world, page, locale="ru") == ("/de/beide", "Beide")
    assert await link(world, other, locale="de") == ("/english", "English")


async def test_a_link_to_what_the_view_does_not_show_leads_nowhere(world: World) -> None:
    draft = await world.page("Draft", publish=False)
    app = await world.page("App", channels=["app"])
    page = await world.page(blocks=[hero(pageId=draft)])
    other = await world.page("Other", blocks=[hero(pageId=app)])
    assert await link(world, page) == (None, None)
    assert await link(world, page, ADMIN, stage="DRAFT") == ("/draft", "Draft")
    assert await link(world, other) == (None, None)
    assert await link(world, other, channel="app") == ("/app", "App")
    await world.do("unpublishPage", id=app)
    assert await link(world, other, channel="app") == (None, None)


async def test_a_link_to_an_address_is_the_address(world: World) -> None:
    for url in ("/a?b=c#d", "#top", "https://other.example", "mailto:a@b.example", "tel:+4930123"):
        page = await world.page(slug := uuid4().hex, blocks=[hero(url=url)])
        assert await link(world, page) == (url, None), slug


async def test_a_link_may_lead_home_and_to_its_own_page(world: World) -> None:
    page = await world.page("Self", blocks=[])
    await world.do("updatePage", id=page, blocks=[hero(pageId=page)])
    await world.do("publishPage", id=page)
    assert await link(world, page) == ("/self", "Self")
    await world.do("setHomePage", id=page)
    assert await link(world, page) == ("/", "Self")
    assert await link(world, page, locale="de") == ("/", "Self")


async def test_a_link_to_no_page_is_refused(world: World) -> None:
    draft = await world.page("Draft", publish=False)
    texts = [{"locale": "en", "title": "P"}]
    wrong = [hero(pageId=str(uuid4())), hero(pageId="no-uuid")]
    assert await world.problems("createPage", translations=texts, blocks=wrong) == [
        ("PAGE_NOT_FOUND", ["blocks", "0", "data", "cta", "pageId"]),
        ("PAGE_NOT_FOUND", ["blocks", "1", "data", "cta", "pageId"]),
    ]
    hidden = await world.problems("createPage", AUTHOR, translations=texts, blocks=[hero(pageId=draft)])
    assert hidden == [("PAGE_NOT_FOUND", ["blocks", "0", "data", "cta", "pageId"])]


async def test_a_link_counts_as_a_reference_however_its_id_is_written(world: World) -> None:
    target = await world.page("Target")
    written = [target, target.upper(), UUID(target).urn]
    pages = [await world.page(f"P{n}", blocks=[hero(pageId=id)]) for n, id in enumerate(written)]
    assert [await link(world, page) for page in pages] == [("/target", "Target")] * 3
    query = "query ($id: ID!) { page(id: $id) { referencedBy { nodes { path source { ... on Page { id } } } } } }"
    found = (await world.ask(query, ANONYMOUS, id=target))["page"]["referencedBy"]["nodes"]
    assert sorted((one["source"]["id"], one["path"]) for one in found) == sorted(
        (page, ["blocks", "0", "data", "cta", "pageId"]) for page in pages
    )


async def test_many_blocks_cost_as_many_statements_as_few(world: World) -> None:
    targets = [await world.page(f"Target {n}", channels=["web"]) for n in range(12)]

    async def statements(count: int, actor: Any, stage: str) -> int:
        kinds = [
            lambda n: hero(pageId=targets[n % 12]),
            lambda n: {"type": "image", "data": {"image": {"mediaId": f"m{n}"}, "link": {"pageId": targets[n % 12]}}},
            lambda n: {
                "type": "pricing",
                "data": {"plans": [{"name": "P", "cta": {"pageId": targets[(n + m) % 12]}} for m in range(5)]},
            },
            lambda n: hero(url=f"/{n}"),
        ]
        page = await world.page(f"{count} {stage}", blocks=[kinds[n % 4](n) for n in range(count)])
        shown = (await world.ask(LINKS, actor, id=page, stage=stage))["page"]["blocks"]
        assert len(shown) == count
        assert shown[-2]["plans"][4]["cta"]["url"].startswith("/target-")
        return len(world.statements)

    assert await statements(8, ANONYMOUS, "LIVE") == await statements(100, ANONYMOUS, "LIVE") == 3
    assert await statements(8, ADMIN, "DRAFT") == await statements(100, ADMIN, "DRAFT")


async def test_links_to_addresses_ask_the_database_nothing(world: World) -> None:
    page = await world.page(blocks=[hero(url="/a"), hero(url="/b")])
    await world.ask(LINKS, ANONYMOUS, id=page)
    assert len(world.statements) == 1

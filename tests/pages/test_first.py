from tests.world import ANONYMOUS, World


async def test_a_published_page_is_found_by_its_path(world: World) -> None:
    about = await world.page("About us", blocks=[{"type": "text", "data": {"text": {"content": "*Hi*"}}}])
    team = await world.page("Team", parentId=about)
    draft = await world.page("Secret", parentId=about, publish=False)
    data = await world.ask(
        """{ route(path: "/about-us/Team/") { __typename statusCode ... on PageRoute { isCanonical page { id path url
              ancestors { id title path } breadcrumbs { title path } parent { id children { totalCount nodes { id } } blocks { __typename data ... on PageTextBlock { text { html } } } } } } } }""",
        ANONYMOUS,
    )
    assert data["route"]["page"]["path"] == "/about-us/team"

"""What is wrong with an input is told at once, whatever finds it."""

from tests.world import ANONYMOUS, World

WRONG = {
    "translations": [
        {"locale": "en", "title": "", "seo": {"canonicalUrl": "javascript:alert(1)"}},
        {"locale": "fr", "title": "Bonjour"},
    ],
    "channels": ["nowhere"],
    "blocks": [{"type": "hero", "data": {"size": 1}}],
    "template": "",
}
PLACES = [
    ["blocks", "0", "data", "size"],
    ["blocks", "0", "data", "title"],
    ["channels", "0"],
    ["template"],
    ["translations", "0", "seo", "canonicalUrl"],
    ["translations", "0", "title"],
    ["translations", "1", "locale"],
]


async def test_faults_of_form_and_of_rules_are_told_together(world: World) -> None:
    problems = await world.problems("createPage", **WRONG)
    assert sorted(path for _, path in problems) == PLACES
    assert {code for code, _ in problems} == {"VALIDATION_ERROR"}


async def test_nothing_is_done_where_only_the_form_is_at_fault(world: World) -> None:
    page = await world.page("Home")
    seo = {"image": {"src": "javascript:alert(1)"}}
    texts = [{"locale": "en", "title": "New", "seo": {"title": "T", **seo}}]
    assert await world.problems("updatePage", id=page, translations=texts) == [
        ("VALIDATION_ERROR", ["translations", "0", "seo", "image", "src"])
    ]
    data = await world.ask("query ($id: ID!) { page(id: $id) { title version } }", id=page)
    assert data["page"] == {"title": "Home", "version": 2}
    assert [name for name, _ in await world.outbox()] == ["page.created", "page.published", "page.moved"]


async def test_who_may_not_is_told_nothing_of_his_input(world: World) -> None:
    assert await world.problems("createPage", ANONYMOUS, **WRONG) == [("UNAUTHENTICATED", [])]

"""What callers get wrong: every fault is a problem at its place, and nothing is half written."""

from typing import Any

import pytest

from tests.world import AUTHOR, World, new_world

NOBODY = "01980000-0000-7000-8000-000000000000"
INVALID = "VALIDATION_ERROR"
MIB = 1024 * 1024


def text(title: str = "Page", locale: str = "en", **more: Any) -> dict[str, Any]:
    return {"locale": locale, "title": title, **more}


def hero(**data: Any) -> dict[str, Any]:
    return {"type": "hero", "data": {"title": "Big", **data}}


async def nothing_written(world: World, pages: int = 0, events: int = 0) -> bool:
    data = await world.ask("{ pages(stage: DRAFT) { totalCount } }")
    return (data["pages"]["totalCount"], len(await world.outbox())) == (pages, events)


TEXTS = "translations"
CREATE: list[tuple[dict[str, Any], list[tuple[str, list[str]]]]] = [
    ({TEXTS: []}, [(INVALID, [TEXTS])]),
    ({TEXTS: [text("")]}, [(INVALID, [TEXTS, "0", "title"])]),
    ({TEXTS: [text("  \t")]}, [(INVALID, [TEXTS, "0", "title"])]),
    ({TEXTS: [text("x" * 256)]}, [(INVALID, [TEXTS, "0", "title"])]),
    ({TEXTS: [{"locale": "en"}]}, [(INVALID, [TEXTS, "0", "title"])]),
    ({TEXTS: [{"locale": "en", "title": None}]}, [(INVALID, [TEXTS, "0", "title"])]),
    ({TEXTS: [text(slug="x" * 256)]}, [(INVALID, [TEXTS, "0", "slug"])]),
    ({TEXTS: [text(body={"content": "x" * (MIB + 1)})]}, [(INVALID, [TEXTS, "0", "body", "content"])]),
    ({TEXTS: [text(body={"content": "ж" * (MIB // 2 + 1)})]}, [(INVALID, [TEXTS, "0", "body", "content"])]),
    ({TEXTS: [text("a\x00b")]}, [(INVALID, [TEXTS, "0", "title"])]),
    ({TEXTS: [text("a\ud800b")]}, [(INVALID, [TEXTS, "0", "title"])]),
    ({TEXTS: [text(slug="\udfff")]}, [(INVALID, [TEXTS, "0", "slug"])]),
    ({TEXTS: [text()], "metadata": {"a": [1, "\x00"]}}, [(INVALID, ["metadata", "a", "1"])]),
    ({TEXTS: [text()], "metadata": {"\ud800": 1}}, [(INVALID, ["metadata"])]),
    ({TEXTS: [text()], "metadata": [1]}, [(INVALID, ["metadata"])]),
    ({TEXTS: [text(locale="fr")]}, [(INVALID, [TEXTS, "0", "locale"])]),
    ({TEXTS: [text(locale="not a locale")]}, [(INVALID, [TEXTS, "0", "locale"])]),
    ({TEXTS: [text(), text("Again")]}, [(INVALID, [TEXTS, "1", "locale"])]),
    ({TEXTS: [text(), text("Again", "EN")]}, [(INVALID, [TEXTS, "1", "locale"])]),
    ({TEXTS: [text()], "channels": ["web", "radio"]}, [(INVALID, ["channels", "1"])]),
    ({TEXTS: [text()], "template": ""}, [(INVALID, ["template"])]),
    ({TEXTS: [text()], "parentId": "no-uuid"}, [("PAGE_NOT_FOUND", ["parentId"])]),
    ({TEXTS: [text()], "parentId": NOBODY}, [("PAGE_NOT_FOUND", ["parentId"])]),
    ({TEXTS: [text()], "beforeId": NOBODY}, [("PAGE_NOT_FOUND", ["beforeId"])]),
    ({TEXTS: [text()], "afterId": "no-uuid"}, [("PAGE_NOT_FOUND", ["afterId"])]),
    ({TEXTS: [text()], "beforeId": "a", "afterId": "b"}, [(INVALID, ["afterId"])]),
    (
        {TEXTS: [text(seo={"canonicalUrl": "javascript:alert(1)"})]},
        [(INVALID, [TEXTS, "0", "seo", "canonicalUrl"])],
    ),
    ({TEXTS: [text()], "blocks": [{"type": "nothing", "data": {}}]}, [(INVALID, ["blocks", "0", "type"])]),
    ({TEXTS: [text()], "blocks": [{"type": "hero", "data": {}}]}, [(INVALID, ["blocks", "0", "data", "title"])]),
    ({TEXTS: [text()], "blocks": [hero(), hero(size=1)]}, [(INVALID, ["blocks", "1", "data", "size"])]),
    ({TEXTS: [text()], "blocks": [{"id": NOBODY, **hero()}]}, [("BLOCK_NOT_FOUND", ["blocks", "0", "id"])]),
    (
        {TEXTS: [text()], "blocks": [hero() | {"overrides": [{"locale": "de", "data": {"title": None}}]}]},
        [(INVALID, ["blocks", "0", "overrides", "0", "data", "title"])],
    ),
    (
        {TEXTS: [text()], "blocks": [hero() | {"overrides": [{"locale": "fr", "data": {}}]}]},
        [(INVALID, ["blocks", "0", "overrides", "0", "locale"])],
    ),
]


@pytest.mark.parametrize(
    ("given", "problems"), CREATE, ids=[f"{n} {'.'.join(p[0][1])}" for n, (_, p) in enumerate(CREATE)]
)
async def test_a_wrong_page_is_not_made(world: World, given: Any, problems: Any) -> None:
    assert await world.problems("createPage", **given) == problems
    assert await nothing_written(world)


async def test_all_faults_are_told_at_once(world: World) -> None:
    page = await world.page("Taken", translations=[text("Taken"), text("Besetzt", "de")])
    events = len(await world.outbox())
    given = {
        "translations": [text("Taken"), text("", "de", slug="x" * 256), text("Page", "fr"), text("Again")],
        "channels": ["web", "radio"],
        "blocks": [hero(size=1), {"type": "nothing", "data": {}}],
    }
    expected = {
        (INVALID, "channels.1"),
        (INVALID, "translations.1.title"),
        (INVALID, "translations.1.slug"),
        (INVALID, "translations.2.locale"),
        (INVALID, "translations.3.locale"),
        (INVALID, "blocks.0.data.size"),
        (INVALID, "blocks.1.type"),
    }

    def told(problems: list[tuple[str, list[str]]]) -> list[tuple[str, str]]:
        return sorted((code, ".".join(path)) for code, path in problems)

    created = await world.problems("createPage", **given, afterId=NOBODY)
    assert told(created) == sorted(
        {*expected, ("PAGE_NOT_FOUND", "afterId"), ("DUPLICATE_SLUG", "translations.0.slug")}
    )
    updated = await world.problems("updatePage", id=page, **given, removeLocales=["ru"])
    assert told(updated) == sorted({*expected, (INVALID, "removeLocales.0")})
    assert await nothing_written(world, pages=1, events=events)


async def test_a_parent_that_is_not_to_be_seen_is_not_there(world: World) -> None:
    await world.page("Page")  # at the root, where nothing is asked for
    async with new_world(world.database) as other:
        foreign = await other.page("Foreign")
    for parent in (foreign, NOBODY):
        problems = await world.problems("createPage", translations=[text()], parentId=parent, afterId=parent)
        assert problems == [("PAGE_NOT_FOUND", ["parentId"])]


async def test_a_page_of_another_tenant_cannot_be_written(world: World) -> None:
    async with new_world(world.database) as other:
        foreign = await other.page("Foreign", publish=False)
        for mutation in ("updatePage", "publishPage", "unpublishPage"):
            assert await world.problems(mutation, id=foreign) == [("PAGE_NOT_FOUND", ["id"])]
        assert [name for name, _ in await other.outbox()] == ["page.created"]


@pytest.mark.parametrize("mutation", ["updatePage", "publishPage", "unpublishPage"])
@pytest.mark.parametrize("unknown", ["01890000-0000-7000-8000-00000000ffff", "no-uuid", "", "x" * 10_000])
async def test_what_is_not_there_cannot_be_written(world: World, mutation: str, unknown: str) -> None:
    query = f"""mutation ($input: {mutation[0].upper()}{mutation[1:]}Input!) {{ {mutation}(input: $input) {{ problems {{
        __typename code kind path ... on ContentNotFoundProblem {{ id }} }} }} }}"""
    data = await world.ask(query, input={"id": unknown})
    problem = {"code": "PAGE_NOT_FOUND", "kind": "NOT_FOUND", "path": ["id"], "id": unknown}
    assert data[mutation]["problems"] == [{"__typename": "ContentNotFoundProblem", **problem}]


@pytest.mark.parametrize("mutation", ["updatePage", "publishPage", "unpublishPage"])
async def test_a_stale_version_is_a_conflict(world: World, mutation: str) -> None:
    page = await world.page("Page")
    events = await world.outbox()
    query = f"""mutation ($input: {mutation[0].upper()}{mutation[1:]}Input!) {{ {mutation}(input: $input) {{ page {{ id }} problems {{
        __typename code kind path ... on ContentVersionConflictProblem {{ expectedVersion actualVersion }} }} }} }}"""
    data = await world.ask(query, input={"id": page, "expectedVersion": 1})
    conflict = {"code": "PAGE_VERSION_CONFLICT", "kind": "CONFLICT", "path": ["expectedVersion"]}
    versions = {"expectedVersion": 1, "actualVersion": 2}
    problem = {"__typename": "ContentVersionConflictProblem", **conflict, **versions}
    assert data[mutation] == {"page": None, "problems": [problem]}
    assert await world.outbox() == events


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({TEXTS: [text("")]}, [(INVALID, [TEXTS, "0", "title"])]),
        ({TEXTS: [{"locale": "en", "title": None}]}, [(INVALID, [TEXTS, "0", "title"])]),
        ({TEXTS: [{"locale": "de", "slug": "neu"}]}, [(INVALID, [TEXTS, "0", "title"])]),
        (
            {TEXTS: [{"locale": "en", "body": {"content": "x" * (MIB + 1)}}]},
            [(INVALID, [TEXTS, "0", "body", "content"])],
        ),
        ({"removeLocales": ["en"]}, [(INVALID, ["removeLocales"])]),
        ({"removeLocales": ["de"]}, [(INVALID, ["removeLocales", "0"])]),
        ({"removeLocales": ["?"]}, [(INVALID, ["removeLocales", "0"])]),
        ({"channels": ["radio"]}, [(INVALID, ["channels", "0"])]),
        ({"blocks": [hero() | {"id": NOBODY}]}, [("BLOCK_NOT_FOUND", ["blocks", "0", "id"])]),
        ({"note": "\ud800"}, [(INVALID, ["note"])]),
    ],
)
async def test_a_wrong_change_changes_nothing(world: World, given: Any, problems: Any) -> None:
    page = await world.page("Page")
    events = await world.outbox()
    assert await world.problems("updatePage", id=page, **given) == problems
    found = (await world.ask("query ($id: ID!) { page(id: $id, stage: DRAFT) { version title } }", id=page))["page"]
    assert found == {"version": 2, "title": "Page"}
    assert await world.outbox() == events


async def test_bounds_are_inside(world: World) -> None:
    texts = [text("x" * 255, slug="y" * 255, body={"content": "x" * MIB, "format": "PLAIN"})]
    payload = await world.do("createPage", fields="title slug", translations=texts)
    assert (payload["problems"], payload["page"]["slug"]) == ([], "y" * 255)


async def test_a_taken_slug_names_who_has_it_and_one_that_is_free(world: World) -> None:
    first = await world.page("About")
    await world.page("About", translations=[text("About", slug="about-2")])
    query = """mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id } problems { code kind path
        ... on ContentSlugTakenProblem { slug locale suggestion takenBy { id title } } } } }"""
    data = await world.ask(query, input={"translations": [text("Über", "de"), text("About")]})
    problem = {"code": "DUPLICATE_SLUG", "kind": "CONFLICT", "path": [TEXTS, "1", "slug"]}
    taken = {"slug": "about", "locale": "en", "suggestion": "about-3", "takenBy": {"id": first, "title": "About"}}
    assert data["createPage"] == {"page": None, "problems": [{**problem, **taken}]}
    assert await world.page(translations=[text("About", "de")])  # another locale
    assert await world.page("About", parentId=first)  # another parent


async def test_who_has_a_slug_is_not_told_to_who_may_not_see_it(world: World) -> None:
    await world.page("Secret", publish=False)
    query = """mutation ($input: CreatePageInput!) { createPage(input: $input) { problems { code
        ... on ContentSlugTakenProblem { suggestion takenBy { id } } } } }"""
    data = await world.ask(query, AUTHOR, input={"translations": [text("Secret")]})
    problem = {"code": "DUPLICATE_SLUG", "suggestion": "secret-2", "takenBy": None}
    assert data["createPage"]["problems"] == [problem]

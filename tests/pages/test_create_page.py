"""Making a page."""

from typing import Any

import pytest

from tests.world import ADMIN, ANONYMOUS, AUTHOR, CUSTOMER, MANAGER, World


def text(title: str = "Page", locale: str = "en", **more: Any) -> dict[str, Any]:
    return {"locale": locale, "title": title, **more}


async def test_a_new_page_is_a_draft_with_all_that_was_given(world: World) -> None:
    payload = await world.do(
        "createPage",
        fields="""template channels metadata title slug path stage hasUnpublishedChanges position depth isHome
            publishedAt firstPublishedAt author { id } body { format content html wordCount readingMinutes }
            revision { number isLive note author { id } } translations { locale title slug }
            blocks { __typename type data ... on PageHeroBlock { title backgroundImage { src media { id } } } }""",
        template="landing",
        channels=["web", "app", "web"],
        metadata={"color": "red", "n": [1, None, 2.5]},
        note="The first",
        translations=[text("Über uns", body={"content": "# Hi\n\nThere"}), text("О нас", "ru", slug=" О-НАС!")],
        blocks=[{"type": "hero", "data": {"title": "Big", "backgroundImage": {"src": "/a.png", "mediaId": "m"}}}],
    )
    assert payload["problems"] == []
    page = payload["page"]
    assert (page["status"], page["stage"], page["version"]) == ("DRAFT", "DRAFT", 1)
    assert page["hasUnpublishedChanges"] is True
    assert (page["template"], page["channels"]) == ("landing", ["app", "web"])
    assert page["metadata"] == {"color": "red", "n": [1, None, 2.5]}
    assert (page["title"], page["slug"], page["path"]) == ("Über uns", "über-uns", "/über-uns")
    assert (page["depth"], page["isHome"], page["publishedAt"], page["firstPublishedAt"]) == (0, False, None, None)
    assert page["author"] == {"id": "admin"}
    assert page["revision"] == {"number": 1, "isLive": False, "note": "The first", "author": {"id": "admin"}}
    assert page["body"] == {
        "format": "MARKDOWN",
        "content": "# Hi\n\nThere",
        "html": "<h1>Hi</h1>\n<p>There</p>\n",
        "wordCount": 2,
        "readingMinutes": 1,
    }
    assert [(t["locale"], t["slug"]) for t in page["translations"]] == [("en", "über-uns"), ("ru", "о-нас")]
    block = page["blocks"][0]
    assert (block["__typename"], block["title"]) == ("PageHeroBlock", "Big")
    assert block["backgroundImage"] == {"src": "/a.png", "media": {"id": "m"}}


async def test_a_page_published_at_once_is_seen_by_readers(world: World) -> None:
    page = await world.page("About", publish=True)
    query = "query ($id: ID!) { page(id: $id) { title status version path publishedAt firstPublishedAt } }"
    found = (await world.ask(query, ANONYMOUS, id=page))["page"]
    assert (found["title"], found["status"], found["version"], found["path"]) == ("About", "PUBLISHED", 2, "/about")
    assert found["publishedAt"] == found["firstPublishedAt"] is not None


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        (text("Hello, World!"), "hello-world"),
        (text("!!!"), "page"),
        (text("हिन्दी थाई"), "हिन्दी-थाई"),
        (text("İstanbul"), "istanbul"),
        (text("A", slug="Über_Uns / x"), "über_uns-x"),
        (text("Title", slug=""), "title"),
        (text("Title", slug="--"), "title"),
        (text("Title", slug=None), "title"),
        (text("x" * 255), "x" * 255),
    ],
)
async def test_slugs_are_normalised_or_made_from_the_title(world: World, given: Any, slug: str) -> None:
    payload = await world.do("createPage", fields="slug", translations=[given])
    assert payload["page"]["slug"] == slug


async def test_new_pages_stand_behind_their_siblings_or_where_they_are_put(world: World) -> None:
    async def titles(parent: str) -> list[str]:
        query = "query ($id: ID!) { page(id: $id) { children { nodes { title } } } }"
        return [page["title"] for page in (await world.ask(query, id=parent))["page"]["children"]["nodes"]]

    top = await world.page("Top")
    b = await world.page("B", parentId=top)
    await world.page("D", parentId=top)
    await world.page("A", parentId=top, beforeId=b)
    await world.page("C", parentId=top, afterId=b)
    assert await titles(top) == ["A", "B", "C", "D"]

    for n in range(12):  # more than there is room for between two
        await world.page(f"N{n}", parentId=top, afterId=b)
    assert await titles(top) == ["A", "B", *(f"N{n}" for n in reversed(range(12))), "C", "D"]


async def test_numbering_siblings_anew_is_no_write_to_them(world: World) -> None:
    first, last = await world.page("First"), await world.page("Last")
    for n in range(12):
        await world.page(f"N{n}", afterId=first)
    found = await world.ask(
        "query ($a: ID!, $b: ID!) { a: page(id: $a) { version } b: page(id: $b) { version } }", a=first, b=last
    )
    assert found == {"a": {"version": 2}, "b": {"version": 2}}


async def test_a_page_goes_live_only_under_a_live_one(world: World) -> None:
    draft = await world.page("Draft", publish=False)
    problems = await world.problems("createPage", translations=[text("Child")], parentId=draft, publish=True)
    assert problems == [("PARENT_NOT_PUBLISHED", ["parentId"])]
    assert (await world.ask("{ pages(stage: DRAFT) { totalCount } }"))["pages"] == {"totalCount": 1}
    assert await world.page("Child", parentId=draft, publish=False)


@pytest.mark.parametrize("locale", ["de", "DE"])
async def test_the_payload_speaks_the_locale_that_was_written(world: World, locale: str) -> None:
    texts = [text("Baum", locale), text("Tree", "en")]
    payload = await world.do("createPage", fields="title locale requestedLocale isFallback", translations=texts)
    shown = {name: payload["page"][name] for name in ("title", "locale", "requestedLocale", "isFallback")}
    assert shown == {"title": "Baum", "locale": "de", "requestedLocale": "de", "isFallback": False}


@pytest.mark.parametrize(
    ("actor", "publish", "code", "permission"),
    [
        (ANONYMOUS, False, "UNAUTHENTICATED", "pages:create"),
        (CUSTOMER, False, "PERMISSION_DENIED", "pages:create"),
        (MANAGER, True, "PERMISSION_DENIED", "pages:publish"),
        (AUTHOR, True, "PERMISSION_DENIED", "pages:publish"),
    ],
)
async def test_it_needs_permissions(world: World, actor: Any, publish: bool, code: str, permission: str) -> None:
    data = await world.ask(
        """mutation ($input: CreatePageInput!) { createPage(input: $input) { page { id } problems {
            __typename code kind path ... on ContentForbiddenProblem { permission } } } }""",
        actor,
        input={"translations": [text()], "publish": publish},
    )
    problem = {"__typename": "ContentForbiddenProblem", "code": code, "kind": "FORBIDDEN", "path": []}
    assert data["createPage"] == {"page": None, "problems": [{**problem, "permission": permission}]}
    assert (await world.ask("{ pages(stage: DRAFT) { totalCount } }"))["pages"] == {"totalCount": 0}


@pytest.mark.parametrize("actor", [ADMIN, MANAGER, AUTHOR])
async def test_who_may_create_is_the_author(world: World, actor: Any) -> None:
    payload = await world.do("createPage", actor, "author { id } viewerPermissions", translations=[text()])
    assert payload["page"]["author"] == {"id": actor.id}
    assert "pages:update" in payload["page"]["viewerPermissions"]


async def test_pages_stand_at_most_twenty_deep(world: World) -> None:
    parent = await world.page("0")
    for n in range(1, 20):
        parent = await world.page(str(n), parentId=parent)
    problems = await world.problems("createPage", translations=[text("Deeper")], parentId=parent)
    assert problems == [("VALIDATION_ERROR", ["parentId"])]

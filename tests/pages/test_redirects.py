"""Redirects that people make: what they lead to, what is refused, and which are listed."""

from typing import Any

import pytest

from tests.pages.test_route import found, moved, rename, route
from tests.world import ADMIN, ANONYMOUS, AUTHOR, MANAGER, World, new_world

CREATE = """mutation ($input: CreatePathRedirectInput!) { createPathRedirect(input: $input) {
  redirect { id fromPath locale isPrefix statusCode origin location page { id } }
  problems { code path ... on ContentRedirectLoopProblem { cycle } } } }"""
DELETE = """mutation ($input: DeletePathRedirectInput!) { deletePathRedirect(input: $input) {
  deletedId problems { code path } } }"""
LIST = """query ($where: PathRedirectWhere, $first: Int, $after: String) {
  pathRedirects(where: $where, first: $first, after: $after) {
    totalCount nodes { id fromPath } pageInfo { hasNextPage endCursor } } }"""
OUTSIDE = "https://else.example/x"


async def create(world: World, actor: Any = ADMIN, **given: Any) -> dict[str, Any]:
    return (await world.ask(CREATE, actor, input=given))["createPathRedirect"]


async def redirect(world: World, path: str, **given: Any) -> str:
    """A redirect; returns its id."""
    payload = await create(world, fromPath=path, **given)
    assert payload["problems"] == [], payload
    return payload["redirect"]["id"]


async def refused(world: World, actor: Any = ADMIN, **given: Any) -> list[tuple[str, list[str]]]:
    payload = await create(world, actor, **given)
    assert payload["redirect"] is None
    return [(problem["code"], problem["path"]) for problem in payload["problems"]]


def outside(path: str, location: str, **more: Any) -> dict[str, Any]:
    """A redirect to somewhere else."""
    nowhere = {"targetPage": None, "targetPath": None, "targetLocale": None}
    answer = {"type": "PathRedirectRoute", "statusCode": 301, "path": path, "locale": "en", "isPermanent": True}
    return answer | nowhere | {"location": location} | more


async def test_a_redirect_is_shown_as_it_was_made(world: World) -> None:
    page = await world.page("Page")
    given = {"fromPath": "Old//Page/?x#y", "locale": "de", "isPrefix": True, "statusCode": 307, "pageId": page}
    made = (await create(world, **given))["redirect"]
    del made["id"]
    kept = {"fromPath": "/old/page", "locale": "de", "isPrefix": True, "statusCode": 307, "origin": "MANUAL"}
    assert made == {**kept, "location": "/page", "page": {"id": page}}
    assert (await route(world, "/old/page", "de"))["isPermanent"] is False


WRONG: list[tuple[dict[str, Any], list[tuple[str, list[str]]]]] = [
    ({"fromPath": "/a"}, [("VALIDATION_ERROR", ["pageId"])]),
    ({"fromPath": "/a", "url": OUTSIDE, "pageId": "x"}, [("VALIDATION_ERROR", ["pageId"])]),
    ({"fromPath": "/a", "pageId": "x"}, [("PAGE_NOT_FOUND", ["pageId"])]),
    ({"fromPath": "/a", "url": "/b"}, [("VALIDATION_ERROR", ["url"])]),
    ({"fromPath": "/a", "url": "mailto:a@b.example"}, [("VALIDATION_ERROR", ["url"])]),
    ({"fromPath": "/a", "url": "javascript:alert(1)"}, [("VALIDATION_ERROR", ["url"])]),
    ({"fromPath": "/a", "url": f"https://else.example/{'x' * 2_000}"}, [("VALIDATION_ERROR", ["url"])]),
    ({"fromPath": "/..", "url": OUTSIDE}, [("VALIDATION_ERROR", ["fromPath"])]),
    ({"fromPath": "/" + "x" * 2_000, "url": OUTSIDE}, [("VALIDATION_ERROR", ["fromPath"])]),
    ({"fromPath": "/a", "url": OUTSIDE, "locale": "fr"}, [("VALIDATION_ERROR", ["locale"])]),
    ({"fromPath": "/a", "url": OUTSIDE, "locale": "?"}, [("VALIDATION_ERROR", ["locale"])]),
    ({"fromPath": "/a", "url": OUTSIDE, "statusCode": 303}, [("VALIDATION_ERROR", ["statusCode"])]),
    ({"fromPath": "/page", "url": OUTSIDE}, [("PATH_IN_USE", ["fromPath"])]),
    ({"fromPath": "/page", "url": OUTSIDE, "locale": "en"}, [("PATH_IN_USE", ["fromPath"])]),
    ({"fromPath": "/taken", "url": OUTSIDE}, [("PATH_IN_USE", ["fromPath"])]),
    (
        {"fromPath": "/..", "statusCode": 1, "locale": "fr", "url": "/b"},
        [
            ("VALIDATION_ERROR", ["fromPath"]),
            ("VALIDATION_ERROR", ["locale"]),
            ("VALIDATION_ERROR", ["statusCode"]),
            ("VALIDATION_ERROR", ["url"]),
        ],
    ),
]


@pytest.mark.parametrize(("given", "problems"), WRONG, ids=map(str, range(len(WRONG))))
async def test_a_wrong_redirect_is_not_made(world: World, given: Any, problems: Any) -> None:
    await world.page("Page")
    await redirect(world, "/taken", url=OUTSIDE)
    events = len(await world.outbox())
    assert await refused(world, **given) == problems
    assert len(await world.outbox()) == events


async def test_a_path_is_taken_once_in_each_locale_and_way(world: World) -> None:
    ways: list[dict[str, Any]] = [{}, {"locale": "en"}, {"locale": "de"}, {"isPrefix": True}]
    for more in ways:
        await redirect(world, "/a", url=OUTSIDE, **more)
        assert await refused(world, fromPath="/A", url=OUTSIDE, **more) == [("PATH_IN_USE", ["fromPath"])]
    await world.page("Page")
    await redirect(world, "/page", url=OUTSIDE, locale="de")  # where the page does not live


async def test_redirects_are_made_and_listed_by_who_may_manage_them(world: World) -> None:
    id = await redirect(world, "/a", url=OUTSIDE)
    async with new_world(world.database) as other:
        payload = (await other.ask(DELETE, input={"id": id}))["deletePathRedirect"]
        assert payload == {"deletedId": None, "problems": [{"code": "REDIRECT_NOT_FOUND", "path": ["id"]}]}
    for actor, code in ((AUTHOR, "PERMISSION_DENIED"), (ANONYMOUS, "UNAUTHENTICATED")):
        assert await refused(world, actor, fromPath="/b", url=OUTSIDE) == [(code, [])]
        answer = await world.answer(LIST, actor)
        assert (answer.data, answer.codes) == ({"pathRedirects": None}, [code])
    assert (await create(world, MANAGER, fromPath="/b", url=OUTSIDE))["problems"] == []
    assert (await world.ask(DELETE, MANAGER, input={"id": id}))["deletePathRedirect"]["deletedId"] == id
    assert (await world.ask(DELETE, input={"id": id}))["deletePathRedirect"]["deletedId"] is None
    assert [node["fromPath"] for node in (await world.ask(LIST))["pathRedirects"]["nodes"]] == ["/b"]


async def test_redirects_are_filtered_and_walked_through_by_path(world: World) -> None:
    page = await world.page("Page")
    await redirect(world, "/b_1", url=OUTSIDE)
    await redirect(world, "/bx1", url=OUTSIDE, locale="de")
    await redirect(world, "/a", pageId=page, isPrefix=True)
    moments = await world.ask("{ pathRedirects { nodes { fromPath createdAt } } }")
    made = {node["fromPath"]: node["createdAt"] for node in moments["pathRedirects"]["nodes"]}

    async def listed(**where: Any) -> list[str]:
        found = (await world.ask(LIST, where=where))["pathRedirects"]
        assert found["totalCount"] == len(found["nodes"])
        return [node["fromPath"] for node in found["nodes"]]

    assert await listed() == ["/a", "/b_1", "/bx1"]
    assert await listed(pageId=page) == await listed(isPrefix=True) == ["/a"]
    assert await listed(pageId="no-id") == await listed(origin="IMPORTED") == []
    assert await listed(locale="DE") == ["/bx1"]
    assert await listed(fromPathStartsWith="/b_") == ["/b_1"]
    assert await listed(fromPathStartsWith="/b", isPrefix=False, origin="MANUAL") == ["/b_1", "/bx1"]
    assert await listed(createdSince=made["/a"]) == ["/a"]
    first = (await world.ask(LIST, first=2))["pathRedirects"]
    assert (len(first["nodes"]), first["pageInfo"]["hasNextPage"], first["totalCount"]) == (2, True, 3)
    rest = (await world.ask(LIST, after=first["pageInfo"]["endCursor"]))["pathRedirects"]
    assert [node["fromPath"] for node in rest["nodes"]] == ["/bx1"]
    faults: list[dict[str, Any]] = [{"first": 101}, {"after": "x"}, {"where": {"locale": "?"}}]
    for wrong in faults:
        answer = await world.answer(LIST, **wrong)
        assert (answer.data, answer.codes) == ({"pathRedirects": None}, ["VALIDATION_ERROR"])


async def test_what_lives_comes_first_then_what_is_led_by_hand_then_what_was_then_prefixes(world: World) -> None:
    page, other = await world.page("One"), await world.page("Other")
    await redirect(world, "/", url=f"{OUTSIDE}/all", isPrefix=True)
    await redirect(world, "/one", url=f"{OUTSIDE}/under", isPrefix=True)
    assert await route(world, "/one") == found(page, "/one")
    await rename(world, page, "two")
    assert await route(world, "/one") == moved(page, "/one", "/two")
    everywhere = await redirect(world, "/one", pageId=other)
    assert await route(world, "/one") == moved(other, "/one", "/other")
    own = await redirect(world, "/one", url=OUTSIDE, locale="en")
    assert await route(world, "/one") == outside("/one", OUTSIDE)
    assert (await route(world, "/one", "ru"))["targetPage"] == {"id": other}
    for id in (own, everywhere):
        await world.ask(DELETE, input={"id": id})
    assert await route(world, "/one") == moved(page, "/one", "/two")
    assert await route(world, "/one/x") == outside("/one/x", f"{OUTSIDE}/under/x")
    assert await route(world, "/onex") == outside("/onex", f"{OUTSIDE}/all/onex")


async def test_the_rest_of_a_path_is_looked_up_below_the_target(world: World) -> None:
    top, other = await world.page("Top"), await world.page("Other")
    page = await world.page("Page", parentId=top)
    await redirect(world, "/old", pageId=top, isPrefix=True, statusCode=302)
    temporary: dict[str, Any] = {"statusCode": 302, "isPermanent": False}
    assert await route(world, "/old/page") == moved(page, "/old/page", "/top/page", **temporary)
    assert await route(world, "/old/nothing/x") == moved(top, "/old/nothing/x", "/top", **temporary)
    await rename(world, page, "new")
    assert await route(world, "/old/page") == moved(page, "/old/page", "/top/new", **temporary)
    by_hand = await redirect(world, "/top/page", pageId=other)
    assert await route(world, "/old/page") == moved(other, "/old/page", "/other", **temporary)
    await world.ask(DELETE, input={"id": by_hand})
    await redirect(world, "/top/page", url=OUTSIDE)
    assert await route(world, "/old/page") == outside("/old/page", OUTSIDE, **temporary)
    await redirect(world, "/top", url=f"{OUTSIDE}/below", isPrefix=True)
    assert await route(world, "/old/more") == moved(top, "/old/more", "/top", **temporary)


async def test_the_rest_of_a_path_is_put_behind_the_path_of_a_url(world: World) -> None:
    await redirect(world, "/docs", url="https://docs.example/v1/?lang=en#top", isPrefix=True)
    assert (await route(world, "/docs"))["location"] == "https://docs.example/v1/?lang=en#top"
    location = "https://docs.example/v1/a%20b/%C3%BC%3Fx?lang=en#top"
    assert await route(world, "/docs/a%20b/%C3%BC%3Fx") == outside("/docs/a b/ü?x", location)


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/about",
        "https://shop.example:443//About/?x=1#y",
        "HTTPS://Shop.Example/about",
        "http://shop.example/about",
        "https://shop.example/de/about",
        "https://shop.example/before",
        "https://shop.example/by-hand",
        "https://shop.example/by-hand-again",
    ],
)
async def test_a_url_of_ones_own_is_the_page_that_it_leads_to(world: World, url: str) -> None:
    page = await world.page("Before")
    await rename(world, page, "about")
    await redirect(world, "/by-hand", pageId=page, isPrefix=True)
    await redirect(world, "/by-hand-again", url="https://shop.example/by-hand/more")
    made = (await create(world, fromPath="/old", url=url))["redirect"]
    assert (made["page"], made["location"]) == ({"id": page}, "/about")
    await rename(world, page, "us")
    assert await route(world, "/old") == moved(page, "/old", "/us")


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/nothing",
        "https://shop.example/draft",
        "https://shop.example/unpublished",
        "https://shop.example:8443/about",
        "https://shop.example.org/about",
        "https://app.shop.example/about",
    ],
)
async def test_a_url_that_leads_to_no_page_of_ones_own_stays_a_url(world: World, url: str) -> None:
    await world.page("About")
    await redirect(world, "/draft", pageId=await world.page("Draft", publish=False))
    await world.do("unpublishPage", id=await world.page("Unpublished"))
    made = (await create(world, fromPath="/old", url=url))["redirect"]
    assert (made["page"], made["location"]) == (None, url)


async def test_a_url_of_ones_own_is_found_under_the_path_of_its_channel(world: World) -> None:
    channels = [type(world.tenant.channels[0])("web", "Web", "https://shop.example/base/", is_default=True)]
    async with new_world(world.database, channels=tuple(channels)) as based:
        page = await based.page("About")
        made = (await create(based, fromPath="/old", url="https://shop.example/base/about"))["redirect"]
        assert made["page"] == {"id": page}
        made = (await create(based, fromPath="/other", url="https://shop.example/baseabout"))["redirect"]
        assert made["page"] is None


@pytest.mark.parametrize(
    ("given", "cycle"),
    [
        ({"fromPath": "/a", "url": "https://shop.example/a"}, ["/a", "/a"]),
        ({"fromPath": "/a", "url": "http://shop.example/A/?x"}, ["/a", "/a"]),
        ({"fromPath": "/a", "locale": "en", "url": "https://shop.example/de/a"}, ["/a", "/a"]),
        ({"fromPath": "/a", "locale": "de", "url": "https://shop.example/a"}, ["/a", "/a"]),
        ({"fromPath": "/a", "isPrefix": True, "url": "https://shop.example/a/b"}, ["/a", "/a/b"]),
        ({"fromPath": "/", "isPrefix": True, "url": "https://shop.example/new"}, ["/", "/new"]),
        ({"fromPath": "/a", "url": "https://shop.example/b"}, ["/a", "/b", "/a"]),
        ({"fromPath": "/a", "url": "https://shop.example/c/x"}, ["/a", "/c/x", "/b", "/a"]),
    ],
    ids=str,
)
async def test_a_redirect_that_leads_back_to_itself_by_urls_is_a_loop(world: World, given: Any, cycle: Any) -> None:
    await redirect(world, "/b", url="https://shop.example/a")
    await redirect(world, "/c", url="https://shop.example/b", isPrefix=True)
    problem = {"code": "REDIRECT_LOOP", "path": ["fromPath"], "cycle": cycle}
    payload = await create(world, **given)
    assert payload == {"redirect": None, "problems": [problem]}


async def test_a_redirect_beside_what_its_url_asks_for_is_no_loop(world: World) -> None:
    await redirect(world, "/b", url="https://shop.example/b/c")
    await redirect(world, "/c", isPrefix=True, url="https://shop.example/cc")


async def test_a_prefix_over_its_own_target_is_a_loop(world: World) -> None:
    top = await world.page("Top")
    page = await world.page("Page", parentId=top)
    for path, given in (("/top", {"isPrefix": True}), ("/", {"isPrefix": True}), ("/top/page", {"isPrefix": True})):
        assert await refused(world, fromPath=path, pageId=page, **given) == [("REDIRECT_LOOP", ["fromPath"])]
    await redirect(world, "/to", pageId=page, isPrefix=True)
    await redirect(world, "/top", pageId=page, isPrefix=True, locale="de")  # where the page does not live


async def test_a_redirect_to_a_page_that_left_is_gone_and_says_where_it_was(world: World) -> None:
    page = await world.page("Page")
    id = await redirect(world, "/old", pageId=page)
    await world.do("unpublishPage", id=page)
    gone = await route(world, "/old")
    assert (gone["type"], gone["goneAt"]) == ("PathGoneRoute", (await route(world, "/page"))["goneAt"])
    query = "{ pathRedirects { nodes { id location page { id } } } }"
    assert (await world.ask(query))["pathRedirects"]["nodes"] == [{"id": id, "location": "/page", "page": None}]


async def test_a_former_path_that_is_led_elsewhere_by_hand_is_no_former_path(world: World) -> None:
    page = await world.page("One")
    for slug in ("two", "three", "four"):
        await rename(world, page, slug)
    query = "query ($id: ID!, $n: Int) { page(id: $id) { formerPaths(first: $n) { locale path } } }"

    async def former(first: int = 20) -> list[str]:
        found = (await world.ask(query, ANONYMOUS, id=page, n=first))["page"]["formerPaths"]
        return [path["path"] for path in found]

    assert await former() == ["/three", "/two", "/one"]
    assert await former(1) == ["/three"]
    await redirect(world, "/three", url=OUTSIDE)
    await redirect(world, "/two", url=OUTSIDE, locale="en")
    await redirect(world, "/one", url=OUTSIDE, locale="de")
    await redirect(world, "/one", url=OUTSIDE, isPrefix=True)
    assert await former() == await former(1) == ["/one"]

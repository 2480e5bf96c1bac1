"""Which requests are answered from the cache, and how."""

import asyncio
import json
import logging

import httpx
import pytest
import structlog

from pages_graphql.api.logs import LATER_S, configure_logs
from tests.api.answers.kept import keeping
from tests.api.conftest import bearer
from tests.depth import THOUSANDFOLD
from tests.world import World, new_world

PAGE = "query Q($id: ID!) { page(id: $id) { id title } }"
TITLES = "{ pages { nodes { title } } }"


async def test_an_equal_question_is_answered_with_the_same_bytes(world: World) -> None:
    async with keeping(world) as kept:
        id = await world.page("Page")
        first, second = [await kept.ask(PAGE, id=id) for _ in range(2)]
        assert (kept.cache.misses, kept.cache.hits) == (1, 1)
        assert first.content == second.content
        assert dict(first.headers) == dict(second.headers)
        assert first.headers["Content-Type"] == "application/json; charset=utf-8"
        assert first.headers["Vary"].startswith("Accept, Authorization")


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("no-cache", False),
        ("private, max-age=9", False),
        ("max-age=0, No-Store", False),
        ("public, s-maxage=9, max-age=0", True),
        ("s-maxage=9", True),
    ],
)
async def test_caches_that_may_answer_by_themselves_are_told_the_tags(world: World, said: str, is_told: bool) -> None:
    async with keeping(world, cache_control=said) as kept:
        id = await world.page("Page")
        headers = (await kept.ask(PAGE, id=id)).headers
        assert headers["Cache-Control"] == said
        names = {f"page:{id}", f"tenant:{world.tenant.id}"} if is_told else {""}
        assert {*headers.get("Cache-Tag", "").split(",")} == {*headers.get("Surrogate-Key", "").split(" ")} == names


async def test_who_says_nothing_lets_caches_keep_and_ask(world: World) -> None:
    async with keeping(world) as kept:
        assert (await kept.ask(TITLES)).headers["Cache-Control"] == "no-cache"


async def test_who_has_the_answer_gets_no_body(world: World) -> None:
    async with keeping(world) as kept:
        id = await world.page("Page")
        etag = (await kept.ask(PAGE, id=id)).headers["ETag"]
        for tag in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = await kept.ask(PAGE, {"If-None-Match": tag}, id=id)
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
            assert (again.headers["Cache-Control"], "Vary" in again.headers) == ("no-cache", True)
        assert (await kept.ask(PAGE, {"If-None-Match": '"other"'}, id=id)).status_code == 200

        await world.do("updatePage", id=id, template="wide")  # the answer says the same: made anew, it is known still
        assert (await kept.ask(PAGE, {"If-None-Match": etag}, id=id)).status_code == 304
        await world.do("updatePage", id=id, translations=[{"locale": "en", "title": "New"}])
        await world.do("publishPage", id=id)
        new = await kept.ask(PAGE, {"If-None-Match": etag}, id=id)
        assert (new.status_code, new.json()["data"]["page"]["title"]) == (200, "New")


async def test_get_is_kept_too(world: World) -> None:
    async with keeping(world, cache_control="public, max-age=5") as kept:
        await world.page("Page")
        first, second = [await kept.client.get("/graphql", params={"query": TITLES}) for _ in range(2)]
        assert first.json() == second.json() == {"data": {"pages": {"nodes": [{"title": "Page"}]}}}
        assert kept.cache.hits == 1
        assert second.headers["Cache-Control"] == "public, max-age=5"
        again = await kept.client.get(
            "/graphql", params={"query": TITLES}, headers={"If-None-Match": first.headers["ETag"]}
        )
        assert again.status_code == 304
        page = await kept.client.get("/graphql", params={"query": TITLES}, headers={"Accept": "text/html"})
        assert page.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Locale": "de"},
        {"Accept-Language": "ru"},
        {"X-Channel": "app"},
        {"Accept": "application/graphql-response+json"},
    ],
)
async def test_another_view_has_an_answer_of_its_own(world: World, headers: dict[str, str]) -> None:
    async with keeping(world) as kept:
        texts = [{"locale": one, "title": one} for one in ("en", "de", "ru")]
        id = await world.page(translations=texts)
        assert not await kept.is_hit(PAGE, id=id)
        assert not await kept.is_hit(PAGE, headers, id=id)
        assert await kept.is_hit(PAGE, id=id)
        assert await kept.is_hit(PAGE, headers, id=id)
        assert await kept.is_as_fresh(PAGE, headers, id=id)


async def test_another_tenant_has_answers_of_its_own(world: World) -> None:
    async with new_world(world.database) as other, keeping(world) as kept:
        await world.page("Ours")
        await other.page("Theirs")
        for slug, title in ((world.tenant.slug, "Ours"), (other.tenant.slug, "Theirs")) * 2:
            answer = await kept.ask(TITLES, {"X-Tenant-Slug": slug})
            assert answer.json()["data"]["pages"]["nodes"] == [{"title": title}]
        assert (kept.cache.misses, kept.cache.hits) == (2, 2)
        await other.page("More")
        assert await kept.is_hit(TITLES)


async def test_of_a_header_given_twice_nothing_is_kept(world: World) -> None:
    async with new_world(world.database) as other, keeping(world) as kept:
        await world.page("Ours")
        await other.page("Theirs")
        twice = [("X-Tenant-Slug", world.tenant.slug), ("X-Tenant-Slug", other.tenant.slug)]
        request = kept.client.build_request("POST", "/graphql", json={"query": TITLES})
        request.headers = httpx.Headers(
            [*[one for one in request.headers.items() if one[0] != "x-tenant-slug"], *twice]
        )
        assert (await kept.client.send(request)).status_code == 200
        assert (kept.cache.hits, kept.cache.misses, len(kept.cache)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        (TITLES, {"Authorization": "token"}, 200),
        (TITLES, {"X-Stage": "DRAFT"}, 200),
        (TITLES, {"Apollo-Federation-Include-Trace": "ftv1"}, 200),
        (TITLES, {"X-Tenant-Slug": "nobody"}, 404),
        (TITLES, {"X-Locale": "!"}, 400),
        (TITLES, {"Content-Type": "text/plain"}, 415),
        ("{ pages(stage: DRAFT) { nodes { title } } }", {}, 200),
        ('{ page(id: 1, channel: "none") { id } pages { nodes { id } } }', {}, 200),
        ("mutation { publishMenu(input: {id: 1}) { problems { code } } }", {}, 200),
        ("{ nothing }", {}, 400),
        ("{", {}, 400),
    ],
)
async def test_never_kept(world: World, query: str, headers: dict[str, str], status: int) -> None:
    async with keeping(world) as kept:
        await world.page("Page")
        given = bearer(world) if "Authorization" in headers else headers
        for _ in range(2):
            answer = await kept.ask(query, given)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
            assert not {"etag", "cache-tag", "surrogate-key"} & answer.headers.keys()
        assert (kept.cache.hits, len(kept.cache)) == (0, 0)


async def test_what_an_editor_sees_is_never_given_to_others(world: World) -> None:
    async with keeping(world) as kept:
        id = await world.page("Old")
        await world.do("updatePage", id=id, translations=[{"locale": "en", "title": "Secret"}])
        draft = "query ($id: ID!) { page(id: $id, stage: DRAFT) { title } }"
        assert (await kept.ask(draft, bearer(world), id=id)).json()["data"]["page"]["title"] == "Secret"
        assert (await kept.ask(draft, id=id)).json()["data"]["page"] is None
        assert (await kept.ask(PAGE, bearer(world) | {"X-Stage": "DRAFT"}, id=id)).json()["data"]["page"][
            "title"
        ] == "Secret"
        assert (await kept.ask(PAGE, id=id)).json()["data"]["page"]["title"] == "Old"


async def test_many_equal_requests_at_once_are_one_computation(world: World) -> None:
    async with keeping(world) as kept:
        await world.page("Page")
        answers = await asyncio.gather(*(kept.ask(TITLES) for _ in range(20)))
        assert {answer.content for answer in answers} == {answers[0].content}
        assert (kept.cache.misses, kept.cache.hits) == (1, 19)


async def test_equal_mutations_at_once_are_each_done(world: World) -> None:
    async with keeping(world) as kept:
        mutation = "mutation { publishMenu(input: {id: 1}) { problems { code } } }"
        answers = await asyncio.gather(*(kept.ask(mutation) for _ in range(5)))
        assert {answer.json()["data"]["publishMenu"]["problems"][0]["code"] for answer in answers} == {
            "UNAUTHENTICATED"
        }
        assert (kept.cache.misses, kept.cache.hits) == (5, 0)


@THOUSANDFOLD
async def test_once_a_write_is_answered_nobody_reads_what_was_before(world: World) -> None:
    async with keeping(world) as kept:
        id = await world.page("0")
        last = 0

        async def read() -> None:
            while last < 25:
                known = last
                found = (await kept.ask(PAGE, id=id)).json()["data"]["page"]["title"]
                assert int(found) >= known
                await asyncio.sleep(0)

        async with asyncio.TaskGroup() as readers:
            for _ in range(4):
                readers.create_task(read())
            for n in range(1, 26):
                await rename(world, id, str(n))
                last = n
        assert kept.cache.hits > kept.cache.stored >= 10


async def rename(world: World, id: str, title: str) -> None:
    await world.do("updatePage", id=id, translations=[{"locale": "en", "title": title}])
    await world.do("publishPage", id=id)


async def test_browsers_of_other_origins_get_what_they_may_read(world: World) -> None:
    async with keeping(world, cors_origins="https://a.example") as kept:
        await world.page("Page")
        for origin in ("https://a.example", "https://b.example", "https://a.example"):
            answer = await kept.ask(TITLES, {"Origin": origin})
            allowed = answer.headers.get("Access-Control-Allow-Origin")
            assert allowed == (origin if origin == "https://a.example" else None)
            assert answer.json()["data"]["pages"]["nodes"] == [{"title": "Page"}]
        assert kept.cache.misses == 1


async def test_turned_off_nothing_is_kept(world: World) -> None:
    async with keeping(world) as kept:
        await world.page("Page")
        answer = await kept.fresh.post("/graphql", json={"query": TITLES})
        assert (answer.headers["Cache-Control"], "etag" in answer.headers) == ("no-store", False)


async def test_numbers_tell_what_became_of_answers(world: World) -> None:
    async with keeping(world, metrics_token="t" * 40) as kept:
        id = await world.page("Page")
        for _ in range(2):
            await kept.ask(PAGE, id=id)
        etag = (await kept.ask(PAGE, id=id)).headers["ETag"]
        await kept.ask(PAGE, {"If-None-Match": etag}, id=id)
        await rename(world, id, "New")
        text = (await kept.client.get("/metrics", headers={"Authorization": "Bearer " + "t" * 40})).text
        for event, count in {"hit": 2, "unmodified": 1, "miss": 1, "stored": 1, "dropped": 1, "evicted": 0}.items():
            assert f'pages_answers_total{{event="{event}"}} {count}.0' in text
        assert "pages_answers_kept_bytes 0.0" in text


@pytest.mark.parametrize("as_json", [True, False])
async def test_a_hit_has_its_line_in_the_log(world: World, capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    root = logging.getLogger()
    before = root.handlers, root.level, structlog.get_config()
    configure_logs("info", as_json=as_json)
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    try:
        async with keeping(world) as kept:
            id = await world.page("A secret title")
            for _ in range(2):
                await kept.ask(PAGE, {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}, id=id)
            await kept.ask(PAGE, id=id)
            await asyncio.sleep(2 * LATER_S)
    finally:
        root.handlers, root.level = before[:2]
        structlog.configure(**before[2])
    said = capsys.readouterr().err.splitlines()
    lines = [line for line in said if world.tenant.slug in line and "method" in line]
    assert len(lines) == 3, lines
    miss, hit, other = lines
    assert all("Q" in line and "secret" not in line for line in lines)
    assert (trace in miss, trace in hit, trace in other) == (True, True, False)
    if as_json:
        first, second = json.loads(miss), json.loads(hit)
        assert second.keys() - first.keys() == {"cache"}
        assert first.keys() <= second.keys()
        same = ("method", "path", "status", "trace_id", "tenant", "operation", "kind", "event", "level", "logger")
        assert {name: first[name] for name in same} == {name: second[name] for name in same}
        assert [len(line["timestamp"]) for line in (first, second)] == [27, 27]
        assert first["timestamp"] <= second["timestamp"] <= json.loads(other)["timestamp"]

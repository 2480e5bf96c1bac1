"""GraphiQL in a real browser, against a real server."""

import asyncio
import json
import os
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from graphql import build_schema

from pages_graphql.api.graphiql import EXAMPLES, Example
from tests.graphiql.chromium import COMMAND, Tab, chromium

pytestmark = pytest.mark.skipif(COMMAND is None, reason="There is no Chromium here, so nobody opens GraphiQL.")

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "graphiql.png"
SCHEMA: Any = build_schema((ROOT / "schema.graphql").read_text(), assume_valid_sdl=True)

EDITING, ENTITIES, FALLBACK, VIEWER = EXAMPLES[-4:]
PROMISES: dict[str, dict[str, Any]] = {
    "A page by its path": {
        "route.__typename": "PageRoute",
        "route.page.title": "Green tea",
        "route.page.breadcrumbs.0.path": "/teas",
        "route.page.alternates.1.path": "/tees/gruener-tee",
    },
    "The tree of pages": {
        "pages.totalCount": 7,
        "pages.nodes.0.path": "/",
        "pages.nodes.1.children.totalCount": 4,
        "pages.nodes.1.children.nodes.0.children.nodes.0.path": "/teas/green-tea/sencha",
    },
    "The blocks of a page": {
        "pageByPath.blocks.0.type": "hero",
        "pageByPath.blocks.0.title": "Three minutes",
        "pageByPath.blocks.0.cta.page.path": "/teas/green-tea",
        "pageByPath.blocks.1.type": "text",
        "pageByPath.blocks.1.data.text.format": "PLAIN",
    },
    "The menus of the layout": {
        "header.items.0.children.0.link.page.path": "/teas/green-tea",
        "header.items.3.url": "/visit",
        "footer.items.0.url": None,
        "footer.items.1.url": "mailto:tea@demo.example",
    },
    "An edit that has a problem": {
        "createPage.page": None,
        "createPage.problems.0.__typename": "ContentForbiddenProblem",
        "createPage.problems.0.code": "UNAUTHENTICATED",
        "createPage.problems.0.permission": "pages:create",
    },
    "What a gateway asks for": {
        "_entities.0.title": "About us",
        "_entities.1.title": "Tees",
        "_entities.1.locale": "de",
        "_entities.2": None,
    },
    "A page that lacks the locale": {
        "route.isCanonical": False,
        "route.page.requestedLocale": "ru",
        "route.page.locale": "en",
        "route.page.isFallback": True,
        "route.page.breadcrumbs.0.title": "Чай",
        "route.page.german.isFallback": False,
    },
    "Who is asking": {
        "contentViewer.isAuthenticated": False,
        "contentViewer.tenant.slug": "demo",
        "contentViewer.stage": "LIVE",
        "contentViewer.permissions": [],
    },
}
"""What is in the answer of each example, by the path to it."""

ANSWER = "window.__MONACO.editor.getModels().find((model) => model.uri.path.endsWith('response.json'))?.getValue()"
EDITED = ", ".join(f".graphiql-query-editor .{part}" for part in ("inputarea", "native-edit-context"))
QUERY = "window.__MONACO.editor.getModels().find((model) => model.uri.path.endsWith('operation.graphql'))?.getValue()"
VARIABLES = QUERY.replace("operation.graphql", "variables.json")


def at(told: Any, place: str) -> Any:
    """What stands at a place of an answer."""
    for step in place.split("."):
        told = told[int(step) if isinstance(told, list) else step]
    return told


class Served(Protocol):
    """A running server with the demo tenant, and the tokens that it printed, by role."""

    url: str
    tokens: dict[str, str]


@pytest.fixture
async def tab(served: Served, tmp_path: Path) -> AsyncIterator[Tab]:
    """A browser that has GraphiQL open."""
    async with chromium(tmp_path / "profile") as tab:
        await tab.open(f"{served.url}/graphql")
        yield tab


async def run(tab: Tab) -> dict[str, Any]:
    """Press the button that sends the operation, and read the answer off the page."""
    await tab.wait_for(f"(localStorage['graphiql:query'] ?? {QUERY}) === {QUERY}")  # what was typed has been read
    await tab.click(".graphiql-execute-button")
    await tab.wait_for(f"!document.querySelector('.graphiql-spinner') && ({ANSWER})?.endsWith('}}')")
    answer = json.loads(await tab.evaluate(ANSWER))
    assert "errors" not in answer, answer
    return answer["data"]


async def type_over(tab: Tab, text: str) -> None:
    """Type an operation in the place of what stands in the editor; on a busy machine it may not listen at once."""
    for _ in range(10):
        await tab.evaluate(f"document.querySelector({EDITED!r}).focus()")
        await tab.press("a", 65, control=True)
        await tab.write(text)
        for _ in range(20):
            if await tab.evaluate(f"{QUERY} === {json.dumps(text)}"):
                return
            await asyncio.sleep(0.1)
    raise AssertionError("The editor does not take what is typed.")


def hosts(tab: Tab) -> set[str]:
    """All that the page asked for anything; pictures that stand in its styles ask nobody."""
    return {urlsplit(request["url"]).netloc for request in tab.requests if not request["url"].startswith("data:")}


async def test_runs_what_is_typed_and_asks_no_other_host(tab: Tab, served: Served) -> None:
    await type_over(tab, 'query Typed { route(path: "/") { statusCode path } }')
    await tab.wait_for("document.querySelector('[role=tab][aria-selected=true]').innerText === 'Typed'")

    assert await run(tab) == {"route": {"statusCode": 200, "path": "/"}}
    await tab.wait_for("document.querySelector('.result-window .view-lines')?.innerText.includes('statusCode')")

    assert hosts(tab) == {urlsplit(served.url).netloc}
    assert tab.complaints == []


async def show(tab: Tab, example: Example) -> None:
    """Click the tab of an example, where another is shown, and wait until GraphiQL has read it: it sends the operation's name."""
    query = json.dumps(example.query)
    if not await tab.evaluate(f"({QUERY}) === {query}"):
        await tab.click("[role=tab]", nth=EXAMPLES.index(example))
        await tab.wait_for(f"({QUERY}) === {query} && localStorage['graphiql:query'] === {query}")


async def answer_of(tab: Tab, example: Example) -> dict[str, Any]:
    """Click the tab of an example, then the button that runs it."""
    await show(tab, example)
    return await run(tab)


async def test_every_example_tab_answers_what_it_promises(tab: Tab, served: Served) -> None:
    assert await tab.evaluate("document.querySelectorAll('[role=tab]').length") == len(EXAMPLES) == len(PROMISES)
    for example in EXAMPLES:
        told = await answer_of(tab, example)
        for place, value in PROMISES[example.title].items():
            assert at(told, place) == value, (example.title, place)
        await tab.wait_for("document.querySelector('.result-window .view-lines')?.innerText.includes('data')")

    assert hosts(tab) == {urlsplit(served.url).netloc}
    assert tab.complaints == []


async def test_the_tab_that_edits_shows_another_problem_to_who_may_edit(tab: Tab) -> None:
    await tab.choose("Token", "admin")
    [problem] = (await answer_of(tab, EDITING))["createPage"]["problems"]

    assert (problem["code"], problem["suggestion"]) == ("DUPLICATE_SLUG", "brewing-2")
    assert problem["takenBy"] == {"title": "How to brew", "path": "/brewing"}
    await tab.wait_for("document.querySelector('.result-window .view-lines')?.innerText.includes('DUPLICATE_SLUG')")


async def test_an_example_is_opened_again_from_the_list_when_its_tab_was_closed(tab: Tab) -> None:
    await tab.click("[role=tab]", nth=0)
    await tab.click(".graphiql-tab-close", nth=0)
    await tab.wait_for(f"document.querySelectorAll('[role=tab]').length === {len(EXAMPLES) - 1}")
    await tab.choose("Examples", EXAMPLES[0].title)
    await tab.wait_for(f"({QUERY}) === {json.dumps(EXAMPLES[0].query)}")

    assert (await run(tab))["route"]["statusCode"] == 200


def keep(picture: bytes) -> None:
    """Write the picture where PAGES_SCREENSHOT says."""
    if path := os.environ.get("PAGES_SCREENSHOT"):
        Path(path).write_bytes(picture)


def size(picture: bytes) -> tuple[int, ...]:
    """Width and height of a PNG."""
    return struct.unpack(">II", picture[16:24])


async def look_up(tab: Tab, name: str) -> str:
    """Click a name in the docs; what they then say, on one line."""
    links = "[...document.querySelectorAll('.graphiql-doc-explorer-content a')]"
    await tab.evaluate(f"{links}.find((link) => link.innerText === {name!r}).click()")
    await tab.wait_for(f"document.querySelector('.graphiql-doc-explorer-title').innerText === {name!r}")
    return " ".join((await tab.evaluate("document.querySelector('.graphiql-doc-explorer-content').innerText")).split())


async def test_the_docs_say_what_fields_and_types_are_for(tab: Tab) -> None:
    said = await look_up(tab, "Query")
    for field in ("pageByPath", "pages", "route"):
        assert " ".join(SCHEMA.type_map["Query"].fields[field].description.split()) in said
    assert SCHEMA.type_map["Query"].fields["route"].args["path"].description in await look_up(tab, "route")
    assert SCHEMA.type_map["PathRoute"].description in await look_up(tab, "PathRoute")
    assert SCHEMA.type_map["PageRoute"].description in await look_up(tab, "PageRoute")
    assert tab.complaints == []


async def test_the_readme_shows_a_picture_of_this(tab: Tab) -> None:
    _ = await look_up(tab, "Query")
    assert (await run(tab))["route"]["statusCode"] == 200
    await tab.wait_for("document.querySelector('.result-window .view-lines')?.innerText.includes('Green')")
    for editor, colours in {"graphiql-query-editor": 4, "result-window": 3, "graphiql-editor-tool": 3}.items():
        spans = f"[...document.querySelectorAll('.{editor} .view-line span[class^=mtk]')]"
        await tab.wait_for(f"new Set({spans}.map((span) => getComputedStyle(span).color)).size >= {colours}")

    keep(await tab.picture())

    assert size(PICTURE.read_bytes()) == size(await tab.picture())
    assert str(PICTURE.relative_to(ROOT)) in (ROOT / "README.md").read_text()


async def test_the_explorer_adds_what_is_ticked(tab: Tab) -> None:
    await tab.click("[aria-label='Show GraphiQL Explorer']")
    await tab.click(".graphiql-explorer-node.graphiql-explorer-pageByPath > span")
    await tab.wait_for(f"/^  pageByPath/m.test({QUERY})")

    assert tab.complaints == []


async def test_what_the_bar_says_goes_with_every_request(tab: Tab) -> None:
    for label, option in {"Tenant": "demo", "Token": "admin", "Locale": "de", "Stage": "DRAFT"}.items():
        await tab.choose(label, option)
    await run(tab)

    sent = [request["headers"] for request in tab.requests if request["method"] == "POST"]
    headers = {name.lower(): value for name, value in sent[-1].items()}
    assert (headers["x-tenant-id"], headers["x-locale"], headers["x-stage"]) == ("demo", "de", "DRAFT")
    assert headers["authorization"].startswith("Bearer ")
    assert "x-channel" not in headers


async def test_each_token_that_was_printed_is_picked_by_its_role(tab: Tab, served: Served) -> None:
    assert set(served.tokens) == {"super_admin", "admin", "manager", "author", "customer"}
    for role in served.tokens:
        await tab.choose("Token", role)
        viewer = (await answer_of(tab, VIEWER))["contentViewer"]
        assert (viewer["id"], viewer["isAuthenticated"], viewer["tenant"]["slug"]) == (role, True, "demo")
    await tab.choose("Token", "Anonymous")
    assert (await run(tab))["contentViewer"]["isAuthenticated"] is False


async def test_a_printed_token_and_a_tenant_may_be_typed(tab: Tab, served: Served) -> None:
    for label, text in {"Token": served.tokens["manager"], "Tenant": "nobody"}.items():
        await tab.choose(label, "Other…")
        await tab.wait_for(f"document.getElementById('pages-{label.lower()}').tagName === 'INPUT'")
        await tab.click(f"#pages-{label.lower()}")
        await tab.write(text)
        if label == "Token":
            assert (await answer_of(tab, VIEWER))["contentViewer"]["id"] == "manager"

    await tab.click(".graphiql-execute-button")
    await tab.wait_for(f"({ANSWER})?.includes('TENANT_NOT_FOUND')")
    await tab.click("[aria-label='Pick tenant from the list']")
    assert (await run(tab))["contentViewer"]["tenant"]["slug"] == "demo"


async def test_remembers_the_bar_but_keeps_the_token_to_its_tab(tab: Tab, served: Served) -> None:
    await tab.choose("Token", "admin")
    await tab.choose("Locale", "ru")
    await tab.open(f"{served.url}/graphql")

    assert await tab.evaluate("document.getElementById('pages-locale').value") == "ru"
    assert await tab.evaluate("document.getElementById('pages-token').value") == "role:admin"
    assert "role:admin" not in await tab.evaluate("JSON.stringify(localStorage)")


async def test_a_link_opens_its_operation(tab: Tab, served: Served) -> None:
    shared = urlencode({"query": "query Shared { __typename }", "locale": "de"})
    await tab.open(f"{served.url}/graphql#{shared}")
    await tab.wait_for(f"({QUERY}) === 'query Shared {{ __typename }}'")

    assert await tab.evaluate("document.getElementById('pages-locale').value") == "de"
    assert await run(tab) == {"__typename": "Query"}


async def test_a_copied_link_opens_the_same_tab_in_another_browser_and_carries_no_token(
    tab: Tab, served: Served, tmp_path: Path
) -> None:
    for label, option in {"Token": "admin", "Locale": "de", "Stage": "DRAFT"}.items():
        await tab.choose(label, option)
    told = await answer_of(tab, FALLBACK)
    await tab.click(".bar-button")
    await tab.wait_for("location.hash.includes('query=')")
    link = await tab.evaluate("location.href")
    carried = parse_qs(urlsplit(link).fragment)
    assert carried == {
        "query": [FALLBACK.query],
        "variables": [FALLBACK.variables],
        "locale": ["de"],
        "stage": ["DRAFT"],
    }

    async with chromium(tmp_path / "another") as other:
        await other.open(link)
        await other.wait_for(f"({QUERY}) === {json.dumps(FALLBACK.query)}")
        assert await other.evaluate(VARIABLES) == FALLBACK.variables
        assert await other.evaluate("document.querySelectorAll('[role=tab]').length") == 1 + len(EXAMPLES)
        settings = "['locale', 'stage', 'token'].map((name) => document.getElementById(`pages-${name}`).value)"
        assert await other.evaluate(settings) == ["de", "DRAFT", ""]
        await other.choose("Token", "admin")  # readers see no drafts
        assert await run(other) == told
        assert other.complaints == []

"""GraphiQL in a real browser, against a real server."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

import pytest

from pages_graphql.api.graphiql import EXAMPLES
from tests.graphiql.chromium import COMMAND, Tab, chromium

pytestmark = pytest.mark.skipif(COMMAND is None, reason="There is no Chromium here, so nobody opens GraphiQL.")

ANSWER = "window.__MONACO.editor.getModels().find((model) => model.uri.path.endsWith('response.json'))?.getValue()"
EDITED = ", ".join(f".graphiql-query-editor .{part}" for part in ("inputarea", "native-edit-context"))
QUERY = "window.__MONACO.editor.getModels().find((model) => model.uri.path.endsWith('operation.graphql'))?.getValue()"


class Served(Protocol):
    """A running server with the demo tenant."""

    url: str


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


def keep(picture: bytes) -> None:
    """Write the picture where PAGES_SCREENSHOT says."""
    if path := os.environ.get("PAGES_SCREENSHOT"):
        Path(path).write_bytes(picture)


async def test_runs_what_is_typed_and_asks_no_other_host(tab: Tab, served: Served) -> None:
    await type_over(tab, 'query Typed { route(path: "/") { statusCode path } }')
    await tab.wait_for("document.querySelector('[role=tab][aria-selected=true]').innerText === 'Typed'")

    assert await run(tab) == {"route": {"statusCode": 200, "path": "/"}}
    await tab.wait_for("document.querySelector('.result-window .view-lines')?.innerText.includes('statusCode')")

    assert {urlsplit(request["url"]).netloc for request in tab.requests} == {urlsplit(served.url).netloc}
    assert tab.complaints == []


async def test_every_example_tab_answers_without_errors(tab: Tab) -> None:
    answers: dict[str, Any] = {}
    for number, _ in enumerate(EXAMPLES):
        await tab.click("[role=tab]", nth=number)
        answers |= await run(tab)
        if number == 0:
            keep(await tab.picture())

    assert answers["route"]["__typename"] == "PageRoute"
    assert answers["activeMenu"]["items"]
    assert [problem["code"] for problem in answers["createPage"]["problems"]] == ["UNAUTHENTICATED"]
    assert tab.complaints == []


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


async def test_remembers_the_bar_but_keeps_the_token_to_its_tab(tab: Tab, served: Served) -> None:
    await tab.choose("Token", "admin")
    await tab.choose("Locale", "ru")
    await tab.open(f"{served.url}/graphql")

    assert await tab.evaluate("document.getElementById('pages-locale').value") == "ru"
    assert await tab.evaluate("document.getElementById('pages-token').value") == "role:admin"
    assert "admin" not in await tab.evaluate("JSON.stringify(localStorage)")


async def test_a_link_opens_its_operation(tab: Tab, served: Served) -> None:
    shared = urlencode({"query": "query Shared { __typename }", "locale": "de"})
    await tab.open(f"{served.url}/graphql#{shared}")
    await tab.wait_for(f"({QUERY}) === 'query Shared {{ __typename }}'")

    assert await tab.evaluate("document.getElementById('pages-locale').value") == "de"
    assert await run(tab) == {"__typename": "Query"}

"""The page of GraphiQL and its files, as they are served."""

import json
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from graphql import build_schema, parse, validate
from starlette.applications import Starlette

from pages_graphql.api.graphiql import (
    EXAMPLES,
    Example,
    OfferedTenant,
    OfferedToken,
    graphiql_files,
    graphiql_page,
)

SCHEMA = Path(__file__).parents[2] / "schema.graphql"


class Page(HTMLParser):
    """What a browser makes of the page: the addresses it loads, and the text of each script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        self._is_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]
        self._is_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._is_script:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_script = False


@pytest.fixture
async def files() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the files alone."""
    transport = httpx.ASGITransport(Starlette(routes=[graphiql_files()]))
    async with httpx.AsyncClient(transport=transport, base_url="http://pages") as client:
        yield client


def read(**offered: object) -> Page:
    """The page for what is offered."""
    return Page(bytes(graphiql_page("/graphql", **offered).body).decode())  # pyright: ignore[reportArgumentType]


def test_offers_no_tenants_and_no_tokens_unless_given_some() -> None:
    [config] = read().scripts

    assert json.loads(config)["tenants"] == []
    assert json.loads(config)["endpoint"] == "/graphql"


def test_offers_the_tokens_it_was_given_by_their_role() -> None:
    [config] = read(tenants=[OfferedTenant("demo", ["en"], ["web"], [OfferedToken("admin", "a.b.c")])]).scripts

    assert json.loads(config)["tenants"] == [
        {"slug": "demo", "locales": ["en"], "channels": ["web"], "tokens": [{"role": "admin", "token": "a.b.c"}]}
    ]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "{}{files}&lt;\u2028"])
def test_no_text_in_an_example_becomes_part_of_the_page(text: str) -> None:
    page = read(examples=[Example("hostile", text)])

    assert [json.loads(script)["examples"][0]["query"] for script in page.scripts] == [text]
    assert page.addresses == read().addresses


def test_forbids_the_browser_to_ask_any_other_host() -> None:
    policy = graphiql_page("/graphql").headers["content-security-policy"]

    assert policy.startswith("default-src 'none'")
    sources = {source for rule in policy.split("; ") for source in rule.split()[1:]}
    assert sources == {"'none'", "'self'", "'unsafe-inline'", "data:"}
    assert "script-src 'self';" in policy


async def test_serves_every_file_of_the_page_for_ever(files: httpx.AsyncClient) -> None:
    addresses = read().addresses

    assert len(addresses) == 3
    for address in addresses:
        assert not urlsplit(address).netloc
        answer = await files.get(address)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
        assert answer.headers["content-security-policy"] == "default-src 'none'"


async def test_serves_the_licences_of_what_is_bundled(files: httpx.AsyncClient) -> None:
    answer = await files.get("/graphiql/LICENSES.txt")

    assert "immutable" not in answer.headers.get("cache-control", "")
    for package in ("graphiql 5.", "@graphiql/plugin-explorer 5.", "monaco-editor 0.", "react 19.", "graphql 16."):
        assert f"\n{package}" in answer.text


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_is_valid_against_the_schema(example: Example) -> None:
    schema = build_schema(SCHEMA.read_text(), assume_valid_sdl=True)

    assert validate(schema, parse(example.query)) == []
    assert json.loads(example.variables or "{}") is not None

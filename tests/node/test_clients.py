"""Clients keep what they read in two locales and two stages apart, in one cache, as docs/how-to/clients.md shows."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pages_graphql.schema import schema
from tests.node.graph import Service
from tests.node.processes import HERE, output, script, tool

CLIENTS = ("apollo", "urql", "relay")
CACHES = {"apollo": "apollo-cache.mjs", "urql": "urql-cache.mjs", "relay": "relay-store.mjs"}
ROOT = HERE.parents[1]
HOW_TO = ROOT / "docs" / "how-to" / "clients.md"


@pytest.fixture(scope="module")
def content(pages: Service) -> tuple[str, str]:
    """A page and a menu that say something else in each locale and stage; their ids."""
    return _page(pages), _menu(pages)


def _page(pages: Service) -> str:
    text = {"type": "text", "data": {"text": {"content": "Live"}}}
    text["overrides"] = [{"locale": "de", "data": {"text": {"content": "Veröffentlicht"}}}]
    page = _do(
        pages,
        "createPage",
        "page { id blocks { id } }",
        translations=_titles("Live", "Öffentlich"),
        blocks=[text],
        publish=True,
    )
    changed = {**text, "id": page["blocks"][0]["id"], "data": {"text": {"content": "Draft"}}}
    _do(pages, "updatePage", "page { id }", id=page["id"], translations=_titles("Draft", "Entwurf"), blocks=[changed])
    return page["id"]


def _menu(pages: Service) -> str:
    page = pages.data("{ pages(first: 1) { nodes { id } } }")["pages"]["nodes"][0]["id"]
    names = [{"locale": locale, "name": f"Menu {locale}"} for locale in ("en", "de")]
    items = [{"link": {"pageId": page}}]
    menu = _do(
        pages, "createMenu", "menu { id items { id } }", handle="clients", translations=names, items=items, publish=True
    )
    labels = [{"locale": locale, "label": f"Draft {locale}"} for locale in ("en", "de")]
    _do(pages, "updateMenuItem", "menu { id }", menuId=menu["id"], itemId=menu["items"][0]["id"], translations=labels)
    return menu["id"]


def _titles(en: str, de: str) -> list[dict[str, str]]:
    return [{"locale": "en", "title": en}, {"locale": "de", "title": de}]


def _do(pages: Service, mutation: str, fields: str, **given: Any) -> dict[str, Any]:
    query = """mutation ($input: %sInput!) { done: %s(input: $input) { %s problems { message path } } }"""
    query %= (mutation[0].upper() + mutation[1:], mutation, fields)
    payload = pages.data(query, pages.bearer("admin"), input=given)["done"]
    assert payload.pop("problems") == []
    return payload.popitem()[1]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The query as Relay's compiler makes it."""
    folder = tmp_path_factory.mktemp("relay")
    (folder / "content.js").write_text(f"graphql`{(HERE / 'clients' / 'content.graphql').read_text()}`;\n")
    (folder / "schema.graphql").write_text(schema.as_str())
    (folder / "package.json").write_text('{ "type": "module" }')
    config = {"src": ".", "schema": "schema.graphql", "language": "javascript", "eagerEsModules": True}
    (folder / "relay.config.json").write_text(json.dumps(config))
    subprocess.run(tool("relay-compiler"), cwd=folder, check=True, capture_output=True)
    return str(folder / "__generated__" / "contentQuery.graphql.js")


def read(client: str, pages: Service, content: tuple[str, str], compiled: str) -> dict[str, list[Any]]:
    """What a client got for each View, and what it reads from its cache when it has got all."""
    return json.loads(output(script(f"clients/{client}.mjs", pages.url, pages.tokens["admin"], *content, compiled)))


@pytest.mark.parametrize("client", CLIENTS)
def test_one_view_does_not_overwrite_another(
    client: str, pages: Service, content: tuple[str, str], compiled: str
) -> None:
    found = read(client, pages, content, compiled)

    assert found["cached"] == found["asked"]
    assert [view["page"]["title"] for view in found["asked"]] == ["Live", "Draft", "Öffentlich", "Entwurf"]
    texts = [view["page"]["blocks"][0]["text"]["html"].strip() for view in found["asked"]]
    assert texts == ["<p>Live</p>", "<p>Draft</p>", "<p>Veröffentlicht</p>", "<p>Veröffentlicht</p>"]
    assert [view["menu"]["name"] for view in found["asked"]] == ["Menu en", "Menu en", "Menu de", "Menu de"]
    labels = [view["menu"]["items"][0]["label"] for view in found["asked"]]
    assert labels == ["Kettle & Leaf", "Draft en", "Kettle & Leaf", "Draft de"]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_cache_that_nobody_configured_mixes_them(
    client: str, pages: Service, content: tuple[str, str], compiled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WITHOUT", "1")
    found = read(client, pages, content, compiled)
    assert found["cached"] != found["asked"]


@pytest.mark.parametrize("client", CLIENTS)
def test_the_how_to_shows_what_is_tested_here(client: str) -> None:
    assert (HERE / "clients" / CACHES[client]).read_text() in HOW_TO.read_text()


def test_urql_is_told_of_every_type_of_block() -> None:
    given = set(re.findall(r'"(\w+)"', (HERE / "clients" / "urql-cache.mjs").read_text())) - {"MenuItem"}
    assert {f"Page{name}Block" for name in given} == set(re.findall(r"type (Page\w+Block) implements", schema.as_str()))


def test_types_made_from_the_schema_compile(tmp_path: Path) -> None:
    shown = re.findall(r"```json\n(.*?)```", HOW_TO.read_text(), re.DOTALL)[0]
    shown = shown.replace("schema.graphql", str(ROOT / "schema.graphql")).replace("src/**/*", f"{HERE}/clients/*")
    (tmp_path / "codegen.json").write_text(shown.replace("src/", f"{tmp_path}/"))
    output(tool("graphql-codegen", "--config", str(tmp_path / "codegen.json")))
    assert compiled_by_tsc(tmp_path, 'title: "Tea"') == 0
    assert compiled_by_tsc(tmp_path, "title: 7") != 0


def compiled_by_tsc(folder: Path, title: str) -> int:
    """Whether TypeScript takes a program that uses the types made in a folder."""
    (folder / "use.ts").write_text(USE.replace("TITLE", title))
    command = tool("tsc", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", str(folder / "use.ts"))
    return subprocess.run(command, check=False).returncode


USE = """
import type { ContentQueryQuery } from "./operations";
import type { CreatePageInput, Page } from "./schema";

export const input: CreatePageInput = { translations: [{ locale: "en", TITLE }] };
export const title = (page: Page): string => page.title;
export const shown = (answer: ContentQueryQuery): string | undefined => answer.page?.blocks[0]?.id;
"""

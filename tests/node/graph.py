"""A federated graph: the service with its demo tenant, three small subgraphs beside it, and gateways before them."""

import json
import os
import re
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.node.processes import HERE, PATIENCE_S, Program, output, running, script, tool

OTHERS = ("catalog", "blog", "users")
"""The subgraphs that own Product and Category, Post and Media, and User."""

GATEWAYS = ("apollo", "hive")
"""Whose gateways stand before the graph; each serves the supergraph that its own composer made."""


@dataclass(frozen=True)
class Endpoint:
    """Somewhere to ask."""

    url: str

    def ask(self, query: str, headers: Mapping[str, str] | None = None, **variables: Any) -> dict[str, Any]:
        """The answer to a request."""
        body = {"query": query, "variables": variables}
        response = httpx.post(self.url, json=body, headers=dict(headers or {}), timeout=PATIENCE_S)
        return response.json()

    def data(self, query: str, headers: Mapping[str, str] | None = None, **variables: Any) -> dict[str, Any]:
        """The data that a request gets, which has no errors."""
        answer = self.ask(query, headers, **variables)
        assert "errors" not in answer, answer
        return answer["data"]


@dataclass(frozen=True)
class Service(Endpoint):
    """This service, with a token for each role in its demo tenant."""

    tokens: Mapping[str, str]

    def bearer(self, role: str) -> dict[str, str]:
        """The header of somebody with this role."""
        return {"Authorization": f"Bearer {self.tokens[role]}"}


@contextmanager
def service(**settings: str) -> Iterator[Service]:
    """This service with its demo tenant, as `pages-graphql serve --demo` starts it."""
    command = [sys.executable, "-m", "pages_graphql", "serve", "--demo"]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1]), **settings}
    with running(command, environment) as program:
        said = program.said(r"GraphiQL: (\S+)(?s:.*)customer: \S+\n")
        yield Service(said[1], dict(re.findall(r"^  (\w+): (\S+)$", said[0], re.MULTILINE)))


def make_window(service: Service) -> str:
    """The id of a menu with links to a page and to things of the shop, made where there is none."""
    menu = service.data('{ menuByHandle(handle: "window") { id } }')["menuByHandle"]
    if menu is None:
        page = service.data("{ pages(first: 1) { nodes { id } } }")["pages"]["nodes"][0]["id"]
        links = [{"pageId": page}, *({"entity": {"type": type_, "id": "7"}} for type_ in ("PRODUCT", "CATEGORY"))]
        items = [{"link": link, "translations": [{"locale": "en", "label": "Look"}]} for link in links]
        given = {"handle": "window", "translations": [{"locale": "en", "name": "Window"}], "items": items}
        payload = service.data(
            "mutation ($input: CreateMenuInput!) { createMenu(input: $input) { menu { id } problems { message } } }",
            service.bearer("admin"),
            input={**given, "publish": True},
        )["createMenu"]
        assert payload["problems"] == []
        menu = payload["menu"]
    return menu["id"]


def compose(subgraphs: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """What each composer makes of subgraphs, given by name as URL and SDL, and what it complains of."""
    given = [{"name": name, "url": url, "sdl": sdl} for name, (url, sdl) in subgraphs.items()]
    return json.loads(output(script("graph/compose.mjs"), json.dumps(given)))


def sdl_of(name: str) -> str:
    """The schema of one of the three other subgraphs."""
    return (HERE / "graph" / f"{name}.graphql").read_text()


@dataclass
class Subgraph:
    """One of the three other subgraphs, which can be stopped and started again at the same place."""

    name: str
    facts: Mapping[str, Any]
    port: int
    _stack: ExitStack = field(default_factory=ExitStack)
    _program: Program | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/graphql"

    def start(self) -> None:
        """Begin to start it."""
        command = script("graph/subgraph.mjs", self.name, str(self.port), json.dumps(self.facts))
        self._program = self._stack.enter_context(running(command))

    def wait(self) -> None:
        """Wait until it answers."""
        assert self._program
        _ = self._program.said("ready")

    def stop(self) -> None:
        """Let it answer no more."""
        self._stack.close()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """It does not answer while inside."""
        self.stop()
        try:
            yield
        finally:
            self.start()
            self.wait()


@dataclass(frozen=True)
class Graph:
    """The subgraphs, and a gateway of each kind, while they run."""

    service: Service
    others: Mapping[str, Subgraph]
    gateways: Mapping[str, Endpoint]


@contextmanager
def graph(service: Service, folder: Path, ports: Mapping[str, int] | None = None) -> Iterator[Graph]:
    """The service in a graph; supergraphs are written into a folder, gateways listen at these ports or free ones."""
    query = "{ pages(first: 100) { nodes { id path locale } } }"
    facts = {"pages": service.data(query)["pages"]["nodes"], "menu": make_window(service)}
    others = {name: Subgraph(name, facts, free_port()) for name in OTHERS}
    with ExitStack() as stack:
        for other in others.values():
            _ = stack.callback(other.stop)
            other.start()
        subgraphs = {name: (other.url, sdl_of(name)) for name, other in others.items()}
        subgraphs["pages"] = (service.url, service.data("{ _service { sdl } }")["_service"]["sdl"])
        for name, made in compose(subgraphs).items():
            _ = (folder / f"{name}.graphql").write_text(made.get("supergraph", ""))
        ports = {name: (ports or {}).get(name) or free_port() for name in GATEWAYS}
        programs = [stack.enter_context(running(_gateway(name, folder, port))) for name, port in ports.items()]
        for program in programs:
            _ = program.said(r"ready|[Ll]istening on")
        for other in others.values():
            other.wait()
        yield Graph(
            service, others, {name: Endpoint(f"http://127.0.0.1:{port}/graphql") for name, port in ports.items()}
        )


def _gateway(name: str, folder: Path, port: int) -> list[str]:
    """The command that starts a gateway."""
    supergraph = str(folder / f"{name}.graphql")
    if name == "apollo":
        return script("graph/apollo-gateway.mjs", supergraph, str(port))
    options = ["--config-path", str(HERE / "graph" / "hive.config.mjs"), "--host", "127.0.0.1", "--port", str(port)]
    return tool("hive-gateway", "supergraph", supergraph, *options)


def free_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]

"""Node, and a graph with gateways: started once for all tests that ask for them."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.node.graph import GATEWAYS, Endpoint, Graph, Service, graph, service
from tests.node.processes import obstacle


@pytest.fixture(scope="session", autouse=True)
def installed() -> None:
    """Nothing here can be tested without Node and its packages."""
    if reason := obstacle():
        pytest.skip(reason)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of the service's own."""
    return f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('service')}/pages.db"


@pytest.fixture(scope="session")
def pages(database_url: str) -> Iterator[Service]:
    """The service with its demo tenant and fifty pages more."""
    with service(PAGES_DATABASE_URL=database_url, PAGES_PORT="0") as running:
        created = (f"p{n}: createPage(input: {{ {_page(n)} }}) {{ problems {{ code }} }}" for n in range(50))
        payloads = running.data(f"mutation {{ {' '.join(created)} }}", running.bearer("admin"))
        assert [payload for payload in payloads.values() if payload["problems"]] == []
        yield running


def _page(n: int) -> str:
    return f'translations: [{{ locale: "en", title: "Page {n}" }}], publish: true'


@pytest.fixture(scope="session")
def running_graph(pages: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The service beside three other subgraphs, behind both gateways."""
    with graph(pages, tmp_path_factory.mktemp("supergraphs")) as running:
        yield running


@pytest.fixture(params=GATEWAYS)
def gateway(request: pytest.FixtureRequest, running_graph: Graph) -> Endpoint:
    """Each gateway in turn."""
    return running_graph.gateways[request.param]


@pytest.fixture(scope="session")
def other_tenant(pages: Service, database_url: str) -> str:
    """The slug of a tenant beside the demo's."""
    command = [sys.executable, "-m", "pages_graphql", "tenant", "create", "other"]
    subprocess.run(command, check=True, env={"PAGES_DATABASE_URL": database_url}, capture_output=True)
    return "other"

"""Apollo's gateway and Hive's before this service and three other subgraphs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.node.graph import Endpoint, Graph, Service
from tests.node.processes import HERE
from tests.node.queries import BY_ADDRESS, CREATE, DENIED, FIFTY, ONE_PAGE, PRODUCT_TO_MENU, VIEWER


def asked(pages: Service) -> int:
    """How many queries the service has answered."""
    numbers = httpx.get(pages.url.replace("/graphql", "/metrics")).text
    return sum(int(float(n)) for n in re.findall(r'pages_requests_total\{operation="query".*\} (\S+)', numbers))


@contextmanager
def unpublished(pages: Service, id: str) -> Iterator[None]:
    """Readers do not see a page while inside."""
    change = "mutation ($id: ID!) { done: %sPage(input: {id: $id}) { problems { code } } }"
    assert pages.data(change % "unpublish", pages.bearer("admin"), id=id) == {"done": {"problems": []}}
    try:
        yield
    finally:
        pages.data(change % "publish", pages.bearer("admin"), id=id)


def test_from_a_product_to_its_page_to_a_menu_and_back(gateway: Endpoint) -> None:
    product = gateway.data(PRODUCT_TO_MENU)["product"]

    assert product["name"] == "Product 1"
    assert product["page"]["headline"] == f"{product['page']['title']}!"  # @requires(fields: "title")
    menu = product["page"]["menu"]
    assert menu["name"] == "Window"
    assert [item["link"].get("entity") for item in menu["items"]] == [
        None,
        {"name": "Product 7", "page": {"title": "How to brew", "path": "/brewing"}},
        {},
    ]


def test_a_page_is_reached_by_path_and_locale(gateway: Endpoint) -> None:
    posts = gateway.data(BY_ADDRESS)["posts"]["nodes"]
    assert [(post["page"]["path"], post["page"]["locale"]) for post in posts] == [("/", "en"), ("/teas", "en")]
    assert [post["page"]["posts"] for post in posts] == [[{"title": "Post 0"}], [{"title": "Post 1"}]]
    assert [post["page"]["products"] for post in posts] == [[{"name": "Product 0"}], [{"name": "Product 1"}]]


def test_fifty_pages_are_one_request_to_the_service(gateway: Endpoint, pages: Service) -> None:
    before = asked(pages)
    nodes = gateway.data(FIFTY)["products"]["nodes"]

    assert len({node["page"]["id"] for node in nodes}) == 50
    assert {node["page"]["author"]["name"] for node in nodes} == {"User demo", "User admin"}
    assert asked(pages) - before == 1


def test_a_mutations_payload_is_joined(gateway: Endpoint, pages: Service) -> None:
    title = f"Made at {gateway.url}"
    payload = gateway.data(CREATE.replace("Made here", title), pages.bearer("admin"))["createPage"]
    assert payload == {
        "page": {
            "title": title,
            "stage": "DRAFT",
            "headline": f"{title}!",
            "author": {"id": "admin", "name": "User admin"},
            "reviewer": {"name": "User reviewer"},
        },
        "problems": [],
    }


def test_problems_of_a_mutation_pass_through(gateway: Endpoint) -> None:
    payload = gateway.data(CREATE)["createPage"]
    assert payload["page"] is None
    assert [problem["code"] for problem in payload["problems"]] == ["UNAUTHENTICATED"]


def test_headers_say_who_asks_and_which_view(gateway: Endpoint, pages: Service, other_tenant: str) -> None:
    view = {"X-Locale": "de", "X-Channel": "app", "X-Stage": "DRAFT"}
    viewer = gateway.data(VIEWER, {"X-Tenant-Slug": "demo", **pages.bearer("admin"), **view})["contentViewer"]
    assert viewer["permissions"]
    assert {**viewer, "permissions": None} == {
        "id": "admin",
        "tenant": {"slug": "demo"},
        "permissions": None,
        "locale": "de",
        "channel": "app",
        "stage": "DRAFT",
    }
    assert gateway.data(VIEWER, {"X-Tenant-ID": other_tenant})["contentViewer"]["tenant"] == {"slug": other_tenant}


def test_the_view_reaches_pages_behind_another_subgraph(gateway: Endpoint) -> None:
    query = '{ product(id: "1") { page { title path locale } } }'
    assert gateway.data(query, {"X-Locale": "de"})["product"]["page"] == {
        "title": "Tees",
        "path": "/tees",
        "locale": "de",
    }


@pytest.mark.parametrize(("name", "missing"), [("catalog", "products"), ("users", "reviewer")])
def test_without_another_subgraph_the_page_still_answers(
    gateway: Endpoint, running_graph: Graph, name: str, missing: str
) -> None:
    query = f'{{ pageByPath(path: "/teas") {{ title path {missing} {{ __typename }} }} }}'
    with running_graph.others[name].stopped():
        answer = gateway.ask(query)

    assert answer["data"]["pageByPath"] == {"title": "Our teas", "path": "/teas", missing: None}
    assert answer["errors"]
    assert gateway.data(query)["pageByPath"][missing]


def test_a_denied_field_leaves_the_one_beside_it(gateway: Endpoint) -> None:
    answer = gateway.ask(DENIED)
    assert answer["data"] == {"pageByPath": {"title": "Our teas"}, "pathRedirects": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]


def test_what_readers_may_not_see_is_null_and_the_rest_answers(gateway: Endpoint, pages: Service) -> None:
    id = pages.data('{ pageByPath(path: "/imprint") { id } }')["pageByPath"]["id"]
    with unpublished(pages, id):
        answer = gateway.ask("{ products(first: 50) { nodes { name page { title } } } }")

    nodes = answer["data"]["products"]["nodes"]  # Hive adds an error at the page, Apollo does not
    assert sum(node["page"] is None for node in nodes) == 1
    assert all(node["name"] for node in nodes)


def test_one_page_with_what_everybody_knows_of_it(gateway: Endpoint) -> None:
    page = gateway.data(ONE_PAGE)["pageByPath"]
    assert page["author"] == {"name": "User demo"}
    assert (page["products"], page["posts"]) == ([{"name": "Product 1"}], [{"title": "Post 1"}])


def test_the_how_to_shows_what_is_tested_here() -> None:
    scripts = "".join(path.read_text() for path in (HERE / "graph").glob("*.mjs"))
    shown = re.findall(r"```js\n(.*?)```", (HERE.parents[1] / "docs" / "how-to" / "gateway.md").read_text(), re.DOTALL)
    assert len(shown) == 3
    assert [snippet for snippet in shown if snippet not in scripts] == []

"""What a gateway reads in the SDL of the subgraph: Apollo's compatibility suite asks for the same of its products."""

from typing import Any

import pytest
from graphql import parse

from pages_graphql.schema import schema


def sdl() -> Any:
    """The SDL that a gateway gets, parsed."""
    answer = schema.execute_sync("{ _service { sdl } }")
    assert answer.data
    return parse(answer.data["_service"]["sdl"])


def directives(name: str) -> list[tuple[str, dict[str, object]]]:
    """The directives of a type, with their arguments."""
    [type_] = [node for node in sdl().definitions if getattr(node, "name", None) and node.name.value == name]
    return [
        (used.name.value, {given.name.value: given.value.value for given in used.arguments or ()})
        for used in type_.directives
    ]


def test_pages_are_known_by_id_and_by_address_menus_by_id() -> None:
    assert directives("Page") == [("key", {"fields": "id"}), ("key", {"fields": "path locale"})]
    assert directives("Menu") == [("key", {"fields": "id"})]


@pytest.mark.parametrize("name", ["Product", "Category", "Post", "Media", "User"])
def test_what_others_own_is_only_referred_to(name: str) -> None:
    assert directives(name) == [("key", {"fields": "id", "resolvable": False})]


def test_page_info_is_shared() -> None:
    assert directives("PageInfo") == [("shareable", {})]


def test_the_schema_links_to_the_directives_that_it_uses_and_to_no_others() -> None:
    [link] = [one for node in sdl().definitions if node.kind.startswith("schema_") for one in node.directives]
    arguments = {given.name.value: given.value for given in link.arguments}
    assert arguments["url"].value == "https://specs.apollo.dev/federation/v2.7"
    assert {item.value for item in arguments["import"].values} == {"@key", "@shareable"}

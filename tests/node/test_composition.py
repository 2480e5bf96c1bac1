"""Other teams' subgraphs compose with this one."""

import pytest

from pages_graphql.schema import schema
from tests.node.graph import OTHERS, compose, sdl_of

COMPOSERS = {"apollo", "hive", "wundergraph"}


def complaints(**changed: str) -> dict[str, list[str]]:
    """What each composer says of the four subgraphs."""
    given = {"pages": schema.as_str(), **{name: sdl_of(name) for name in OTHERS}, **changed}
    composed = compose({name: (f"http://{name}.example/graphql", sdl) for name, sdl in given.items()})
    return {name: made["complaints"] for name, made in composed.items()}


def test_three_composers_take_the_subgraph_beside_three_others_without_a_word() -> None:
    assert complaints() == {name: [] for name in COMPOSERS}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("type PageInfo @shareable", "type PageInfo"),  # not shared by everyone
        ("endCursor: String", "endCursor: [String]"),  # another type of the same name
    ],
)
def test_composers_say_so_where_subgraphs_disagree(before: str, after: str) -> None:
    assert before in sdl_of("blog")
    found = complaints(blog=sdl_of("blog").replace(before, after))
    assert {name for name, said in found.items() if said} == COMPOSERS


def test_it_composes_where_nobody_owns_what_it_refers_to() -> None:
    composed = compose({"pages": ("http://pages.example/graphql", schema.as_str())})
    assert {name: made["complaints"] for name, made in composed.items()} == {name: [] for name in COMPOSERS}

"""Paths, asked for and written."""

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages_graphql.core.paths import PATH_BYTES, encode, join, segments
from pages_graphql.core.text import normalise_slug, slug_from

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", ()),
        ("/", ()),
        ("///", ()),
        ("/about/team", ("about", "team")),
        ("about//team/", ("about", "team")),
        ("/About/TEAM", ("about", "team")),
        ("/about?x=/y#z", ("about",)),
        ("/about#a?b", ("about",)),
        ("?about", ()),
        ("/a%3Fb%23c", ("a?b#c",)),
        ("/%C3%BCber", ("über",)),
        ("/u%CC%88ber", ("über",)),
        ("/ÜBER", ("über",)),
        ("/%C4%B0stanbul", ("istanbul",)),
        ("/100%", ("100%",)),
        ("/%zz", ("%zz",)),
        ("/a%252Fb", ("a%2fb",)),
        ("/a+b", ("a+b",)),
        ("/...", ("...",)),
    ],
)
def test_an_asked_path_is_compared_as_slugs_are_stored(path: str, found: tuple[str, ...]) -> None:
    assert segments(path) == found


@pytest.mark.parametrize(
    "path",
    [
        "/a%2Fb",
        "/a%2fb",
        "/a%00b",
        "/a\x00b",
        "/%FF",
        "/%C3",
        "/%ED%A0%80",
        "/a\ud800",
        "/./a",
        "/a/..",
        "/%2e%2E/a",
        "/.%2e",
    ],
)
def test_what_no_page_can_have_is_not_found(path: str) -> None:
    assert segments(path) is None


def test_a_path_may_have_2000_bytes_and_no_more() -> None:
    assert segments("/" + "a" * (PATH_BYTES - 1)) is not None
    assert segments("/" + "a" * PATH_BYTES) is None
    assert segments("/" + "ü" * 1_000) is None
    assert segments("/" + "a" * 3_000) is None
    assert segments("/abc/d", limit=6) == ("abc", "d")
    assert segments("/abc/d", limit=5) is None


def test_only_what_is_stored_counts_towards_the_limit() -> None:
    assert segments(quote("/" + "ü" * 999)) == ("ü" * 999,)
    assert segments("/a" + "/" * 3_000 + "?" + "q" * 3_000) == ("a",)


@given(ANY_TEXT)
@example("ΟΔΟΣ'ΑΒΣ")
@example("İI\u0307\u0323")
def test_a_slug_is_found_by_itself(text: str) -> None:
    slug = slug_from(text)
    assert segments("/" + slug) == (slug,)
    assert segments("/" + quote(slug)) == (slug,)
    assert segments("/" + quote(unicodedata.normalize("NFD", slug))) == (slug,)


@given(st.lists(ANY_TEXT.map(normalise_slug).filter(bool), max_size=5))
def test_a_path_is_found_by_its_url(slugs: list[str]) -> None:
    assert segments(encode(join(slugs))) == tuple(slugs)


@given(ANY_TEXT)
def test_a_path_found_is_found_again(path: str) -> None:
    found = segments(path) or ()
    assert segments(encode(join(found))) == found


@given(st.text(st.sampled_from("aÜ/%2Ff.cC3?#\x00\ud800İ")))
def test_every_asked_path_gets_an_answer(path: str) -> None:
    for slug in segments(path) or ():
        assert slug
        assert "/" not in slug


def test_a_path_starts_at_the_root() -> None:
    assert join([]) == "/"
    assert join(["a", "b"]) == "/a/b"


@pytest.mark.parametrize(
    ("path", "url"),
    [("/", "/"), ("/über/b c", "/%C3%BCber/b%20c"), ("/a?b#c%d", "/a%3Fb%23c%25d"), ("/a_b-c.d~e", "/a_b-c.d~e")],
)
def test_a_url_percent_encodes_utf_8(path: str, url: str) -> None:
    assert encode(path) == url

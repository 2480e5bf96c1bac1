"""Slugs, canonical JSON, and what cannot be stored."""

import unicodedata

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_graphql.core.text import (
    MAX_DEPTH,
    canonical_json,
    content_hash,
    cut,
    fold,
    normalise_slug,
    numbered,
    slug_from,
    sort_title,
    unstorable,
)

ANY_TEXT = st.text(st.characters())
STORABLE_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
STORABLE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | STORABLE_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(STORABLE_TEXT, inner),
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("About us", "about-us"),
        ("  --Hello,   World!-- ", "hello-world"),
        ("snake_case", "snake_case"),
        ("Über Größe", "über-größe"),
        ("Cafe\u0301", "café"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("О нас", "о-нас"),
        ("関於 我們", "関於-我們"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ ΑΒ", "οδος-αβ"),
        ("Room №5 – ½ price", "room-5-½-price"),
        ("a/b?c#d%2F.", "a-b-c-d-2f"),
        ("a\x00b\ud800c", "a-b-c"),
        ("!?🎉", ""),
        ("", ""),
    ],
)
def test_a_slug_keeps_letters_marks_numbers_and_underscores(text: str, slug: str) -> None:
    assert normalise_slug(text) == slug


def test_a_slug_is_not_cut() -> None:
    assert normalise_slug("A" * 300) == "a" * 300


@given(ANY_TEXT)
def test_a_slug_is_its_own_slug(text: str) -> None:
    slug = normalise_slug(text)
    assert normalise_slug(slug) == slug
    assert unicodedata.is_normalized("NFC", slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert "--" not in slug
    assert slug.encode().decode() == slug


@given(ANY_TEXT)
def test_equal_texts_in_unicodes_sense_have_one_slug(text: str) -> None:
    assert normalise_slug(unicodedata.normalize("NFD", text)) == normalise_slug(text)


@given(st.text(st.sampled_from("iIİıΣσςßẞΑα'- /\u0307\u0323\u0301\u0338")))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalise_slug(normalise_slug(text)) == normalise_slug(text)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Our Team", "our-team"),
        ("🎉", "page"),
        ("", "page"),
        ("a" * 255 + "b", "a" * 255),
        ("a" * 254 + " b", "a" * 254),
        ("a" * 254 + "q\u0323b", "a" * 254),
        ("a" + "\u0323" * 300, "ạ" + "\u0323" * 254),
    ],
)
def test_a_slug_is_made_from_a_title(title: str, slug: str) -> None:
    assert slug_from(title) == slug


@given(ANY_TEXT)
def test_every_title_makes_a_slug_that_stays_as_it_is(title: str) -> None:
    slug = slug_from(title * 40)
    assert 1 <= len(slug) <= 255
    assert normalise_slug(slug) == slug


@pytest.mark.parametrize(
    ("slug", "n", "suggestion"),
    [
        ("team", 2, "team-2"),
        ("a" * 255, 2, "a" * 253 + "-2"),
        ("a" * 255, 10, "a" * 252 + "-10"),
        ("a" * 252 + "-bb", 2, "a" * 252 + "-2"),
    ],
)
def test_a_taken_slug_is_numbered(slug: str, n: int, suggestion: str) -> None:
    assert numbered(slug, n) == suggestion
    assert normalise_slug(suggestion) == suggestion


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [("abc", 3, "abc"), ("abcd", 3, "abc"), ("abq\u0323", 3, "ab"), ("q\u0323\u0323", 2, "q\u0323"), ("abc", 0, "")],
)
def test_cutting_leaves_letters_their_marks(text: str, length: int, shown: str) -> None:
    assert cut(text, length) == shown


def test_canonical_json_sorts_keys_and_writes_no_spaces() -> None:
    assert (
        canonical_json({"b": [1, None, "ü"], "a": {"d": True, "c": 1.5}}) == '{"a":{"c":1.5,"d":true},"b":[1,null,"ü"]}'
    )


@given(STORABLE)
def test_what_can_be_stored_comes_back_as_it_was(value: object) -> None:
    assert unstorable(value) == []
    text = canonical_json(value)
    assert orjson.loads(text) == value
    assert canonical_json(orjson.loads(text)) == text


def test_a_hash_is_the_sha_256_of_the_text() -> None:
    assert content_hash("ü") == "607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f"


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ("fine \ufffd \U0001f389", []),
        ("a\x00", [()]),
        ("\ud800", [()]),
        ({"a": ["x", {"b": "\x00"}], "c": "\udfff"}, [("a", "1", "b"), ("c",)]),
        ({"a": {"\x00": "\x00", "b": ("\ud800",)}}, [("a",), ("a", "b", "0")]),
        ([2**64, 2**64 - 1, -(2**63), -(2**63) - 1, True, None], [("0",), ("3",)]),
        ([float("nan"), float("inf"), 1.5], [("0",), ("1",)]),
    ],
)
def test_what_cannot_be_stored_is_found_where_it_is(value: object, paths: list[tuple[str, ...]]) -> None:
    assert unstorable(value) == paths


def test_what_nests_too_deep_cannot_be_stored() -> None:
    value: object = "x"
    for _ in range(MAX_DEPTH):
        value = [value]
    assert unstorable(value) == []
    assert unstorable({"a": value}) == [("a", *["0"] * (MAX_DEPTH - 1))]


def test_very_deep_input_is_refused_without_falling_over() -> None:
    value: object = "x"
    for _ in range(100_000):
        value = [value]
    assert len(unstorable(value)) == 1


def test_titles_sort_without_case() -> None:
    assert sorted(["b", "A", "ä", "Ä", "C"], key=sort_title) == ["A", "b", "C", "ä", "Ä"]

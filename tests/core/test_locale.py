"""BCP 47 tags and the order of translations."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_graphql.core.locale import InvalidLocale, accepted, chain, language, match, normalise

TAGS = st.from_regex(
    r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_][A-Za-z]{2}|[-_][0-9]{3})?([-_][0-9][A-Za-z]{3})?", fullmatch=True
)


@pytest.mark.parametrize(
    ("tag", "normalised"),
    [
        ("en", "en"),
        ("DE", "de"),
        ("pt_br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ZH_HANT_TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-at-1996", "de-AT-1996"),
        ("sl-ROZAJ-biske", "sl-rozaj-biske"),
        ("en-Latn-us", "en-Latn-US"),
        ("iw", "iw"),
        ("zh-cmn-hans", "zh-cmn-Hans"),
        ("en-U-CA-gregory", "en-u-ca-gregory"),
        ("en-X-Team", "en-x-team"),
        ("x-klingon", "x-klingon"),
        ("und", "und"),
    ],
)
def test_a_tag_gets_its_usual_case_and_keeps_its_parts(tag: str, normalised: str) -> None:
    assert normalise(tag) == normalised


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "e",
        "-",
        "en-",
        "-en",
        "en--US",
        "english",
        "en US",
        " en",
        "en\n",
        "en-US-x",
        "en-a",
        "en-1ab",
        "en-US-DE",
        "en_US.UTF-8",
        "*",
        "123",
        "ｅｎ",
        "en\x00",
        "\ud800",
        "en-x-" + "a" * 8 + "-" + "b" * 8 + "-" + "c" * 8 + "-" + "d" * 4,
    ],
)
def test_what_is_no_bcp_47_is_refused(tag: str) -> None:
    with pytest.raises(InvalidLocale) as refused:
        assert normalise(tag)
    assert refused.value.tag == tag
    assert str(refused.value).isascii()


def test_a_tag_may_have_35_characters() -> None:
    tag = "en-x-aaaaaaaa-bbbbbbbb-cccccccc-ddd"
    assert len(tag) == 35
    assert normalise(tag) == tag


@given(TAGS)
def test_a_normalised_tag_stays_as_it_is(tag: str) -> None:
    assert normalise(normalise(tag)) == normalise(tag)
    assert normalise(tag).lower() == tag.lower().replace("_", "-")


@given(st.text(st.characters()))
def test_any_text_is_a_tag_or_refused(text: str) -> None:
    with suppress(InvalidLocale):
        assert normalise(text).isascii()


@pytest.mark.parametrize(("tag", "primary"), [("de", "de"), ("de-AT", "de"), ("zh-Hant-TW", "zh")])
def test_the_language_of_a_tag_is_its_first_part(tag: str, primary: str) -> None:
    assert language(tag) == primary


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", []),
        ("de-at", ["de-AT"]),
        ("en;q=0.5, de-AT, fr;q=0.9", ["de-AT", "fr", "en"]),
        ("en;q=0.5,de;q=0.5", ["en", "de"]),
        ("da, en-gb ; Q = 0.8 , en;q=0.7", ["da", "en-GB", "en"]),
        ("*, de;q=0", []),
        ("*;q=0.1, ru", ["ru"]),
        ("de;q=0.2, en;q=0.5, DE;q=0.9", ["de", "en"]),
        ("de;q=1.5, en;q=, fr;q=a, it;q=-1, es;level=1, , ;q=1, nl;q=1.000, über", ["nl"]),
        ("engl!sh, e, ru;q=0.001", ["ru"]),
        ("de;q=0.9;q=0.1", []),
    ],
)
def test_accept_language_is_read_by_quality(header: str, tags: list[str]) -> None:
    assert accepted(header) == tags


@given(st.text(st.characters()) | st.text(st.sampled_from("deDE-_;,q=01.* \t")))
def test_accept_language_never_fails(header: str) -> None:
    for tag in accepted(header):
        assert normalise(tag) == tag


@pytest.mark.parametrize(
    ("wanted", "available", "found"),
    [
        ("de-AT", ["en", "de-AT", "de"], "de-AT"),
        ("de-AT", ["en", "de"], "de"),
        ("zh-Hant-TW", ["zh", "zh-Hant"], "zh-Hant"),
        ("zh-Hant-CN-x-private1-private2", ["zh-Hant-CN-x", "zh-Hant-CN"], "zh-Hant-CN"),
        ("de", ["de-AT"], None),
        ("fr", ["en", "de"], None),
        ("fr", [], None),
    ],
)
def test_a_tag_matches_itself_or_what_is_left_of_it(wanted: str, available: list[str], found: str | None) -> None:
    assert match(wanted, available) == found


ORDER = ["en", "de", "de-AT", "fr", "ru"]


@pytest.mark.parametrize(
    ("requested", "fallbacks", "tried"),
    [
        ("en", {}, ("en", "de", "de-AT", "fr", "ru")),
        ("fr", {}, ("fr", "en", "de", "de-AT", "ru")),
        ("de-AT", {}, ("de-AT", "de", "en", "fr", "ru")),
        ("de-AT", {"de-AT": ["ru", "fr"], "fr": ["en"]}, ("de-AT", "ru", "fr", "de", "en")),
        ("de-CH", {}, ("de", "en", "de-AT", "fr", "ru")),
        ("de-AT-1996", {}, ("de-AT", "de", "en", "fr", "ru")),
        ("ja", {"ja": ["ko"]}, ("en", "de", "de-AT", "fr", "ru")),
    ],
)
def test_translations_are_tried_in_order(
    requested: str, fallbacks: dict[str, list[str]], tried: tuple[str, ...]
) -> None:
    assert chain(requested, fallbacks, "en", ORDER) == tried


@given(TAGS.map(normalise), st.lists(st.sampled_from(ORDER)), st.sampled_from(ORDER))
def test_every_locale_of_the_tenant_is_tried_once(requested: str, fallbacks: list[str], default: str) -> None:
    assert sorted(chain(requested, {requested: fallbacks}, default, ORDER)) == sorted(ORDER)

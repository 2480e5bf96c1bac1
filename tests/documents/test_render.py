"""What readers see of what editors write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_graphql.documents.render import (
    PageBodyFormat,
    Rendered,
    count_words,
    excerpt,
    plain_text,
    reading_minutes,
    render,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
MARKS = ("# ", "*", "**", "_", "~~", "[a]", "(/b)", "![", "> ", "- ", "1. ", "```", "|", "-|", "<b>", "\n", " ", "ü")
SOURCE = TEXT | st.lists(st.sampled_from(MARKS)).map("".join)

MARKDOWN = """\
# Über uns

We *make* ~~bread~~ **cake**, see [menu](/menu) or <b onclick="x()">call</b>.

| Day | Open |
| --- | --- |
| Mon | 8&ndash;12 |

<script>alert(1)</script>
[bad](javascript:alert(1))
"""


def test_markdown_has_tables_strikethrough_and_clean_html() -> None:
    rendered = render(PageBodyFormat.MARKDOWN, MARKDOWN)
    assert "<h1>Über uns</h1>" in rendered.html
    assert "<em>make</em> <s>bread</s> <strong>cake</strong>" in rendered.html
    assert '<a href="/menu" rel="noopener noreferrer">menu</a>' in rendered.html
    assert "<b>call</b>" in rendered.html
    assert "<td>8–12</td>" in rendered.html
    assert "alert(1)</script>" not in rendered.html
    assert 'href="javascript' not in rendered.html
    assert rendered.text.startswith("Über uns\nWe make bread cake, see menu or call.\nDay\nOpen\nMon\n8–12")


def test_markdown_that_makes_too_much_html_is_shown_as_it_is_written() -> None:
    rendered = render(PageBodyFormat.MARKDOWN, "*a*\n\n" + "<div>" * 40_001)
    assert rendered.html.startswith("<p>*a*</p>\n<p>&lt;div&gt;")


def test_html_is_sanitised() -> None:
    assert render(PageBodyFormat.HTML, "<h2 onclick=a>One</h2>two<p>three<script>x</script>") == Rendered(
        html="<h2>One</h2>two<p>three</p>", text="One\ntwo\nthree", word_count=3
    )


def test_plain_text_is_shown_as_it_is_written() -> None:
    assert render(PageBodyFormat.PLAIN, "1 < 2 & <b>\n*three*\n\nfour") == Rendered(
        html="<p>1 &lt; 2 &amp; &lt;b&gt;<br>\n*three*</p>\n<p>four</p>",
        text="1 < 2 & <b>\n*three*\nfour",
        word_count=5,
    )


@pytest.mark.parametrize("format", PageBodyFormat)
def test_nothing_written_is_nothing_shown(format: PageBodyFormat) -> None:
    assert render(format, "") == Rendered(html="", text="", word_count=0)


@given(st.sampled_from(PageBodyFormat), SOURCE)
def test_any_text_can_be_rendered(format: PageBodyFormat, content: str) -> None:
    rendered = render(format, content)
    assert rendered.text == plain_text(rendered.html)
    assert rendered.word_count == count_words(rendered.text)


@given(TEXT)
def test_plain_text_loses_nothing_but_spaces(content: str) -> None:
    assert render(PageBodyFormat.PLAIN, content).text.split() == content.split()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("a<b>b</b>c", "abc"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a<br>b<hr>c", "a\nb\nc"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "a\nb\nc"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<p>  a  b&nbsp;&nbsp;c\t</p>\n\n<p> </p>", "a b c"),
        ("&lt;b&gt; &amp;amp; &eacute;&#127881;", "<b> &amp; é🎉"),
        ('<img alt="a" src="/b">c', "c"),
    ],
)
def test_plain_text_has_a_line_for_each_block(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" — … 🎉 _ ", 0),
        ("one two\nthree", 3),
        ("don't re-open the 2nd door, please!", 6),
        ("Größe naïve", 2),
        ("हिन्दी भाषा", 2),
        ("О нас", 2),
        ("한국어 단어", 2),
        ("مرحبا بالعالم", 2),
        ("我們的團隊", 5),
        ("我們 use Python。", 4),
        ("コーヒーとお茶", 7),
        ("ภาษาไทยเป็นภาษา", 3),
        ("ไทย A", 2),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("", 10, ""),
        ("short", 5, "short"),
        ("two\nlines", 9, "two lines"),
        ("some words here", 0, ""),
        ("some words here", -1, ""),
        ("some words here", 1, "…"),
        ("some words here", 3, "so…"),
        ("some words here", 10, "some…"),
        ("some words here", 11, "some words…"),
        ("some words, here", 12, "some words…"),
        ("a " + "b" * 50, 10, "a bbbbbbb…"),
        ("a " + "b" * 30 + " c", 10, "a…"),
        ("a " + "b" * 30, 10, "a…"),
        ("a " + "b" * 31, 10, "a bbbbbbb…"),
        ("b" * 50, 10, "b" * 9 + "…"),
        ("我們的團隊很大", 5, "我們的團…"),
        ("abq\u0323\u0323x", 4, "ab…"),
    ],
)
def test_an_excerpt_ends_with_a_whole_word(text: str, length: int, shown: str) -> None:
    assert excerpt(text, length) == shown


@given(TEXT, st.integers(-2, 60))
def test_an_excerpt_is_never_longer_than_asked(text: str, length: int) -> None:
    shown = excerpt(text, length)
    assert len(shown) <= max(length, 0)
    assert " ".join(text.split()).startswith(shown.removesuffix("…"))


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2), (2_000, 10)])
def test_begun_minutes_count(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes

"""HTML that may be served."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_graphql.documents.sanitise import MAX_MARKUP, MAX_REFERENCES, paragraphs, sanitise

PIECES = (
    *(
        "<script>",
        "</script>",
        "<style>",
        "<svg>",
        "<math>",
        "<iframe srcdoc='",
        "<noscript>",
        "<template>",
        "<textarea>",
    ),
    *(
        "<title>",
        "<table>",
        "<td>",
        "<p ",
        "<a href=",
        "<img src=",
        "<video poster=",
        "<b>",
        "</b>",
        "</p>",
        "<!--",
        "-->",
    ),
    *("<![CDATA[", "]]>", "javascript:", "JaVa\tScRiPt:", "&#106;avascript&colon;", "data:text/html,", "vbscript:"),
    *(" onerror=", " onload=x ", " style=", " srcset=", " formaction=", " xlink:href=", "alert(1)", "&lt;"),
    *('"', "'", "`", ">", "/>", "<", "&", "=", "/", " ", "\n", "x", "ü"),
)
HTML = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=25
).map("".join)
ALIVE = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "svg",
    "math",
    "base",
    "meta",
    "link",
    "template",
    "title",
}
BLANK = dict.fromkeys([*range(0x21), 0x7F])


class Elements(HTMLParser):
    """The tags and attributes of HTML, as another parser reads them."""

    def __init__(self, html: str) -> None:
        """Read `html` to its end."""
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@given(HTML)
def test_nothing_in_it_acts(source: str) -> None:
    elements = Elements(sanitise(source))
    assert not elements.tags & ALIVE
    for name, value in elements.attributes:
        assert not name.startswith("on")
        assert name not in {"style", "srcset", "srcdoc", "formaction", "xlink:href", "id", "name"}
        if name in {"href", "src", "poster"}:
            assert not value.translate(BLANK).lower().startswith(("javascript:", "vbscript:", "data:"))


@given(HTML)
def test_what_is_clean_stays_as_it_is(source: str) -> None:
    once = sanitise(sanitise(source))
    assert sanitise(once) == once


@pytest.mark.parametrize(
    "html",
    [
        '<h2 class="title" lang="de">Über</h2><p>a <em>b</em> <code>c</code><br>d</p><hr>',
        '<ul><li>a<ol start="3" reversed=""><li>b</li></ol></li></ul>',
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        '<figure><img src="/a.jpg" alt="a"><figcaption>b</figcaption></figure>',
        '<video controls="" src="https://a.example/v.mp4"></video>',
        '<details open=""><summary>a</summary>b</details>',
        "<p>a &amp; b &lt; c&nbsp;d</p>",
    ],
)
def test_content_stays_as_it_was_written(html: str) -> None:
    parsed, expected = Elements(sanitise(html)), Elements(html)
    assert len(sanitise(html)) == len(html)
    assert (parsed.tags, sorted(parsed.attributes)) == (expected.tags, sorted(expected.attributes))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<p>a<script>alert(1)</script>b", "<p>ab</p>"),
        ('<p style="x" id="a" onclick="b">c</p>', "<p>c</p>"),
        ("<iframe src=/a>b</iframe>c", "c"),
        ("<form><button>a</button></form>", "a"),
        ("<b>a", "<b>a</b>"),
        ("a<!-- b -->c", "ac"),
        ('<img src="data:image/png;base64,AA" alt="a">', '<img alt="a">'),
        ('<blockquote cite="javascript:a">b</blockquote>', "<blockquote>b</blockquote>"),
        ("", ""),
    ],
)
def test_the_rest_goes(source: str, html: str) -> None:
    assert sanitise(source) == html


@pytest.mark.parametrize(
    "url", ["/a", "a/b?c#d", "#top", "http://a.example", "https://a.example", "mailto:a@b.example", "tel:+1"]
)
def test_links_lead_where_content_may_point_and_tell_nothing(url: str) -> None:
    assert sanitise(f'<a href="{url}">a</a>') == f'<a href="{url}" rel="noopener noreferrer">a</a>'


@pytest.mark.parametrize(
    "url", ["javascript:a", " java\tscript:a", "&#106;avascript:a", "data:text/html,a", "ftp://a.example"]
)
def test_links_lead_nowhere_else(url: str) -> None:
    assert sanitise(f'<a href="{url}">a</a>') == '<a rel="noopener noreferrer">a</a>'


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * (MAX_MARKUP + 1),
        "<p>" + "&" * (MAX_REFERENCES + 1),
        "<p>" + "".join(f"<b class={n}>" for n in range(2_000)) + "</p>" + "<p>x</p>" * 2_000,
        "<p>" + "".join(f"<I/class={n}>" for n in range(2_000)) + "</p>" + "</p>" * 2_000,
        "<p>" + "".join(f"<b class={n}>" for n in range(500)) + "</p>" + "<p>x</p>" * 750,
    ],
    ids=["deep", "references", "reopened", "reopened by ends", "grown"],
)
def test_markup_that_is_too_much_is_shown_as_text(source: str) -> None:
    assert Elements(sanitise(source)).tags == {"p"}
    assert sanitise(source) == paragraphs(source)


def test_a_long_table_is_not_too_much() -> None:
    table = (
        "<table><tbody>"
        + '<tr><td class="a">1</td><td><strong class="b">2</strong></td></tr>' * 100
        + "</tbody></table>"
    )
    assert sanitise(table) == table


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ('a <b> & "c"', '<p>a &lt;b&gt; &amp; "c"</p>'),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("a\r\n\r\nb\rc\n \n\nd\n", "<p>a</p>\n<p>b<br>\nc</p>\n<p>d</p>"),
    ],
)
def test_plain_text_becomes_paragraphs(text: str, html: str) -> None:
    assert paragraphs(text) == html

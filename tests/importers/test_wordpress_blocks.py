"""What the content of WordPress becomes here: blocks, or a body."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pages_graphql.core.limits import Limits
from pages_graphql.importers.wordpress.attachments import picture_at
from pages_graphql.importers.wordpress.autop import with_paragraphs
from pages_graphql.importers.wordpress.content import Converted, converted
from pages_graphql.importers.wordpress.gutenberg import DEEPEST, parse_blocks
from pages_graphql.importers.wordpress.plan import WordPressPlan, plan_export
from tests.importers.exports import SITE, item, meta, write_export

PHOTO = "https://bakery.example/files/photo.jpg"
SIZES = 'a:3:{s:5:"width";i:1600;s:6:"height";i:900;s:4:"file";s:9:"photo.jpg";}'


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[WordPressPlan]:
    """A site with two pages and a photo."""
    photo = item(
        5,
        "attachment",
        "Photo",
        meta(_wp_attachment_metadata=SIZES, _wp_attachment_image_alt="Bread"),
        attachment_url=PHOTO,
    )
    pages = (
        item(1, title="About", link=f"{SITE}/about/"),
        item(2, title="Team", post_parent=1, link=f"{SITE}/about/team/"),
    )
    with plan_export(write_export(tmp_path / "export.xml", *pages, photo)) as plan:
        yield plan


def made(plan: WordPressPlan, content: str, **limits: int) -> Converted:
    return converted(content, plan.here(), Limits(**limits))


def blocks(plan: WordPressPlan, content: str) -> list[tuple[str, Any]]:
    return [(block["type"], block["data"]) for block in made(plan, content).blocks]


def text(html: str) -> tuple[str, Any]:
    return "text", {"text": {"format": "HTML", "content": html}}


def wp(name: str, html: str, attributes: str = "") -> str:
    return f"<!-- wp:{name} {attributes + ' ' if attributes else ''}-->\n{html}\n<!-- /wp:{name} -->\n\n"


def figure(*inside: str) -> str:
    return f'<figure class="wp-block-image">{"".join(inside)}</figure>'


def button(text: str, href: str = "") -> str:
    where = f' href="{href}"' if href else ""
    return wp("button", f'<div class="wp-block-button"><a class="wp-block-button__link"{where}>{text}</a></div>')


IMG = f'<img src="{PHOTO}" alt="Loaf"/>'


def test_headings_paragraphs_lists_and_quotes_that_follow_each_other_are_one_text(plan: WordPressPlan) -> None:
    listed = wp("list", f"<ul>{wp('list-item', '<li>Rye</li>')}</ul>")
    quoted = wp("quote", f"<blockquote>{wp('paragraph', '<p>Good</p>')}<cite>Mia</cite></blockquote>")
    content = wp("heading", "<h2>Bread</h2>", '{"level":2}') + wp("paragraph", "<p>Fresh</p>") + listed + quoted
    ((kind, data),) = blocks(plan, content)
    html = "".join(data["text"]["content"].split("\n"))
    assert (kind, html) == (
        "text",
        "<h2>Bread</h2><p>Fresh</p><ul><li>Rye</li></ul><blockquote><p>Good</p><cite>Mia</cite></blockquote>",
    )


def test_a_picture_says_where_it_is_how_large_and_what_it_shows(plan: WordPressPlan) -> None:
    content = wp("image", figure(f'<img src="{PHOTO}" alt=""/>', "<figcaption>Our<br> loaf</figcaption>"), '{"id":5}')
    image = {"src": PHOTO, "alt": "Bread", "caption": "Our loaf", "width": 1600, "height": 900}
    assert blocks(plan, content) == [("image", {"image": image})]


def test_a_picture_may_lead_to_a_page_of_the_site_or_elsewhere(plan: WordPressPlan) -> None:
    linked = "".join(
        wp("image", figure(f'<a href="{url}">{IMG}</a>')) for url in ("https://x.example/", f"{SITE}/about/team/#mia")
    )
    links = [data["link"] for _, data in blocks(plan, linked)]
    assert links == [{"url": "https://x.example/"}, {"url": "/about/team#mia"}]


@pytest.mark.parametrize(
    "inside",
    [
        (IMG, "<figcaption>With <b>markup</b></figcaption>"),
        (IMG, IMG),
        (IMG, "words beside it"),
        ('<img src="data:image/png;base64,x"/>',),
        (f'<a href="javascript:x()">{IMG}</a>',),
        (f'<img src="{PHOTO}" title="Hover"/>',),
        (IMG, "<video src='a.mp4'></video>"),
    ],
)
def test_a_figure_that_says_more_than_a_picture_stays_html_whole(plan: WordPressPlan, inside: tuple[str, ...]) -> None:
    content = wp("image", figure(*inside), '{"id":9}').strip()
    assert blocks(plan, content) == [("html", {"html": content})]


def test_galleries_of_both_ages_are_galleries(plan: WordPressPlan) -> None:
    new = wp("gallery", f"<figure>{wp('image', figure(IMG))}<figcaption>Ours</figcaption></figure>")
    item = (
        f'<li class="blocks-gallery-item"><figure><a href="{PHOTO}">{IMG}</a><figcaption>One</figcaption></figure></li>'
    )
    old = wp("gallery", f"<figure><ul>{item}</ul><figcaption class='blocks-gallery-caption'>Old</figcaption></figure>")
    image = {"src": PHOTO, "alt": "Loaf"}
    assert blocks(plan, new + old) == [
        ("gallery", {"title": "Ours", "images": [image]}),
        ("gallery", {"title": "Old", "images": [image | {"caption": "One"}]}),
    ]


def test_a_gallery_whose_pictures_lead_elsewhere_stays_html(plan: WordPressPlan) -> None:
    linked = wp("image", figure(f'<a href="https://x.example/">{IMG}</a>'))
    assert [kind for kind, _ in blocks(plan, wp("gallery", f"<figure>{linked}</figure>"))] == ["html"]


def test_each_button_calls_to_act_and_one_that_leads_nowhere_stays_html(plan: WordPressPlan) -> None:
    content = wp("buttons", f"<div>{button('Buy', 'https://x.example/?a=1&amp;b=2')}{button('Nothing')}</div>")
    cta, html = blocks(plan, content)
    assert cta == ("cta", {"cta": {"label": "Buy", "url": "https://x.example/?a=1&b=2"}})
    assert html[0] == "html"
    assert "Nothing" in html[1]["html"]


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("embed", "https://youtu.be/abc", {"provider": "youtube", "url": "https://youtu.be/abc"}),
        ("core-embed/vimeo", "http://vimeo.com/7", {"provider": "vimeo", "url": "https://vimeo.com/7"}),
        ("embed", "https://video.example/7", None),
        ("embed", "https://youtu.be/", None),
    ],
)
def test_videos_of_youtube_and_vimeo_are_videos(
    plan: WordPressPlan, name: str, url: str, expected: dict[str, str] | None
) -> None:
    inside = f"<figure><div>{url}</div><figcaption>Kneading</figcaption></figure>"
    content = wp(name, inside, f'{{"url":"{url}"}}')
    found = [("video", expected | {"title": "Kneading"})] if expected else [("html", {"html": content.strip()})]
    assert blocks(plan, content) == found


def test_columns_and_groups_are_unfolded_in_their_order(plan: WordPressPlan) -> None:
    left = wp("column", f"<div>{wp('paragraph', '<p>Left</p>')}</div>")
    right = wp("column", f"<div>{wp('image', figure(IMG))}</div>")
    content = wp("group", f"<div>{wp('columns', f'<div>{left}{right}</div>')}{wp('paragraph', '<p>Below</p>')}</div>")
    found = made(plan, content)
    assert [block["type"] for block in found.blocks] == ["text", "image", "text"]
    assert found.unfolded == 4


def test_a_group_that_says_something_itself_stays_html(plan: WordPressPlan) -> None:
    content = wp("group", f"<div>Own words{wp('paragraph', '<p>Inside</p>')}</div>")
    assert blocks(plan, content) == [("html", {"html": content.strip()})]


def test_what_has_no_block_here_stays_html_in_its_place_with_what_wordpress_needs_to_know(plan: WordPressPlan) -> None:
    table = wp("table", "<figure><table><tr><td>1</td></tr></table></figure>").strip()
    latest = '<!-- wp:latest-posts {"postsToShow":3} /-->'
    found = made(plan, wp("paragraph", "<p>a</p>") + table + latest + wp("html", "<hr>") + "Loose words")
    assert [(block["type"], block["data"]) for block in found.blocks] == [
        text("<p>a</p>"),
        ("html", {"html": table}),
        ("html", {"html": latest}),
        ("html", {"html": "<hr>"}),
        ("html", {"html": "<p>Loose words</p>"}),
    ]
    assert found.kept_as_html == {"table": 1, "latest-posts": 1, "html": 1, "classic HTML": 1}


def test_a_quote_that_holds_what_only_wordpress_can_show_stays_html(plan: WordPressPlan) -> None:
    content = wp("quote", "<blockquote><!-- wp:avatar /--></blockquote>")
    assert [kind for kind, _ in blocks(plan, content)] == ["html"]


def test_a_spacer_has_its_height(plan: WordPressPlan) -> None:
    content = "".join(f"<!-- wp:spacer {height}/-->" for height in ('{"height":"40px"} ', "", '{"height":"2em"} '))
    (forty, usual, (kind, _)) = blocks(plan, content)
    assert (forty, usual, kind) == (("spacer", {"heightPx": 40}), ("spacer", {"heightPx": 100}), "html")


def test_shortcodes_stay_and_are_named(plan: WordPressPlan) -> None:
    content = '<p>[gallery ids="1,2"] [contact-form-7] [sic] [note]x[/note] [[gallery]] [a href=1]</p>'
    found = made(plan, content)
    assert found.body == content
    assert found.shortcodes == ["gallery", "contact-form-7", "note", "a"]


def test_links_to_pages_of_the_site_become_paths_and_others_stay(plan: WordPressPlan) -> None:
    links = {
        f"{SITE}/about/": "/about",
        "http://www.bakery.example/about/team/?": "/about/team",
        "/about/team#mia": "/about/team#mia",
        f"{SITE}/?page_id=2": "/about/team",
        "?p=2": "?p=2",
        f"{SITE}/?p=99": f"{SITE}/?p=99",
        f"{SITE}/gone/": f"{SITE}/gone/",
        "https://x.example/about/": "https://x.example/about/",
        "mailto:mia@x.example": "mailto:mia@x.example",
        "https://[bad": "https://[bad",
    }
    here = plan.here()
    for before, after in links.items():
        assert converted(f'<p><a class="x" href="{before}">x</a></p>', here, Limits()).body == (
            f'<p><a class="x" href="{after}">x</a></p>'
        )
    assert here.links == 4


def test_too_many_blocks_or_too_large_ones_stay_one_body(plan: WordPressPlan) -> None:
    content = wp("image", figure(IMG)) * 3
    found = made(plan, content, max_blocks=2)
    assert (found.blocks, found.body, found.why_body) == ([], content, "it has 3 blocks, and 2 are the most")
    found = made(plan, wp("code", "x" * 2000), max_block_bytes=1000)
    assert found.blocks == []
    assert found.why_body == "one of its blocks has more than 1,000 bytes"


def test_a_long_run_of_text_is_several_blocks_none_too_large(plan: WordPressPlan) -> None:
    found = made(plan, wp("paragraph", f"<p>{'é' * 300}</p>") * 5, max_block_bytes=2_000)
    assert [block["type"] for block in found.blocks] == ["text", "text"]
    assert sum(block["data"]["text"]["content"].count("é") for block in found.blocks) == 1500


@pytest.mark.parametrize(
    "content",
    [
        "<!-- wp:paragraph --><p>never closed",
        "<p>a</p><!-- /wp:paragraph --><!-- wp:code -->b<!-- /wp:code -->",
        "<!-- wp:group --><div><!-- wp:code -->inner<!-- /wp:group -->after<!-- /wp:code -->",
        '<!-- wp:code {"a":} -->damaged<!-- /wp:code -->',
        "<!-- wp:code " + "x" * 50,
        "<!-- wp:group --><div>" * (DEEPEST * 3) + "deep" + "</div><!-- /wp:group -->" * (DEEPEST * 3),
    ],
)
def test_damaged_and_deep_content_loses_nothing(plan: WordPressPlan, content: str) -> None:
    assert "".join(block.source for block in parse_blocks(content)) == content
    kept = str([data for _, data in blocks(plan, content)]) + made(plan, content).body
    for word in ("never closed", "inner", "after", "damaged", "deep", "<p>a</p>"):
        assert (word in kept) == (word in content)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "content",
    [
        "<!-- wp:group -->" * 30_000 + "<!-- /wp:code -->" * 30_000,
        "<!-- wp:group -->" + "<!--" * 250_000 + "<!-- /wp:group -->",
        "<!--" * 250_000,
        "[ab]" * 200_000,
        "<a href=" * 100_000,
    ],
)
def test_content_made_to_be_slow_is_read_in_time(plan: WordPressPlan, content: str) -> None:
    found = made(plan, content)
    assert found.body or found.blocks


@pytest.mark.parametrize(
    ("classic", "html"),
    [
        ("One\n\nTwo\nlines", "<p>One</p>\n<p>Two<br>\nlines</p>"),
        ("<p>One</p>\n\n<p>Two</p>", "<p>One</p>\n\n<p>Two</p>"),
        ("<ul>\n<li>a\n\nb</li>\n</ul>", "<ul>\n<li>a\n\nb</li>\n</ul>"),
        ("<ul><li><ul><li>a</li></ul>\n\nb</li></ul>c", "<ul><li><ul><li>a</li></ul>\n\nb</li></ul><p>c</p>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p></blockquote>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ('[gallery ids="1"]\n\nText', '[gallery ids="1"]\n<p>Text</p>'),
        ("a<!--more-->b", "<p>a</p><!--more--><p>b</p>"),
        ("a\r\n\r\n<b>b</b>", "<p>a</p>\n<p><b>b</b></p>"),
        ("<hr>text", "<hr><p>text</p>"),
        ("a<!-- never closed\n\nb", "<p>a</p><!-- never closed\n\nb"),
        ("<table><tr><td>never closed\n\n", "<table><tr><td>never closed\n\n"),
    ],
)
def test_classic_content_gets_the_paragraphs_that_wordpress_shows(classic: str, html: str) -> None:
    assert with_paragraphs(classic) == html


def test_a_picture_needs_an_address_that_may_stand_here() -> None:
    assert picture_at("mailto:a@b.example") is None
    assert picture_at("/" + "a" * 2_000) is None
    assert picture_at(PHOTO, width=0, height=200_000) == {"src": PHOTO}

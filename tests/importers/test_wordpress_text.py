import pytest

from pages_graphql.importers.wordpress.text import decoded, path_in, plain, serialised_strings


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Plain", "Plain"),
        ("Bread &amp; <em>rolls</em>", "Bread & rolls"),
        ("1 < 2 &lt; 3 > 0", "1 < 2 < 3 > 0"),
        ("  two\n lines ", "two lines"),
        ("<br/>", ""),
        ("A&#xD800;&#0;B", "A\ufffd\ufffdB"),
    ],
)
def test_a_title_is_made_plain(title: str, expected: str) -> None:
    assert plain(title) == expected


@pytest.mark.parametrize(
    ("slug", "expected"),
    [("%ce%b5%cf%80%ce%af-2", "επί-2"), ("about", "about"), ("cut-%ce", "cut-\ufffd"), ("a%00b", "a\ufffdb")],
)
def test_a_slug_is_decoded(slug: str, expected: str) -> None:
    assert decoded(slug) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://x.example/blog/about/us/", "/about/us"),
        ("https://x.example/blog//%ce%b5/", "/ε"),
        ("https://x.example/blog/", "/"),
        ("https://x.example/blog/?page_id=3", None),
        ("https://x.example/elsewhere/", None),
        ("https://[broken/", None),
        ("", None),
    ],
)
def test_the_path_of_a_link_is_below_the_site(link: str, expected: str | None) -> None:
    assert path_in("https://x.example/blog", link) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", []),
        ('a:1:{i:0;s:0:"";}', [""]),
        ('a:2:{i:0;s:4:"wide";i:1;s:7:"für";b";}', ["wide", 'für";b']),
        ("N;", []),
    ],
)
def test_a_list_of_php_gives_its_strings(value: str, expected: list[str]) -> None:
    assert serialised_strings(value) == expected


@pytest.mark.parametrize("value", ["wide", 'a:1:{i:0;s:9:"wide";}', 's:1:"é";', 's:999999999:"x";'])
def test_a_damaged_list_of_php_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"list|decode"):
        serialised_strings(value)

"""URLs that content may hold."""

import pytest

from pages_graphql.core.urls import safe_url


@pytest.mark.parametrize(
    "url",
    [
        "/about/team",
        "about.html",
        "../up",
        "?page=2",
        "#top",
        "/search?q=a:b",
        "/a//b",
        "https://example.com",
        "HTTPS://example.com:8443/a?b#c",
        "http://[::1]/",
        "https://müller.example/straße",
        "mailto:a@example.com?subject=hi",
        "tel:+49-30-1234",
    ],
)
def test_content_may_point_there(url: str) -> None:
    assert safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "https://a.example/\u202etxt",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://a.example/1",
        "ftp://a.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://a b.example",
        "https:",
        "http:evil.example",
        "http:///path",
        "https://[::1",
        "https://a.example:99999",
        "mailto:",
        "tel:",
        ":x",
        "a\x00b",
        "a\ud800b",
    ],
)
def test_content_may_not_point_there(url: str) -> None:
    assert not safe_url(url)

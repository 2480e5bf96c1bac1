"""How tenants, hosts, prefixes and base URLs are written."""

import pytest

from pages_graphql.tenants.names import host_name, is_base_url, is_slug, is_url_prefix


@pytest.mark.parametrize("slug", ["a", "0", "my-shop", "a--b", "x" * 63])
def test_slugs(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "text",
    ["", "-a", "a-", "A", "a b", "a.b", "ä", "a\n", "x" * 64, "0" * 32, "123e4567-e89b-12d3-a456-426614174000"],
)
def test_no_slugs(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize(("text", "fine"), [("", True), ("/de", True), ("/pt-br", True), ("/", False), ("de", False)])
def test_url_prefixes(text: str, fine: bool) -> None:
    assert is_url_prefix(text) is fine


@pytest.mark.parametrize("text", ["/a/b", "/de/", "/DE", "//", "/ä", "/a\n"])
def test_no_url_prefixes(text: str) -> None:
    assert not is_url_prefix(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Example.COM", "example.com"),
        ("example.com:8000", "example.com"),
        (" example.com. ", "example.com"),
        ("localhost", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("", None),
        (":80", None),
        ("a b", None),
        ("a/b", None),
        ("a..b", None),
        ("[::1]:8000", None),
        ("-a.example", None),
        ("x" * 64 + ".example", None),
        ("x." * 130, None),
    ],
)
def test_hosts(text: str, name: str | None) -> None:
    assert host_name(text) == name


@pytest.mark.parametrize("url", ["https://shop.example", "http://localhost:3000", "https://shop.example/base/"])
def test_base_urls(url: str) -> None:
    assert is_base_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example",
        "//shop.example",
        "ftp://shop.example",
        "javascript:alert(1)",
        "https://",
        "https://shop.example?a",
        "https://shop.example#a",
        "https://user@shop.example",
        "https://shop.example:99999",
        "https://[shop",
        "https://shop example",
        "https://shop.example/\n",
    ],
)
def test_no_base_urls(url: str) -> None:
    assert not is_base_url(url)

"""The cache by itself: what it keeps, and for how long."""

from collections.abc import Iterable
from math import inf
from uuid import uuid4

import pytest

from pages_graphql.api.answers.cache import UNHEARD_S, AnswerCache, Key
from pages_graphql.core import tags
from pages_graphql.core.tenancy import Locale, Tenant

TENANT, OTHER = (Tenant(uuid4(), slug, slug, (Locale("en"),), ()) for slug in ("one", "other"))


def key(question: bytes = b"?", tenant: Tenant = TENANT) -> Key:
    return (tenant, "en", None, "application/json"), question


def new_cache(most_bytes: int = 1_000_000) -> AnswerCache:
    cache = AnswerCache(most_bytes, cache_control="public, s-maxage=9", vary="Accept")
    cache.trust(inf)
    return cache


def put(cache: AnswerCache, at: Key, made_of: Iterable[str] = (), body: bytes = b"{}") -> bool:
    """Make an answer, whether it is kept then."""
    making = cache.begin(at)
    kept = making.keep(body, made_of, None)
    cache.end(making)
    return kept is not None and cache.find(at, 0.0) is kept


@pytest.mark.parametrize(
    ("dropped", "stays"),
    [
        ([], False),
        (["a"], False),
        (["c"], True),
        ([tags.of_tenant(TENANT.id)], False),
    ],
)
def test_a_drop_takes_what_was_made_of_it_and_nothing_else(dropped: list[str], stays: bool) -> None:
    cache = new_cache()
    assert put(cache, key(b"known"), ["a", "b"])
    assert put(cache, key(b"unknown"), [tags.ALL])
    assert put(cache, key(b"other", OTHER), ["a", tags.ALL])
    cache.drop(TENANT.id, dropped)
    assert (cache.find(key(b"known"), 0.0) is not None) is (stays or not dropped)
    assert cache.find(key(b"unknown"), 0.0) is None
    assert cache.find(key(b"other", OTHER), 0.0) is not None


def test_what_was_dropped_while_it_was_made_is_not_kept() -> None:
    cache = new_cache()
    for dropped in (["a"], [tags.of_tenant(TENANT.id)]):
        making = cache.begin(key())
        cache.drop(TENANT.id, dropped)
        assert making.keep(b"{}", ["a"], None) is None
        cache.end(making)
    making = cache.begin(key())
    cache.drop_everything()
    assert making.keep(b"{}", [], None) is None
    cache.end(making)
    assert len(cache) == 0


def test_what_others_dropped_meanwhile_changes_nothing() -> None:
    cache = new_cache()
    making = cache.begin(key())
    cache.drop(TENANT.id, ["b"])
    cache.drop(OTHER.id, ["a", tags.of_tenant(OTHER.id)])
    assert making.keep(b"{}", ["a"], None)
    assert cache.find(key(), 0.0)


def test_the_least_lately_used_make_room_within_so_many_bytes() -> None:
    cache = new_cache(100_000)
    body = b"x" * 8_000
    for n in range(50):
        assert put(cache, key(b"%d" % n), ["a"], body)
        assert cache.find(key(b"0"), 0.0)
        assert cache.bytes <= 100_000
    assert 8 <= len(cache) <= 12
    assert cache.find(key(b"49"), 0.0)
    assert cache.find(key(b"30"), 0.0) is None
    cache.drop(TENANT.id, ["a"])
    assert (len(cache), cache.bytes) == (0, 0)


def test_an_answer_too_large_is_given_but_not_kept() -> None:
    cache = new_cache(100_000)
    assert put(cache, key(b"small"))
    making = cache.begin(key())
    assert making.keep(b"x" * 20_000, [], None)
    assert cache.find(key(), 0.0) is None
    assert cache.find(key(b"small"), 0.0)


def test_while_others_are_not_heard_an_answer_is_a_second_old_at_most() -> None:
    cache = new_cache()
    making = cache.begin(key())
    born = making.born
    assert making.keep(b"{}", [], None)
    assert cache.find(key(), born + 1_000)
    cache.trust(born + 5)
    assert cache.find(key(), born + 5)
    cache.trust(0.0)
    assert cache.find(key(), born + UNHEARD_S)
    assert cache.find(key(), born + UNHEARD_S + 0.01) is None


def test_many_tags_are_named_by_their_kinds_in_headers() -> None:
    cache = new_cache()
    making = cache.begin(key())
    kept = making.keep(b"{}", [tags.PAGES, *(tags.of_page(uuid4()) for _ in range(200))], None)
    assert kept
    headers = dict(kept.headers)
    assert headers[b"cache-tag"] == f"pages,{tags.of_tenant(TENANT.id)}".encode()
    assert headers[b"surrogate-key"] == f"pages {tags.of_tenant(TENANT.id)}".encode()


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("{etag}", True),
        ("W/{etag}", True),
        ('"other", {etag}', True),
        ("*", True),
        ('"other"', False),
        ("", False),
        ('"{etag}"', False),
    ],
)
def test_a_caller_says_what_he_has(said: str, known: bool) -> None:
    kept = new_cache().begin(key()).keep(b"{}", [], None)
    assert kept
    assert kept.is_known(said.format(etag=kept.etag.decode()).encode()) is known


def test_other_bytes_and_other_media_types_have_other_etags() -> None:
    cache, other = new_cache(), (TENANT, "en", None, "application/graphql-response+json")
    made = [cache.begin(at).keep(body, [], None) for at, body in ((key(), b"1"), (key(), b"2"), ((other, b"?"), b"1"))]
    assert len({kept.etag for kept in made if kept}) == 3

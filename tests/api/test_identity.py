"""Tokens: which keys and algorithms count, and which claims are asked for."""

import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from pages_graphql.api.identity import LEEWAY_S, Identities, KeyRing, TokenIssuer
from pages_graphql.api.jwks import FRESH_S, PAUSE_S, Jwks
from pages_graphql.api.keys import NotConfigured, identities, shared_secret, token_issuer
from pages_graphql.core.access import ROLES, Actor, Permission, Role
from pages_graphql.core.errors import RequestError
from pages_graphql.core.tenancy import Locale, Tenant
from pages_graphql.settings import Settings

TENANT = Tenant(UUID(int=7), "demo", "Demo", (Locale("en", is_default=True),), ())
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = "0123456789abcdef0123456789abcdef"
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Issuer:
    """Publishes keys, and counts how often it is asked."""

    def __init__(self, *keys: RSAKey | ECKey | OctKey) -> None:
        self.keys: list[Any] = [key.as_dict(private=isinstance(key, OctKey)) for key in keys]
        self.asked = 0
        self.answers = True

    def __call__(self, _: str) -> bytes:
        self.asked += 1
        if not self.answers:
            raise ConnectionRefusedError
        return json.dumps({"keys": self.keys}).encode()


def claims(**changes: Any) -> dict[str, Any]:
    whole = {"sub": "ann", "tenant": "demo", "role": "author", "exp": int(NOW.timestamp()) + 60, **changes}
    return {name: value for name, value in whole.items() if value is not None}


def signed(key: Any, algorithm: str, header: dict[str, Any] | None = None, **changes: Any) -> str:
    kid = {"kid": key.kid} if key.kid else {}
    return jwt.encode({"alg": algorithm, **kid, **(header or {})}, claims(**changes), key, algorithms=[algorithm])


async def who(keys: KeyRing, token: str, **options: Any) -> Actor:
    return await Identities(keys, clock=lambda: NOW, **options).actor(f"Bearer {token}", TENANT)


async def refused(keys: KeyRing, token: str, **options: Any) -> int:
    with pytest.raises(RequestError) as caught:
        await who(keys, token, **options)
    return caught.value.status


async def test_a_token_that_we_issue_is_one_that_we_accept() -> None:
    issuer = TokenIssuer(SECRET, "us", "pages", clock=lambda: NOW)
    token = issuer.issue("ann", str(TENANT.id), Role.MANAGER, timedelta(seconds=1))
    actor = await who(KeyRing(SECRET), token, issuer="us", audience="pages")
    assert (actor.id, actor.permissions) == ("ann", ROLES[Role.MANAGER])


@pytest.mark.parametrize(("key", "algorithm"), [(RSA, "RS256"), (EC, "ES256")])
async def test_public_keys_are_had_from_the_issuer(key: Any, algorithm: str) -> None:
    issuer = Issuer(RSA, EC)
    keys = KeyRing(jwks=Jwks("", fetch=issuer))
    for _ in range(2):
        assert (await who(keys, signed(key, algorithm))).id == "ann"
    assert issuer.asked == 1


async def test_a_token_without_a_key_id_means_the_only_key_of_its_kind() -> None:
    assert (await who(KeyRing(jwks=Jwks("", fetch=Issuer(RSA, EC))), _without_kid(RSA, "RS256"))).id == "ann"
    two = KeyRing(jwks=Jwks("", fetch=Issuer(RSA, RSAKey.generate_key(2048, {"kid": "b"}))))
    assert await refused(two, _without_kid(RSA, "RS256")) == 401


def _without_kid(key: Any, algorithm: str) -> str:
    return jwt.encode({"alg": algorithm}, claims(), key, algorithms=[algorithm])


def hashed(secret: bytes) -> str:
    """A token whose HS256 takes any bytes for a secret, a public key too."""
    parts = (json.dumps({"alg": "HS256", "kid": "rsa"}), json.dumps(claims()))
    text = ".".join(urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)
    digest = hmac.digest(secret, text.encode(), "sha256")
    return f"{text}.{urlsafe_b64encode(digest).decode().rstrip('=')}"


async def test_no_key_passes_for_one_of_another_algorithm() -> None:
    assert (await who(KeyRing(SECRET), hashed(SECRET.encode()))).id == "ann"
    keys = KeyRing(SECRET, Jwks("", fetch=Issuer(RSA, EC, OctKey.import_key(SECRET, {"kid": "oct"}))))
    for token in (
        hashed(RSA.as_pem(private=False)),
        hashed(EC.as_pem(private=False)),
        signed(OctKey.import_key(SECRET), "HS512"),
        signed(RSA, "RS512"),
        signed(RSA, "PS256"),
        signed(RSA, "RS256", {"kid": "ec"}),
        signed(OctKey.import_key("x" * 32), "HS256", {"kid": "oct"}),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.",
    ):
        assert await refused(keys, token) == 401


async def test_algorithms_without_keys_of_ours_are_refused() -> None:
    assert await refused(KeyRing(SECRET), signed(RSA, "RS256")) == 401
    assert await refused(KeyRing(jwks=Jwks("", fetch=Issuer(RSA))), signed(OctKey.import_key(SECRET), "HS256")) == 401


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"iss": "us", "aud": "pages"}, None),
        ({"iss": "us", "aud": ["other", "pages"]}, None),
        ({"iss": "them", "aud": "pages"}, 401),
        ({"aud": "pages"}, 401),
        ({"iss": "us"}, 401),
        ({"iss": "us", "aud": ["other"]}, 401),
    ],
)
async def test_issuer_and_audience_are_checked(changes: dict[str, Any], status: int | None) -> None:
    token = signed(OctKey.import_key(SECRET), "HS256", **changes)
    options = {"issuer": "us", "audience": "pages"}
    if status is None:
        assert (await who(KeyRing(SECRET), token, **options)).id == "ann"
    else:
        assert await refused(KeyRing(SECRET), token, **options) == status


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({"exp": int(NOW.timestamp()) + 1}, True),
        ({"exp": int(NOW.timestamp())}, False),
        ({"nbf": int(NOW.timestamp()) + LEEWAY_S}, True),
        ({"nbf": int(NOW.timestamp()) + LEEWAY_S + 1}, False),
        ({"iat": int(NOW.timestamp()) + LEEWAY_S}, True),
        ({"iat": int(NOW.timestamp()) + 3_600}, False),
    ],
)
async def test_times_are_checked(changes: dict[str, Any], accepted: bool) -> None:
    token = signed(OctKey.import_key(SECRET), "HS256", **changes)
    if accepted:
        assert (await who(KeyRing(SECRET), token)).id == "ann"
    else:
        assert await refused(KeyRing(SECRET), token) == 401


@pytest.mark.parametrize(
    ("changes", "permissions"),
    [
        ({"role": "author"}, ROLES[Role.AUTHOR]),
        ({"role": "of another module"}, frozenset()),
        ({"role": "admin", "permissions": []}, frozenset()),
        ({"permissions": ["pages:update", "products:create", 1]}, {Permission.PAGES_UPDATE}),
    ],
)
async def test_permissions_count_before_the_role_and_foreign_ones_say_nothing(
    changes: dict[str, Any], permissions: frozenset[Permission]
) -> None:
    actor = await who(KeyRing(SECRET), signed(OctKey.import_key(SECRET), "HS256", **changes))
    assert actor.permissions == permissions


async def test_unknown_keys_are_asked_for_again_but_not_all_the_time() -> None:
    clock, issuer = Clock(), Issuer(EC)
    keys = KeyRing(jwks=Jwks("", fetch=issuer, clock=clock))
    assert (await who(keys, signed(EC, "ES256"))).id == "ann"
    issuer.keys.append(RSA.as_dict(private=False))
    assert await refused(keys, signed(RSA, "RS256")) == 401
    assert issuer.asked == 1
    clock.now = PAUSE_S
    assert (await who(keys, signed(RSA, "RS256"))).id == "ann"
    assert issuer.asked == 2


async def test_keys_that_were_withdrawn_are_forgotten() -> None:
    clock, issuer = Clock(), Issuer(RSA, EC)
    keys = KeyRing(jwks=Jwks("", fetch=issuer, clock=clock))
    assert (await who(keys, signed(RSA, "RS256"))).id == "ann"
    del issuer.keys[0]
    clock.now = FRESH_S
    assert await refused(keys, signed(RSA, "RS256")) == 401


async def test_while_the_issuer_is_silent_known_keys_hold_and_unknown_ones_are_503() -> None:
    clock, issuer = Clock(), Issuer(RSA)
    issuer.answers = False
    keys = KeyRing(jwks=Jwks("", fetch=issuer, clock=clock))
    for _ in range(3):
        assert await refused(keys, signed(RSA, "RS256")) == 503
    assert issuer.asked == 1
    clock.now, issuer.answers = PAUSE_S, True
    assert (await who(keys, signed(RSA, "RS256"))).id == "ann"
    clock.now, issuer.answers = FRESH_S * 2, False
    assert (await who(keys, signed(RSA, "RS256"))).id == "ann"


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"keys": 1}', b'{"keys": [1]}', b"<html>"])
async def test_what_is_no_key_set_is_not_taken_for_one(answer: bytes) -> None:
    keys = KeyRing(jwks=Jwks("", fetch=lambda _: answer))
    assert await refused(keys, signed(RSA, "RS256")) == 503


async def test_keys_that_cannot_be_used_are_left_out() -> None:
    issuer = Issuer(RSA)
    issuer.keys += [{"kty": "RSA", "kid": "rsa"}, {"kty": "future"}, {**EC.as_dict(private=False), "use": "enc"}]
    keys = KeyRing(jwks=Jwks("", fetch=issuer))
    assert (await who(keys, signed(RSA, "RS256"))).id == "ann"
    assert await refused(keys, signed(EC, "ES256")) == 401


@contextmanager
def published(document: bytes) -> Iterator[str]:
    """The address at which a document is served."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(document)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/keys"
        server.shutdown()
        thread.join()


async def test_a_token_is_checked_again_every_two_seconds_and_never_outlives_its_end() -> None:
    class Counting(KeyRing):
        async def find(self, algorithm: object, kid: object) -> Any:
            asked.append(algorithm)
            return await KeyRing("s" * 32).find(algorithm, kid)

    asked: list[object] = []
    later = timedelta()
    reader = Identities(Counting(), clock=lambda: NOW + later)
    token = signed(OctKey.import_key("s" * 32), "HS256", exp=int(NOW.timestamp()) + 3)
    for seconds, looks in ((0, 1), (1.9, 1), (2, 2), (2.9, 2)):
        later = timedelta(seconds=seconds)
        assert (await reader.actor(f"Bearer {token}", TENANT)).id == "ann"
        assert len(asked) == looks
    later = timedelta(seconds=3)
    with pytest.raises(RequestError, match="expired"):
        await reader.actor(f"Bearer {token}", TENANT)


async def test_keys_are_fetched_over_http() -> None:
    document = json.dumps({"keys": [RSA.as_dict(private=False)]}).encode()
    with published(document) as url:
        reader = identities(Settings(jwt_jwks_url=url))
        token = signed(RSA, "RS256", exp=4_000_000_000)
        assert (await reader.actor(f"Bearer {token}", TENANT)).id == "ann"


def test_outside_development_there_is_no_service_without_a_key() -> None:
    with pytest.raises(NotConfigured, match="PAGES_JWT_SECRET or PAGES_JWT_JWKS_URL"):
        identities(Settings())
    with pytest.raises(NotConfigured, match="PAGES_JWT_SECRET"):
        token_issuer(Settings(jwt_jwks_url="https://issuer.example/keys"))


def test_in_development_a_secret_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.model_validate({"profile": "development"})
    secret = shared_secret(settings)
    assert secret is not None
    assert len(secret) >= 32
    assert shared_secret(settings) == secret
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "var").iterdir()] == [0o600]
    assert shared_secret(settings.model_copy(update={"jwt_secret": None, "profile": "production"})) is None

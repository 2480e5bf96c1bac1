"""Where the keys of tokens come from: the settings, and on a developer's machine a secret of its own."""

import secrets
from pathlib import Path

from pages_graphql.api.identity import Identities, KeyRing, TokenIssuer
from pages_graphql.api.jwks import Jwks
from pages_graphql.settings import Settings

DEVELOPMENT_SECRET = Path("var/development-secret")


class NotConfigured(Exception):
    """A setting is missing without which the service must not run; the message says which."""


def identities(settings: Settings) -> Identities:
    """What reads tokens; NotConfigured where there is no key to check them with."""
    secret = shared_secret(settings)
    if secret is None and settings.jwt_jwks_url is None:
        message = "Set PAGES_JWT_SECRET or PAGES_JWT_JWKS_URL: only the development profile serves without a key."
        raise NotConfigured(message)
    keys = KeyRing(secret, Jwks(settings.jwt_jwks_url) if settings.jwt_jwks_url else None)
    return Identities(keys, issuer=settings.jwt_issuer, audience=settings.jwt_audience)


def token_issuer(settings: Settings) -> TokenIssuer:
    """What makes tokens; NotConfigured where there is no secret to sign them with."""
    secret = shared_secret(settings)
    if secret is None:
        raise NotConfigured("Set PAGES_JWT_SECRET, or PAGES_PROFILE=development: tokens are signed with a secret.")
    return TokenIssuer(secret, settings.jwt_issuer, settings.jwt_audience)


def shared_secret(settings: Settings) -> str | None:
    """The secret of the settings; in development one that is made once and kept in var/."""
    if settings.jwt_secret is not None:
        return settings.jwt_secret.get_secret_value()
    return _development_secret(DEVELOPMENT_SECRET) if settings.is_development else None


def _development_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return path.read_text()
    secret = secrets.token_urlsafe(32)
    _ = path.write_text(secret)
    return secret

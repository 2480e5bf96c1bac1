"""Who asks: bearer tokens (JWT), checked and made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from pages_graphql.api.jwks import Jwks, PublicKey
from pages_graphql.core.access import ANONYMOUS, ROLES, Actor, Permission, Role
from pages_graphql.core.errors import ProblemKind, RequestError
from pages_graphql.core.tenancy import Tenant
from pages_graphql.storage.clock import now

CHECKED_S = 2
"""Seconds for which a token that was checked needs no second look but for its end."""

LEEWAY_S = 30
"""Seconds that an issuer's clock may be ahead of ours."""

_ROLES = frozenset(Role)
_PERMISSIONS = frozenset(Permission)
_KIND_OF = {"RS256": "RSA", "ES256": "EC"}
_MOST_KNOWN = 2_000
_MOST_CHARACTERS = 255  # of a subject


@dataclass(frozen=True)
class KeyRing:
    """The keys that tokens are checked with: each algorithm has its own kind, so none passes for another."""

    secret: str | None = None
    jwks: Jwks | None = None

    async def find(self, algorithm: object, kid: object) -> OctKey | PublicKey | None:
        """The key for a token's header; None where we have none."""
        if algorithm == "HS256":
            return None if self.secret is None else OctKey.import_key(self.secret)
        kind = _KIND_OF.get(algorithm) if isinstance(algorithm, str) else None
        if kind is None or self.jwks is None:
            return None
        return await self.jwks.find(kind, None if kid is None else str(kid))


class Identities:
    """Reads the Authorization header of a request."""

    def __init__(
        self,
        keys: KeyRing,
        *,
        issuer: str | None = None,
        audience: str | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Check `iss` and `aud` where they are given, and the times always."""
        self._keys = keys
        self._clock = clock
        self._known: dict[str, tuple[dict[str, Any], float]] = {}
        options: dict[str, jwt.ClaimsOption] = {"sub": {"essential": True}, "exp": {"essential": True}}
        if issuer is not None:
            options["iss"] = {"essential": True, "value": issuer}
        if audience is not None:
            options["aud"] = {"essential": True, "value": audience}
        self._rules = jwt.JWTClaimsRegistry(now=lambda: int(clock().timestamp()), leeway=LEEWAY_S, **options)

    async def actor(self, authorization: str, tenant: Tenant) -> Actor:
        """Who asks something of `tenant`; nobody in particular without a header, never with a bad one."""
        if not authorization:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise _bad("The Authorization header is no bearer token.")
        claims = await self._claims(token.strip())
        subject, owner = claims["sub"], claims.get("tenant")
        if not isinstance(owner, str) or not _is_a_name(subject):
            raise _bad("The token does not say whose it is: it needs the claims sub and tenant.")
        permissions = _permissions(claims)
        if owner.lower() not in {str(tenant.id), tenant.slug}:
            message = "The token belongs to another tenant."
            raise RequestError("TENANT_MISMATCH", message, ProblemKind.FORBIDDEN, 403)
        return Actor(subject, permissions)

    async def _claims(self, token: str) -> dict[str, Any]:
        """What a token says, which is checked every two seconds."""
        moment = self._clock().timestamp()
        claims, until = self._known.get(token, ({}, 0.0))
        if moment >= until:
            claims = await self._checked(token)
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[token] = claims, min(moment + CHECKED_S, claims["exp"])
        return claims

    async def _checked(self, token: str) -> dict[str, Any]:
        try:
            header = jws.extract_compact(token.encode()).headers()
            key = await self._keys.find(header.get("alg"), header.get("kid"))
            if key is None:
                raise _bad("The token is signed with a key or an algorithm that is not accepted here.")
            claims = jwt.decode(token, key, algorithms=[header["alg"]]).claims
            self._rules.validate(claims)
            if claims["exp"] <= self._clock().timestamp():
                raise _bad("The token has expired.")
        except (JoseError, ValueError, TypeError) as error:
            raise _bad("The token is malformed, forged, expired or not meant for this service.") from error
        return claims


@dataclass(frozen=True)
class TokenIssuer:
    """Makes tokens with the shared secret (HS256), for commands and developers."""

    secret: str
    issuer: str | None = None
    audience: str | None = None
    clock: Callable[[], datetime] = now

    def issue(self, subject: str, tenant: str, role: Role, lifetime: timedelta) -> str:
        """A token that says: this is `subject`, who has this role in this tenant."""
        moment = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": subject,
            "tenant": tenant,
            "role": role.value,
            "iat": moment,
            "exp": moment + int(lifetime.total_seconds()),
        }
        given = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "HS256"}, given, OctKey.import_key(self.secret))


def _permissions(claims: dict[str, Any]) -> frozenset[Permission]:
    """What the token allows: its permissions, else its role's; those of other modules say nothing here."""
    match claims:
        case {"permissions": list()}:
            return frozenset(_known(cast("list[object]", claims["permissions"])))
        case {"permissions": _}:
            raise _bad("The token's claim permissions is no list.")
        case {"role": str(role)}:
            return ROLES[Role(role)] if role in _ROLES else frozenset()
        case _:
            raise _bad("The token does not say what it allows: it needs the claim role or permissions.")


def _known(names: Iterable[object]) -> Iterable[Permission]:
    return (Permission(name) for name in names if isinstance(name, str) and name in _PERMISSIONS)


def _is_a_name(subject: object) -> bool:
    return isinstance(subject, str) and 0 < len(subject) <= _MOST_CHARACTERS and subject.isprintable()


def _bad(message: str) -> RequestError:
    return RequestError("UNAUTHENTICATED", message, ProblemKind.FORBIDDEN, 401)

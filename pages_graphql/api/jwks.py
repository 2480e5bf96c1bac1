"""Public keys by a JWKS URL (RFC 7517): fetched, kept, and fetched again when a key is unknown."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.request import urlopen

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from pydantic import BaseModel, ValidationError

from pages_graphql.core.errors import ProblemKind, RequestError

FRESH_S = 600
"""Seconds after which keys are fetched again in any case: a key that was withdrawn is then forgotten."""

PAUSE_S = 30
"""Seconds between two fetches at least, however many unknown keys are asked for."""

_TIMEOUT_S = 5
_MOST_BYTES = 1024 * 1024
_KINDS: dict[str, type[RSAKey] | type[ECKey]] = {"RSA": RSAKey, "EC": ECKey}

PublicKey = RSAKey | ECKey

_log = logging.getLogger(__name__)


class Jwks:
    """The keys that an issuer publishes."""

    def __init__(
        self,
        url: str,
        *,
        fetch: Callable[[str], bytes] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fetch nothing yet."""
        self._url = url
        self._fetch = fetch or _get
        self._clock = clock
        self._keys: list[PublicKey] | None = None
        self._tried_at = float("-inf")
        self._turn = asyncio.Lock()

    async def find(self, kind: str, kid: str | None) -> PublicKey | None:
        """The key `kid` of a kind (RSA or EC); without an id the only one of its kind; None where there is none."""
        await self._refresh(FRESH_S)
        found = self._find(kind, kid)
        if found is None:
            await self._refresh(PAUSE_S)
            found = self._find(kind, kid)
        return found

    def _find(self, kind: str, kid: str | None) -> PublicKey | None:
        if self._keys is None:
            message = "The keys that tokens are checked with cannot be had: try again."
            raise RequestError("UNAUTHENTICATED", message, ProblemKind.FORBIDDEN, 503)
        keys = [key for key in self._keys if key.key_type == kind and kid in {None, key.kid}]
        return keys[0] if len(keys) == 1 else None

    async def _refresh(self, age: float) -> None:
        """Fetch the keys unless that was tried less than `age` seconds ago; keep the old ones where it fails."""
        async with self._turn:
            patience = PAUSE_S if self._keys is None else age
            if self._clock() - self._tried_at < patience:
                return
            self._tried_at = self._clock()
            try:
                self._keys = _signing_keys(await asyncio.to_thread(self._fetch, self._url))
            except (OSError, ValidationError) as error:
                _log.warning("The keys of %s cannot be fetched: %s", self._url, type(error).__name__)


def _get(url: str) -> bytes:
    with urlopen(url, timeout=_TIMEOUT_S) as response:  # noqa: S310 -- the settings let http and https pass
        return response.read(_MOST_BYTES)


class _KeySet(BaseModel):
    keys: list[dict[str, Any]]


def _signing_keys(answer: bytes) -> list[PublicKey]:
    """The RSA and EC keys of a key set that are not for encryption; others are left out."""
    return list(_usable(_KeySet.model_validate_json(answer).keys))


def _usable(keys: Iterable[dict[str, Any]]) -> Iterable[PublicKey]:
    for key in keys:
        kind = _KINDS.get(str(key.get("kty")))
        if kind is None or key.get("use") == "enc":
            continue
        try:
            yield kind.import_key(key)
        except (JoseError, ValueError, TypeError, KeyError):
            _log.warning("A key of the key set cannot be read: it is left out.")

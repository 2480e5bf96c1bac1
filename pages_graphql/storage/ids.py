"""Ids that grow with time."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): later ones sort after earlier ones, to the millisecond."""
    moment = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    return UUID(int=moment << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1)

"""The one clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)

"""Which unique key spoke: the same answer on both databases."""

import re

from sqlalchemy.exc import IntegrityError

_UNIQUE_VIOLATION = "23505"  # PostgreSQL's appendix A


def violated_table(error: IntegrityError) -> str | None:
    """The table whose unique key was violated; None where it was another constraint."""
    if getattr(error.orig, "sqlstate", None) == _UNIQUE_VIOLATION:
        return str(getattr(getattr(error.orig, "diag", None), "table_name", None))
    found = re.match(r"UNIQUE constraint failed: (\w+)\.", str(error.orig))
    return found[1] if found else None

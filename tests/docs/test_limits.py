"""docs/reference/limits.md has the numbers of the code, and http.md the headers."""

import re
from typing import Any, get_args

from pages_graphql.api import identity, jwks
from pages_graphql.api.answers import doors
from pages_graphql.api.ftv1 import HEADER as TRACE_HEADER
from pages_graphql.api.headers import VIEW_HEADERS
from pages_graphql.api.http import _HEADERS_OF
from pages_graphql.core import events, json_schema, locale, text
from pages_graphql.documents import sanitise
from pages_graphql.menus.document import is_handle
from pages_graphql.pages import block_data, content, where
from pages_graphql.pages.commands import CreatePage
from pages_graphql.storage import database, window
from pages_graphql.tenants import block_types, directory, service
from pages_graphql.tenants.names import is_slug
from tests.docs.fences import ROOT

REFERENCE = ROOT / "docs" / "reference"


def longest(*metadata: Any, name: str = "max_length") -> int:
    """What the fields of a model say a text has at most."""
    parts = [part for one in metadata for part in (one, *getattr(one, "metadata", ()))]
    [found] = {getattr(part, name) for part in parts if hasattr(part, name)}
    return found


def of(annotated: Any) -> int:
    """What an annotated type says a text has at most."""
    return longest(*get_args(annotated)[1:])


def accepted(check: Any) -> int:
    """How many characters a name has at most."""
    return max(length for length in range(1, 300) if check("a" * length))


LIMITS = {
    "Items of a list where neither `first` nor `last` is given": window.FIRST,
    "`first` and `last`": window.MOST,
    "How deep `and`, `or` and `not` of a filter stand in one another": where._NESTED,
    "Filters that a filter is made of, itself among them": where.MOST_FILTERS,
    "Characters of a line: labels of links, alt texts, SEO titles and descriptions, icons, CSS classes": of(
        content.Line
    ),
    "Characters of prose in a block": of(block_data.Prose),
    "Characters of a URL": of(content.Url),
    "Characters of an id of another subgraph's entity": of(content.Id),
    "Characters of an email address": of(block_data.Email),
    "Characters of the name of a template": longest(*CreatePage.model_fields["template"].metadata),
    "Characters of the handle of a menu": accepted(is_handle),
    "Characters of a locale": locale.LOCALE_LENGTH,
    "Pixels of the width or height of a picture": longest(*content.Image.model_fields["width"].metadata, name="le"),
    "How deep the JSON of an input nests": text.MAX_DEPTH,
    "Characters of the slug of a tenant or a channel": accepted(is_slug),
    "Characters of the name of a tenant or a channel": service._NAME_LENGTH,
    "Types of block that a tenant makes": block_types.MAX_TYPES,
    "Bytes of the schema of such a type": json_schema.MAX_BYTES,
    "How deep such a schema nests": json_schema.MAX_DEPTH,
    "Characters of a `pattern` in it": json_schema.MAX_PATTERN,
    "Steps of checking a block by it": json_schema.MAX_STEPS,
    "Faults that are told of a block": json_schema.MAX_FAULTS,
    "`<` in a source": sanitise.MAX_MARKUP,
    "`&` in a source": sanitise.MAX_REFERENCES,
    "Times that the sanitised HTML is longer than its source": sanitise.MAX_GROWTH,
    "How long a write waits for another before `DATABASE_BUSY`": database.PATIENCE_S,
    "After how long a running service knows what a command changed of a tenant": int(directory.FRESH_S + doors.FRESH_S),
    "How far the clock of whoever signs tokens may be ahead": identity.LEEWAY_S,
    "After how long a token is checked again, at the latest": identity.CHECKED_S,
    "After how long public keys are fetched again": jwks.FRESH_S,
    "How long after a fetch an unknown key leads to another": jwks.PAUSE_S,
    "Paths in one event; more are told in several": events.MOST_PATHS,
}


def test_every_limit_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| (.+) \| ([\d,]+) \|$", (REFERENCE / "limits.md").read_text(), re.MULTILINE)
    assert {what: int(most.replace(",", "")) for what, most in rows} == LIMITS


def rows(heading: str) -> dict[str, str]:
    """A table of http.md, by what stands first in its rows."""
    text = (REFERENCE / "http.md").read_text().partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    return {row[0]: row[1] for row in re.findall(r"^\| `([\w-]+)` \| (.+) \|$", text, re.MULTILINE)}


def test_every_header_that_counts_is_in_the_reference_and_no_other() -> None:
    assert set(rows("Header")) == {*VIEW_HEADERS, "traceparent", TRACE_HEADER}


def test_every_header_of_an_answer_is_in_the_reference_and_no_other() -> None:
    given = {name.decode(): f"`{value.decode()}`" for headers in _HEADERS_OF.values() for name, value in headers}
    said = {name.lower(): text for name, text in rows("Header of the answer").items()}
    assert set(said) == {"content-type", "vary", "cache-control", *given}
    assert [name for name, value in given.items() if value not in said[name]] == []

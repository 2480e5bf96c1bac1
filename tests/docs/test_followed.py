"""The tutorial and the how-tos that can be followed in a folder of one's own are, word for word."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString, cast

import psycopg
import pytest

from tests.docs.fences import ROOT
from tests.docs.reader import asked, reading
from tests.postgres import Postgres

pytestmark = pytest.mark.timeout(300)  # a page starts a dozen processes

DOCS = ROOT / "docs"
FOLLOWED = ["how-to/custom-blocks.md", "how-to/locales.md", "how-to/roles-and-tokens.md"]


def test_the_tutorial_is_followed_from_the_first_command_on(tmp_path: Path) -> None:
    with reading(tmp_path, is_installed=False) as reader:
        reader.follow(DOCS / "tutorial" / "first-page.md")


@pytest.mark.parametrize("page", FOLLOWED)
def test_a_how_to_is_followed(tmp_path: Path, page: str) -> None:
    with reading(tmp_path) as reader:
        reader.follow(DOCS / page)


@pytest.mark.parametrize("page", ["tutorial/first-page.md", "how-to/postgresql.md", *FOLLOWED])
def test_every_query_that_is_followed_has_an_answer_beside_it(page: str) -> None:
    assert asked(DOCS / page) == []


def test_the_reader_tells_when_a_page_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\npages-graphql schema check --nothing\n```\n")
    with reading(tmp_path / "a") as reader, pytest.raises(AssertionError, match=r"page\.md:1"):
        reader.follow(page)
    page.write_text("\n```sh\necho one two\n```\n\n```text\none three\n```\n")
    with reading(tmp_path / "b") as reader, pytest.raises(AssertionError, match=r"page\.md:2"):
        reader.follow(page)


def test_ids_stand_for_each_other_and_nothing_else_does(tmp_path: Path) -> None:
    first, second = (f"0198f0a0-000{n}-7000-8000-000000000000" for n in (1, 2))
    with reading(tmp_path) as reader:
        reader.compare(f"{first} at 2026-01-01T00:00:00Z", f"{second} at 2027-02-02T10:00:00.5Z", "here")
        assert reader.mine(f"/{first}/") == f"/{second}/"
        for said, seen in [(first, first), (second, second), ("a", "b"), (f"{first} 1", f"{second} 2")]:
            with pytest.raises(AssertionError):
                reader.compare(said, seen, "here")


def test_the_postgresql_how_to_is_followed(tmp_path: Path, postgres: Postgres) -> None:
    address = "postgresql+psycopg://pages:secret@localhost/pages"
    with removed(postgres), reading(tmp_path) as reader:
        reader.instead[address] = f"{address.replace('localhost', '')}?host={postgres.folder}"
        reader.database = lambda sql: rows(postgres, sql, "postgres" if "CREATE" in sql else "pages")
        reader.follow(DOCS / "how-to" / "postgresql.md")


def rows(postgres: Postgres, statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
    """What the last of some statements answers."""
    found: list[tuple[object, ...]] = []
    with psycopg.connect(host=str(postgres.folder), user="postgres", dbname=database, autocommit=True) as connection:
        for statement in filter(str.strip, statements.split(";")):
            cursor = connection.execute(cast(LiteralString, statement))
            found = cursor.fetchall() if cursor.description else []
    return found


@contextmanager
def removed(postgres: Postgres) -> Iterator[None]:
    """Leave the server, which other tests use, as it was."""
    try:
        yield
    finally:
        _ = rows(postgres, "DROP DATABASE IF EXISTS pages WITH (FORCE); DROP ROLE IF EXISTS pages")

"""The measuring commands run, and what they ask is what they say."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

import orjson
import pytest
from graphql import FieldNode, Visitor, parse, validate, visit
from sqlmodel import col, select

from benchmarks import asking, deck
from benchmarks.content import fill
from benchmarks.cores import shares
from benchmarks.load import in_turn
from benchmarks.questions import SELECTIONS, Operation, different, edit, questions
from benchmarks.services import Service, Services, Variant
from benchmarks.svg import Bar, bars
from pages_graphql.pages.model import Page
from pages_graphql.schema import schema
from pages_graphql.storage.database import Database

ROOT = Path(__file__).parents[1]
ID = UUID(int=7)


FEW = ["--databases", "sqlite", "--generator", "own", "--seconds", "0.1", "--rounds", "1", "--connections", "2"]


def run(*arguments: str) -> str:
    """What a command prints that went well."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "COLUMNS": "170"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system binds no process to a core")
def test_a_service_gets_its_core_and_leaves_the_others_to_those_who_ask(tmp_path: Path) -> None:
    here = os.sched_getaffinity(0)
    with Services("sqlite+aiosqlite:///none.db", tmp_path).started(Variant()) as [bare]:
        assert os.sched_getaffinity(bare.pid) == shares(1).services
        assert os.sched_getaffinity(0) == here


@pytest.mark.timeout(300)
def test_requests_are_measured_and_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "requests.svg"
    few = [
        "--seconds",
        "0.1",
        "--rounds",
        "1",
        "--pages",
        "20",
        "--engines",
        "compiled",
        "--queries",
        "q0,mixed-writes",
    ]
    told = run("benchmarks.requests", "--databases", "sqlite", "--generator", "own", *few, "--svg", str(picture))
    assert "SQLite" in told
    assert "bare answer" in told
    assert "storefront, 1 % writes beside" in told
    assert "The load came from benchmarks.load" in told
    assert "bare answer" in picture.read_text()


@pytest.mark.timeout(300)
def test_sizes_and_memory_are_measured() -> None:
    few = ["--seconds", "0.1", "--rounds", "1", "--asked", "5", "--items", "2,12", "--writes", "0,9", "--queries", "20"]
    told = run(
        "benchmarks.sizes", "--databases", "sqlite", "--generator", "own", "--curves", "menus,writes,memory", *few
    )
    assert "12 items" in told
    assert "9 writes a second (reached: " in told
    assert "resident MiB" in told


def operations() -> Iterator[Operation]:
    yield from (operation for question in questions([ID]).values() for operation in question.operations[:200])
    yield from (Operation(query, {}) for query in SELECTIONS.values())
    yield from (different(number) for number in (1, 2**15 - 1, 20_000))


async def test_readers_see_every_page_that_is_measured(database: Database) -> None:
    tenant, ids = await fill(database, 3)
    own = select(Page.id).where(col(Page.tenant_id) == tenant.id)
    async with database.connect() as connection:
        live = await connection.scalars(own.where(col(Page.live_revision).is_not(None)))
    assert {*live} == {*ids}


def test_every_question_is_one_that_the_schema_answers() -> None:
    for query in {operation.query for operation in operations()}:
        assert validate(schema._schema, parse(query)) == []


@pytest.mark.parametrize("number", SELECTIONS)
def test_a_selection_has_as_many_fields_as_it_says(number: int) -> None:
    class Leaves(Visitor):
        count = 0

        def enter_field(self, node: FieldNode, *_: object) -> None:
            self.count += node.selection_set is None

    leaves = Leaves()
    visit(parse(SELECTIONS[number]), leaves)
    assert leaves.count == number


def test_of_a_hundred_requests_of_a_storefront_one_writes_and_the_others_read() -> None:
    asked = questions([ID])
    assert sum(operation.is_write for operation in asked["mixed-writes"].operations) == 100
    assert not asked["mixed"].writes
    kinds = [operation.query.split("{")[1].split("(")[0].strip() for operation in asked["mixed"].operations]
    parts = {kind: round(kinds.count(kind) / len(kinds), 1) for kind in set(kinds)}
    assert parts == {"route": 0.7, "menuByHandle": 0.2, "pages": 0.1}


def test_nothing_is_written_twice_and_every_request_keeps_its_length() -> None:
    request = asking.post(edit(ID), "token")
    sent = list(islice(in_turn([request], "0042", 0.0), 3))
    titles = [
        orjson.loads(one.partition(b"\r\n\r\n")[2])["variables"]["edit"]["translations"][0]["title"] for one in sent
    ]
    assert titles == ["Title 004200000001", "Title 004200000002", "Title 004200000003"]
    assert {len(one) for one in sent} == {len(request)}


def test_requests_come_out_of_a_deck_as_they_went_in(tmp_path: Path) -> None:
    requests = [b"GET / HTTP/1.1\r\n\r\n", b"12\n\nbytes", b""]
    deck.write(tmp_path / "deck", requests)
    assert deck.read(tmp_path / "deck") == requests


def test_the_deck_begins_where_it_is_told_to() -> None:
    assert list(islice(in_turn([b"a", b"b", b"c", b"d"], "0000", 0.5), 5)) == [b"c", b"d", b"a", b"b", b"c"]


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Service]:
    with Services("sqlite+aiosqlite:///none.db", tmp_path).started(Variant()) as (service,):
        yield service


def press(service: Service, file: Path, *options: str) -> dict[str, float]:
    load = [str(service.port), str(file), "--connections", "4", "--seconds", "0.5"]
    return orjson.loads(run("benchmarks.load", *load, *options))


def test_the_load_generator_counts_answers_and_none_that_failed(bare: Service, tmp_path: Path) -> None:
    deck.write(tmp_path / "deck", [asking.get(Operation("{ __typename }", {}))])
    told = press(bare, tmp_path / "deck")
    assert told["answers"] > 100
    assert told["failures"] == 0
    deck.write(tmp_path / "wrong", [b"this is not HTTP\r\n\r\n"])
    assert press(bare, tmp_path / "wrong")["failures"] > 0


def test_the_load_generator_keeps_to_a_rate(bare: Service, tmp_path: Path) -> None:
    deck.write(tmp_path / "deck", [asking.get(Operation("{ __typename }", {}))])
    assert press(bare, tmp_path / "deck", "--rate", "20")["answers"] <= 12


def test_a_picture_is_well_formed_and_cuts_no_text() -> None:
    picture = bars(
        "Of <one> & other", {"A": [Bar("a", 0.5, "1,000 · 50 %"), Bar("b", 2.0, "4,000 · 200 %")]}, "note " * 99
    )
    root = ET.fromstring(picture)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Of <one> & other", "1,000 · 50 %", "4,000 · 200 %"} <= set(texts)
    widths = [float(element.attrib["width"]) for element in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths == [300.0, 600.0]

"""The commands that bring content in, as a shell runs them."""

import json
import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pages_graphql.cli import app
from tests.depth import times
from tests.importers.exports import item, menu_item, write_export
from tests.measured import measured

MEMORY_MOST_MIB = 200
FILE = "export.xml"
IMPORT = ["import", "wordpress", FILE, "--tenant", "shop", "--locale", "en"]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database that has a tenant, and an export beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGES_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/pages.db")
    for command in (["db", "upgrade"], ["tenant", "create", "shop", "--locale", "en", "--locale", "de"]):
        assert run(*command)[0] == 0
    return write_export(tmp_path / FILE, item(1, title="About"), item(2, "post", "News"), menu_item(3, "Home", url="/"))


def run(*command: str) -> tuple[int, str]:
    """The exit code, and what was said in as few spaces as possible."""
    result = CliRunner().invoke(app, command)
    return result.exit_code, " ".join((result.stdout + result.stderr).split())


def test_an_import_says_what_was_taken_and_left_out_and_the_next_what_is_here(shop: Path) -> None:
    first = "Taken 1 pages 1 menus 1 menu items Left out 1 posts only pages and menus are taken"
    assert run(*IMPORT) == (0, first)
    again = "Here before, unchanged 1 pages 1 menus Left out 1 posts only pages and menus are taken"
    assert run(*IMPORT) == (0, again)


def test_a_damaged_file_is_said_in_one_line(shop: Path) -> None:
    shop.write_text(shop.read_text().replace("</rss>", ""))
    code, said = run(*IMPORT)
    assert (code, said) == (1, "Error: export.xml, line 11, column 1: no element found")


def test_a_dry_run_says_so_and_writes_only_its_report(shop: Path) -> None:
    report = shop.with_name("report.json")
    code, said = run(*IMPORT, "--posts", "--dry-run", "--report", str(report))
    assert (code, said) == (0, "A dry run: nothing is written. Taken 1 pages 1 posts 1 menus 1 menu items")
    written = json.loads(report.read_text())
    assert written["dryRun"] is True
    assert {entry["what"]: entry["count"] for entry in written["entries"]} == {
        "pages": 1,
        "posts": 1,
        "menus": 1,
        "menu items": 1,
    }
    assert run(*IMPORT)[1].startswith("Taken 1 pages 1 menus")


def test_a_report_that_cannot_be_written_is_said_before_anything_is(shop: Path) -> None:
    wrong = "Error: There is no folder no/such for the report; nothing is written."
    assert run(*IMPORT, "--report", "no/such/report.json") == (1, wrong)
    assert run(*IMPORT)[1].startswith("Taken 1 pages 1 menus")


def test_whoever_watches_a_terminal_sees_how_far_an_import_is(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "100%" not in run(*IMPORT, "--dry-run")[1]
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, IMPORT)
    for step in ("reading", "pages", "redirects", "menus"):
        assert f"{step} " in result.stderr
    assert "100%" in result.stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("--tenant", "nobody"), "Error: There is no tenant nobody. See: pages-graphql tenant list"),
        (("--locale", "fr"), "Error: The tenant shop has no locale “fr”; it has en, de."),
    ],
)
def test_a_tenant_or_a_locale_that_is_not_there_is_said_in_one_line(
    shop: Path, change: tuple[str, str], message: str
) -> None:
    assert run(*IMPORT, *change) == (1, message)


def test_a_seed_fills_a_tenant_once(shop: Path) -> None:
    seed = ["seed", "--tenant", "shop", "--pages", "3", "--seed", "5"]
    assert run(*seed) == (0, "3 pages are in shop.")
    code, said = run(*seed)
    assert code == 1
    assert "The slug “seed-5” is taken" in said


def test_a_tenant_is_exported_and_brought_in_again(shop: Path) -> None:
    assert run("seed", "--tenant", "shop", "--pages", "3")[0] == 0
    code, said = run("export", "shop.jsonl.gz", "--tenant", "shop")
    assert code == 0
    assert said.startswith("3 pages, 3 page revisions, ")
    assert said.endswith("0 redirects, 1 menus of shop are in shop.jsonl.gz.")
    code, said = run("import", "bundle", "shop.jsonl.gz", "--tenant", "copy", "--name", "A copy", "--no-hosts")
    assert code == 0
    assert said.endswith("1 menus are in copy.")
    assert "A copy" in run("tenant", "list")[1]


def test_a_bundle_that_cannot_come_in_is_said_in_one_line(shop: Path) -> None:
    assert run("import", "bundle", FILE) == (1, f"Error: {FILE}, line 1: this is no bundle of pages-graphql")
    assert run("export", "shop.jsonl", "--tenant", "shop")[0] == 0
    wrong = "Error: A slug has 1 to 63 of a-z, 0-9 and hyphens, begins and ends with none, and is no UUID."
    assert run("import", "bundle", "shop.jsonl", "--tenant", "Shop!") == (1, wrong)
    assert run("export", "no/such/folder.jsonl", "--tenant", "shop")[0] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is asked of Linux")
def test_a_large_tenant_goes_out_and_comes_in_in_little_memory(shop: Path) -> None:
    assert run("seed", "--tenant", "shop", "--pages", str(times(2_000, 20_000)))[0] == 0
    bundle, url = str(shop.with_name("shop.jsonl")), os.environ["PAGES_DATABASE_URL"]
    for command in (["export", bundle, "--tenant", "shop"], ["import", "bundle", bundle, "--tenant", "copy"]):
        assert measured(*command, database_url=url).peak_mib < MEMORY_MOST_MIB, command

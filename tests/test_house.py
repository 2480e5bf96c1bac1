"""Rules of the house that no tool checks: who commits, what is written nowhere, how decisions are kept."""

import ast
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pages_graphql"
DECISIONS = ROOT / "docs" / "decisions"

# Put together from halves, so that this file does not name what no file may name.
HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "registry.yarnpkg" + ".com",
    "deb.debian" + ".org",
    "proxy.golang" + ".org",
]
OPTIONS = ["--" + "index-url", "--" + "extra-index-url", "--" + "find-links", "--" + "trusted-host"]


def tracked() -> list[Path]:
    """Every file of the repository as it is checked out."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = [git, "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def commits(path: Path) -> bool:
    """Whether a Python file calls a method of that name."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return any(isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == "commit" for n in nodes)


def test_only_storage_commits() -> None:
    elsewhere = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != "storage"]
    assert [str(path.relative_to(ROOT)) for path in elsewhere if commits(path)] == []


def test_no_file_names_a_registry() -> None:
    banned = re.compile("|".join(map(re.escape, HOSTS)))
    assert [str(path.relative_to(ROOT)) for path in tracked() if banned.search(path.read_text(errors="replace"))] == []


@pytest.mark.parametrize("name", ["serve", "test", "node"])
def test_requirements_are_pinned_hashed_and_without_hosts(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [
        entry
        for entry in entries
        if not re.match(r"[a-z0-9-]+(\[[a-z, ]+\])?==[\w.]+ .*--hash=sha256:", entry, re.DOTALL)
    ] == []
    assert not re.search("|".join(["://", *OPTIONS]), text)


def test_what_serve_and_test_and_node_share_they_pin_alike() -> None:
    pins: dict[str, set[str]] = {}
    for path in (ROOT / "requirements").glob("*.txt"):
        for name, version in re.findall(r"^([\w-]+)(?:\[.+?\])?==([\w.]+)", path.read_text(), re.MULTILINE):
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_each_decision_has_a_number_of_its_own_and_is_listed() -> None:
    decisions = sorted(path.name for path in DECISIONS.glob("*.md"))
    assert [name for name in decisions if not re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", name)] == []
    assert [number for number, times in Counter(name[:4] for name in decisions).items() if times > 1] == []
    index = (ROOT / "docs" / "README.md").read_text()
    assert [name for name in decisions if f"(decisions/{name})" not in index] == []


def test_each_decision_says_what_keeps_it_so() -> None:
    silent = [path.name for path in DECISIONS.glob("*.md") if "\n## What keeps it so\n" not in path.read_text()]
    assert silent == []


def test_every_page_of_the_docs_is_listed_and_every_link_leads_somewhere() -> None:
    docs = ROOT / "docs"
    index = (docs / "README.md").read_text()
    pages = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md") if path != docs / "README.md"]
    assert [page for page in pages if f"({page})" not in index] == []
    links = [
        (path, link)
        for path in (*docs.rglob("*.md"), *ROOT.glob("*.md"))
        for link in re.findall(r"\]\((?!\w+:|#)([^)#]+)", path.read_text())
    ]
    assert [f"{path.relative_to(ROOT)}: {link}" for path, link in links if not (path.parent / link).exists()] == []

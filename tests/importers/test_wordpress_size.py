"""Large exports, read in constant memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.depth import times
from tests.importers.exports import HEAD, SITE, TAIL, item, meta

PAGES = times(5_000, 200_000)
MEMORY_MOST_MIB = 200

IMPORT = """
import sys
from pathlib import Path
from pages_graphql.cli import app

try:
    app()
finally:
    (peak,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) // 1024, file=sys.stderr)
"""


def write_large(path: Path, pages: int) -> None:
    """An export with so many pages and posts: trees, links, blocks, former slugs and something to report of each."""
    block = "<!-- wp:paragraph --><p>{}</p><!-- /wp:paragraph --><!-- wp:code --><code>x</code><!-- /wp:code -->"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(1, pages + 1):
            content = block.format(f'See <a href="{SITE}/?page_id={n // 2 + 1}">there</a>. ' + "Bread and rolls. " * 40)
            more = meta(_wp_old_slug=f"old-{n}", _yoast_wpseo_title="%%title%% %%sep%% %%sitename%%")
            where = {"post_parent": n // 10, "link": f"{SITE}/p{n}/", "content": content}
            file.write(item(n, "post" if n % 4 == 0 else "page", f"Page {n}", more, post_name=f"p{n}", **where))
        file.write(TAIL)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is asked of Linux")
@pytest.mark.timeout(3_600)
def test_a_large_export_is_read_in_constant_memory(tmp_path: Path) -> None:
    write_large(tmp_path / "large.xml", PAGES)
    environment = {"PAGES_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/pages.db", "PATH": "/usr/bin:/bin"}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        called = [sys.executable, "-c", IMPORT, *command]
        return subprocess.run(
            called, cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, check=False
        )

    for command in (["db", "upgrade"], ["tenant", "create", "shop", "--locale", "en"]):
        assert run(*command).returncode == 0
    place, report = ("--tenant", "shop", "--locale", "en"), str(tmp_path / "report.json")
    done = run("import", "wordpress", str(tmp_path / "large.xml"), *place, "--posts", "--dry-run", "--report", report)
    assert done.returncode == 0, done.stderr
    assert f"{PAGES // 4:,} posts" in " ".join(done.stdout.split())
    assert int(done.stderr.split()[-1]) < MEMORY_MOST_MIB

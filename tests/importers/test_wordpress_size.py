"""Large exports, read in constant memory."""

from pathlib import Path

import pytest

from tests.depth import times
from tests.importers.exports import HEAD, SITE, TAIL, item, meta
from tests.memory import linux_alone, run

PAGES = times(5_000, 200_000)
MEMORY_MOST_MIB = 200


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


@linux_alone
@pytest.mark.timeout(3_600)
def test_a_large_export_is_read_in_constant_memory(tmp_path: Path) -> None:
    write_large(tmp_path / "large.xml", PAGES)
    for command in (["db", "upgrade"], ["tenant", "create", "shop", "--locale", "en"]):
        assert run(tmp_path, *command).code == 0
    place = ("--tenant", "shop", "--locale", "en")
    done = run(tmp_path, "import", "wordpress", "large.xml", *place, "--posts", "--dry-run", "--report", "report.json")
    assert done.code == 0, done.wrong
    assert f"{PAGES // 4:,} posts" in " ".join(done.said.split())
    assert done.peak_mib < MEMORY_MOST_MIB

"""Large exports, brought in in constant memory."""

import sys
from pathlib import Path

import pytest

from tests.depth import THOUSANDFOLD, times
from tests.importers.large import write_large
from tests.measured import measured

pytestmark = THOUSANDFOLD

PAGES = times(2_000, 200_000)
MEMORY_MOST_MIB = 200


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is asked of Linux")
@pytest.mark.timeout(3_600)
def test_a_large_export_comes_in_in_constant_memory_and_again_in_no_more(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/pages.db"
    _ = measured("db", "upgrade", database_url=url)
    _ = measured("tenant", "create", "shop", "--locale", "en", database_url=url)
    export, report = str(write_large(tmp_path / "large.xml", PAGES)), str(tmp_path / "report.json")
    command = ["import", "wordpress", export, "--tenant", "shop", "--locale", "en", "--posts", "--report", report]
    for heading in ("Taken", "Here before, unchanged"):
        done = measured(*command, database_url=url)
        said = " ".join(done.said.split("Otherwise here")[0].split())
        assert said.startswith(f"{heading} {PAGES * 3 // 4:,} pages")
        assert f" {PAGES // 4:,} posts" in said
        assert done.peak_mib < MEMORY_MOST_MIB

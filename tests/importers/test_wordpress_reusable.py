"""Blocks that pages share, put where they are referred to."""

from typing import Any

import pytest

from pages_graphql.importers.report import EntryKind
from pages_graphql.importers.wordpress.plan import plan_export
from pages_graphql.importers.wordpress.reusable import ADDED_MOST, DEEPEST
from tests.importers.exports import item, write_export
from tests.importers.importer import Importer, counted, said

HOURS = "<!-- wp:paragraph --><p>Open from six</p><!-- /wp:paragraph -->"
STAYS = "stays a reference: reusable block {}, which is not in the file, not published, or says something else here"


def shared(id: int, content: str, **fields: Any) -> str:
    return item(id, "wp_block", f"Shared {id}", content=content, **fields)


def refer(id: int, more: str = "") -> str:
    return f'<!-- wp:block {{"ref":{id}{more}}} /-->'


def page(content: str, id: int = 1) -> str:
    return item(id, title="About", content=content)


async def blocks(importer: Importer, path: str = "/about") -> list[tuple[str, Any]]:
    return [(block["type"], block["data"]) for block in (await importer.page(path))["blocks"]]


def whole(importer: Importer, *parts: str) -> str:
    """What the only page of a file says."""
    with plan_export(write_export(importer.path, *parts)) as plan:
        (found,) = plan.pages()
        return found.html


def text(html: str) -> tuple[str, Any]:
    return "text", {"text": {"format": "HTML", "content": html}}


async def test_what_pages_share_stands_where_they_refer_to_it_wherever_it_is_in_the_file(importer: Importer) -> None:
    before = "<!-- wp:paragraph --><p>Bread</p><!-- /wp:paragraph -->"
    columns = f"<!-- wp:columns --><div>{refer(9)}</div><!-- /wp:columns -->"
    entries = await importer.bring(page(before + refer(9) + "<!-- wp:spacer /-->" + columns), shared(9, HOURS))
    opening = text("<p>Open from six</p>")
    assert await blocks(importer) == [
        text("<p>Bread</p>\n<p>Open from six</p>"),
        ("spacer", {"heightPx": 100}),
        opening,
    ]
    assert said(entries, EntryKind.LEFT_OUT) == {
        "reusable blocks": "what they say stands in the pages that refer to them"
    }
    assert "reference" not in str(said(entries, EntryKind.CHANGED))


async def test_shared_blocks_refer_to_each_other(importer: Importer) -> None:
    _ = await importer.bring(
        page(refer(8)), shared(8, f"<!-- wp:group --><div>{refer(9)}</div><!-- /wp:group -->"), shared(9, HOURS)
    )
    assert await blocks(importer) == [text("<p>Open from six</p>")]


async def test_a_shared_block_of_classic_text_is_text_of_its_page(importer: Importer) -> None:
    _ = await importer.bring(page(refer(9)), shared(9, "Open\n\nfrom six"))
    assert (await importer.page("/about"))["body"]["content"] == "<p>Open</p>\n<p>from six</p>"


@pytest.mark.parametrize(
    ("fields", "more"),
    [({"status": "draft"}, ""), ({"post_password": "x"}, ""), ({}, ',"content":{"hours":{"content":"From seven"}}')],
    ids=["a draft", "with a password", "with words of its own"],
)
async def test_what_wordpress_would_not_show_so_stays_a_reference_and_is_reported(
    importer: Importer, fields: dict[str, str], more: str
) -> None:
    parts = (page(refer(9, more)), shared(9, HOURS, **fields))
    assert whole(importer, *parts) == refer(9, more)
    entries = await importer.bring(*parts)
    assert [type for type, _ in await blocks(importer)] == ["html"]
    assert STAYS.format(9) in [entry.why for entry in entries]


async def test_what_is_not_in_the_file_stays_a_reference_and_is_reported(importer: Importer) -> None:
    content = refer(7) + refer(7) + '<!-- wp:block {"ref":"x"} /-->'
    assert whole(importer, page(content)) == content
    entries = await importer.bring(page(content))
    assert [type for type, _ in await blocks(importer)] == ["html"] * 3
    assert STAYS.format("7, x") in [entry.why for entry in entries]


async def test_circles_and_bombs_of_shared_blocks_end(importer: Importer) -> None:
    circle = [shared(2, "A" + refer(3)), shared(3, "B" + refer(2))]
    bomb = [shared(10 + n, refer(11 + n) * 10) for n in range(8)]
    chain = [shared(100 + n, refer(101 + n)) for n in range(DEEPEST + 5)]
    large = shared(50, "x" * (ADDED_MOST + 1))
    pages = (item(n, title=f"Page {n}", content=refer(to)) for n, to in ((201, 2), (202, 10), (203, 100), (204, 50)))
    entries = await importer.bring(*circle, *bomb, shared(18, "x"), *chain, large, *pages)
    assert counted(entries, EntryKind.TAKEN) == {"pages": 4}
    whys = [entry.why for entry in entries if entry.kind is EntryKind.CHANGED]
    for stays in ("2", "10", str(100 + DEEPEST), "50"):
        assert STAYS.format(stays) in whys


async def test_a_page_is_renewed_when_what_it_shares_changed(importer: Importer) -> None:
    _ = await importer.bring(page(refer(9)), shared(9, HOURS))
    entries = await importer.bring(page(refer(9)), shared(9, HOURS))
    assert counted(entries, EntryKind.UNCHANGED) == {"pages": 1}
    entries = await importer.bring(page(refer(9)), shared(9, HOURS.replace("six", "seven")))
    assert counted(entries, EntryKind.UPDATED) == {"pages": 1}
    assert await blocks(importer) == [text("<p>Open from seven</p>")]

import gzip
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pages_graphql.importers.source_file import DamagedFile, UnknownFormat
from pages_graphql.importers.wordpress.wxr import Author, Item, ItemTerm, Record, Site, Term, read_wxr
from tests.importers.exports import HEAD, TAIL, element, item, meta, write_export

SMALL = Path(__file__).parent / "data" / "small.xml"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def items_of(path: Path) -> list[Item]:
    return [record for record in read_wxr(path) if isinstance(record, Item)]


def test_reads_site_author_terms_and_item() -> None:
    about = Item(
        id=7,
        type="page",
        title="About",
        link="https://bakery.example/site/about/",
        author="mia",
        content="<p>Since 1900 &amp; open.</p>\n<p>Come in.</p>",
        excerpt="Who we are",
        created_at=datetime(2020, 5, 1, 10, tzinfo=UTC),
        slug="%c3%bcber",
        status="publish",
        parent=6,
        position=2,
        password="",
        meta=(("_wp_old_slug", "us"), ("_wp_old_slug", "we")),
        terms=(ItemTerm("category", "bread", "Bread &amp; rolls"),),
        comments=2,
        modified_at=None,
        attachment_url="",
    )
    expected: list[Record] = [
        Site("Bakery", "https://bakery.example/site", "en-GB", "1.2"),
        Author("mia", "Mia Müller"),
        Term(3, "category", "bread", "", "Bread &amp; rolls"),
        Term(4, "post_tag", "sweet", "", "Sweet"),
        Term(5, "nav_menu", "main", "", "Main"),
        about,
    ]
    assert list(read_wxr(SMALL)) == expected


def test_reads_version_1_1_https_namespaces_and_gzip_alike(tmp_path: Path) -> None:
    old = SMALL.read_text().replace("/export/1.2/", "/export/1.1/").replace("n>1.2<", "n>1.1<")
    secure = SMALL.read_text().replace("http://wordpress.org", "https://wordpress.org")
    packed = tmp_path / "packed.xml.gz"
    packed.write_bytes(gzip.compress(SMALL.read_bytes()))

    for path in (written(tmp_path / "old.xml", old), written(tmp_path / "secure.xml", secure), packed):
        assert items_of(path) == items_of(SMALL)


def test_an_export_without_content_is_its_site(tmp_path: Path) -> None:
    site = Site("Bakery", "https://bakery.example", "", "1.2")
    assert list(read_wxr(write_export(tmp_path / "empty.xml"))) == [site]


def test_a_draft_has_the_date_without_zone_and_one_without_any_has_none(tmp_path: Path) -> None:
    zeros = "0000-00-00 00:00:00"
    drafts = (
        item(1, post_date="2024-02-03 04:05:06", post_date_gmt=zeros),
        item(2, post_date=zeros, post_date_gmt=zeros),
    )
    one, two = items_of(write_export(tmp_path / "drafts.xml", *drafts))
    assert one.created_at == datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert two.created_at is None


def test_what_an_item_does_not_say_is_empty(tmp_path: Path) -> None:
    (bare,) = items_of(write_export(tmp_path / "bare.xml", "<item><wp:post_id>1</wp:post_id></item>"))
    assert (bare.type, bare.title, bare.parent, bare.position, bare.meta) == ("post", "", 0, 0, ())
    assert bare.created_at is None


def test_a_meta_value_is_the_first_of_its_key_or_empty() -> None:
    (about,) = items_of(SMALL)
    assert (about.meta_value("_wp_old_slug"), about.meta_value("none")) == ("us", "")


def test_tells_how_far_it_is(tmp_path: Path) -> None:
    path = write_export(tmp_path / "long.xml", *(item(n, content="x" * 10_000) for n in range(1, 100)))
    told: list[tuple[int, int]] = []
    for _ in read_wxr(path, lambda read, total: told.append((read, total))):
        pass
    size = path.stat().st_size
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (size, size)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        ("just a text", "no XML"),
        ("PK\x03\x04", "no XML"),
        ("<!DOCTYPE html><html><body>", "HTML page"),
        ("<html><body></body></html>", "begins with <html>"),
        ("<rss><channel><title>News</title></channel></rss>", "names no wp:wxr_version"),
        ("<rss><channel><item><title>News</title></item></channel></rss>", "names no wp:wxr_version"),
        (HEAD.replace("n>1.2<", "n>3.0<") + TAIL, "version '3.0'; 1.1 and 1.2 can be read"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = written(tmp_path / "other.xml", content)
    with pytest.raises(UnknownFormat, match=message) as refused:
        list(read_wxr(path))
    assert str(path) in str(refused.value)


def test_a_damaged_file_names_line_and_column(tmp_path: Path) -> None:
    lines = SMALL.read_text().splitlines()
    lines[24] = "\t\t<title>Caf<e</title>"
    path = written(tmp_path / "damaged.xml", "\n".join(lines))
    with pytest.raises(DamagedFile) as refused:
        list(read_wxr(path))
    assert (refused.value.path, refused.value.line, refused.value.column) == (path, 25, 15)
    assert str(refused.value) == f"{path}, line 25, column 15: not well-formed (invalid token)"


def test_a_truncated_file_names_its_last_line(tmp_path: Path) -> None:
    text = SMALL.read_text()
    path = written(tmp_path / "cut.xml", text[: text.index("Come in")])
    with pytest.raises(DamagedFile, match=r"line 30, .*CDATA"):
        list(read_wxr(path))


def test_truncated_and_damaged_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(SMALL.read_bytes())
    wrong_sum = packed[:-8] + b"\0\0\0\0" + packed[-4:]
    for data in (packed[: len(packed) // 2], wrong_sum, packed[:40] + b"\xff" * 40):
        path = tmp_path / "packed.gz"
        path.write_bytes(data)
        with pytest.raises(DamagedFile, match="gzipped data"):
            list(read_wxr(path))


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
    ],
)
def test_document_types_are_refused_before_any_entity(tmp_path: Path, subset: str) -> None:
    text = HEAD.replace("<rss ", f"<!DOCTYPE rss [{subset}]>\n<rss ", 1) + TAIL
    with pytest.raises(DamagedFile, match=r"line 2, .*DTD"):
        list(read_wxr(written(tmp_path / "bomb.xml", text)))


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("<a>" * 100, "nested deeper than 64"),
        ("".join(f"<a{n}/>" for n in range(5000)), "different names"),
        (f"<item>{element('content:encoded', 'x' * (17 << 20))}</item>", "holds more than 16 MiB"),
        ("<item>" + "<wp:postmeta/>" * 180_000 + "</item>", "holds more than 16 MiB"),
        (f"<!-- {'x' * (17 << 20)} -->", "longer than 16 MiB"),
        ("<item><content:encoded>a<b>c</b></content:encoded></item>", "<content:encoded> holds elements"),
        ("<item><title>x</title></item>", "<wp:post_id> of this <item> holds no number that it may: ''"),
        (item(0), "<wp:post_id> of this <item> holds no number that it may: '0'"),
        (item(1, post_parent="one"), "<wp:post_parent> of this <item> holds no number that it may: 'one'"),
        (item(10**30), "<wp:post_id> of this <item> holds no number"),
        ("&nbsp;", "undefined entity"),
        ("\x01", "invalid token"),
    ],
)
def test_what_would_fill_the_memory_or_lose_something_is_refused(tmp_path: Path, part: str, message: str) -> None:
    with pytest.raises(DamagedFile, match=message) as refused:
        list(read_wxr(write_export(tmp_path / "bad.xml", part)))
    assert refused.value.line == HEAD.count("\n") + 1


def test_a_gzip_bomb_is_refused_before_it_is_unpacked_whole(tmp_path: Path) -> None:
    path, read = tmp_path / "bomb.xml.gz", list[int]()
    with gzip.open(path, "wb", 1) as file:
        _ = file.write(f"{HEAD}<item><title>".encode())
        for _ in range(200):
            _ = file.write(b"x" * (1 << 20))
    with pytest.raises(DamagedFile, match="holds more than 16 MiB"):
        list(read_wxr(path, lambda done, _: read.append(done)))
    assert read[-1] < path.stat().st_size / 2


def test_an_encoding_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "odd.xml", HEAD.replace("UTF-8", "x-nobody") + TAIL)
    with pytest.raises(DamagedFile, match="encoding"):
        list(read_wxr(path))


def test_comments_are_counted_and_never_held(tmp_path: Path) -> None:
    comment = f"<wp:comment>{element('wp:comment_content', 'x' * 1_000_000)}</wp:comment>"
    path = write_export(tmp_path / "talk.xml", item(1, "page", "Talk", comment * 20, meta(key="value")))
    (talk,) = items_of(path)
    assert (talk.comments, talk.meta) == (20, (("key", "value"),))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = write_export(tmp_path / "large.xml", *(item(n, content="x" * 20_000) for n in range(1, 1500)))
    assert path.stat().st_size > 30_000_000
    tracemalloc.start()
    count = sum(1 for _ in read_wxr(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1500
    assert peak < 6_000_000

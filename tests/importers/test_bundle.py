"""Bundles: a tenant moves whole, between the databases too, or nothing of it does."""

import gzip
import json
import re
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import SQLModel, col, select

from pages_graphql.core.errors import Refused
from pages_graphql.core.tenancy import BlockType
from pages_graphql.importers.bundle.export import export_bundle
from pages_graphql.importers.bundle.kinds import KINDS
from pages_graphql.importers.bundle.target import Destination
from pages_graphql.importers.bundle.write import Imported, import_bundle
from pages_graphql.importers.model import ImportSource
from pages_graphql.importers.source_file import DamagedFile, UnknownFormat, UnreadableFile
from pages_graphql.pages.block_data import DATA
from pages_graphql.pages.model import PageRevision
from pages_graphql.storage import migrations
from pages_graphql.storage.database import Database
from pages_graphql.tenants.block_types import add_block_type
from pages_graphql.tenants.directory import Tenants
from pages_graphql.tenants.service import NewLocale, NewTenant, add_host, create_tenant, list_tenants
from tests.databases import empty_database
from tests.importers.bundles import DAMAGE, entry, lines_of, listed, read, resealed, says, write
from tests.pages.test_rebuild import rebuilt
from tests.world import ANONYMOUS, World, new_world

NOTE = BlockType("note", "A note", '{"type": "object", "properties": {"says": {"type": "string"}}}')
ROUTES = """query { old: route(path: "/tea/green") { statusCode ... on PathRedirectRoute { location } }
    gone: route(path: "/old") { statusCode } manual: route(path: "/sale") { statusCode }
    home: route(path: "/") { ... on PageRoute { page { title body { html } blocks { type data } } } }
    activeMenu(location: HEADER) { items { label url } } }"""

REDIRECT = (
    """mutation ($input: CreatePathRedirectInput!) { createPathRedirect(input: $input) { problems { message } } }"""
)


def ignore(step: str, done: int, total: int) -> None:
    pass


async def rich(world: World) -> str:
    """A tenant with some of everything; the slug of its host."""
    host = f"{world.tenant.slug}.example"
    await add_host(world.database, world.tenant.slug, host)
    await add_block_type(world.database, world.tenant.slug, NOTE, reserved=DATA)
    told = await Tenants(world.database).by_slug(world.tenant.slug)
    assert told is not None
    world = World(world.database, told)
    text = {"locale": "en", "title": "Home", "body": {"content": "# *We* <script>x</script>"}}
    note = {"type": "note", "data": {"says": "ünï 🫖 \u2028"}}
    home = await world.page("Home", translations=[text, {"locale": "de", "title": "Heim"}], blocks=[note])
    await world.do("setHomePage", id=home)
    tea = await world.page("Tea")
    green = await world.page("Green", parentId=tea)
    await world.do("changePageSlug", id=green, locale="en", slug="matcha")
    await world.do("updatePage", id=green, translations=[{"locale": "en", "title": "Another", "slug": "other"}])
    link = {"type": "hero", "data": {"title": "Go", "cta": {"label": "Up", "pageId": home}}}
    draft = await world.page("Draft", publish=False, blocks=[link])
    under = await world.page("Under a later one", publish=False)
    later = await world.page("Later")
    await world.do("movePage", id=under, parentId=later)
    await world.do("archivePage", id=draft)
    await world.do("deletePage", id=await world.page("Old"))
    await world.do("unpublishPage", id=await world.page("Hidden"))
    sale = {"fromPath": "/sale", "url": "https://sale.example"}
    assert (await world.ask(REDIRECT, input=sale))["createPathRedirect"] == {"problems": []}
    items = [
        {
            "link": {"pageId": tea},
            "children": [{"link": {"url": "/x"}, "translations": [{"locale": "en", "label": "X"}]}],
        }
    ]
    menu = await world.menu("main", items, bindings=[{"location": "HEADER"}, {"location": "FOOTER", "channel": "app"}])
    await world.do("updateMenu", id=menu, translations=[{"locale": "de", "name": "Haupt"}])
    source = {"source": "wordpress:x.example", "source_id": "7", "kind": "page", "hash": "h"}
    async with world.database.session() as session:
        session.add(ImportSource(tenant_id=world.tenant.id, target_id=world.tenant.id, **source))
    return host


@pytest.fixture
async def bundle(world: World, tmp_path: Path) -> Path:
    """The file of a rich tenant."""
    await rich(world)
    return await exported(world.database, world.tenant.slug, tmp_path / "a.jsonl")


async def exported(database: Database, slug: str, path: Path) -> Path:
    tenant = await Tenants(database).by_slug(slug)
    assert tenant is not None
    await export_bundle(database, tenant, path, ignore)
    return path


async def bring(
    database: Database, path: Path, slug: str | None = None, name: str | None = None, **more: bool
) -> Imported:
    return await import_bundle(database, path, Destination(slug, name, **more), ignore)


async def there(database: Database, slug: str) -> World:
    tenant = await Tenants(database).by_slug(slug)
    assert tenant is not None
    return World(database, tenant)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_what_is_exported_imported_and_exported_is_the_same_to_the_byte(
    world: World, bundle: Path, engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    before = await world.ask(ROUTES, ANONYMOUS)
    assert before["old"] == {"statusCode": 301, "location": "/tea/matcha"}
    kinds = {json.loads(line)["type"] for line in read(bundle).splitlines()[1:-1]}
    assert kinds == set(KINDS), "the tenant has some of everything"
    async with empty_database(engine, request, tmp_path) as other:
        imported = await bring(other, bundle)
        again = await exported(other, world.tenant.slug, tmp_path / "b.jsonl.gz")
        assert gzip.decompress(read(again)) == read(bundle)
        assert imported.counts == json.loads(read(bundle).splitlines()[-1])["counts"]
        copy = await there(other, world.tenant.slug)
        assert await rebuilt(copy, mend=False) == {}
        assert await copy.ask(ROUTES, ANONYMOUS) == before
        assert await copy.outbox() == []
        assert await copy.page("Written since")


def test_every_table_is_in_a_bundle_or_made_from_it_or_left_out_for_a_reason() -> None:
    made, left_out = {"page_text", "slug_claim", "reference"}, {"outbox"}
    in_bundles = {str(kind.table.__tablename__) for kind in KINDS.values()}
    assert {*SQLModel.metadata.tables} - {"tenant"} == in_bundles | made | left_out


def test_the_reference_lists_the_types_in_order() -> None:
    text = read(Path(__file__).parents[2] / "docs" / "reference" / "bundle.md").decode()
    listed = re.findall(r"^\| `(\w+)` \| (.+?) \|", text, re.MULTILINE)
    assert listed == [(kind.name, ", ".join(f"`{name}`" for name in kind.key)) for kind in KINDS.values()]


async def test_under_another_slug_only_what_the_tenant_is_called_is_another(
    world: World, bundle: Path, tmp_path: Path
) -> None:
    slug = f"copy-{uuid4().hex[:8]}"
    with pytest.raises(Refused, match=f"The host .* is the tenant {world.tenant.slug}'s"):
        await bring(world.database, bundle, slug)
    with pytest.raises(Refused, match="has content already"):
        await bring(world.database, bundle)
    await bring(world.database, bundle, slug, "A copy", with_hosts=False)
    first, *rows = read(await exported(world.database, slug, tmp_path / "b.jsonl")).splitlines()
    was, *were = read(bundle).splitlines()
    assert rows[:-1] == [line for line in were if not line.endswith(b'"type":"host"}')][:-1]
    called = {"id", "name", "slug"}
    tenant, old = json.loads(first)["tenant"], json.loads(was)["tenant"]
    assert {name for name in tenant if tenant[name] != old[name]} == called
    assert (tenant["slug"], tenant["name"]) == (slug, "A copy")
    assert await rebuilt(await there(world.database, slug), mend=False) == {}


async def test_an_empty_tenant_takes_it_in_and_has_its_settings_then(
    world: World, bundle: Path, tmp_path: Path
) -> None:
    slug = f"empty-{uuid4().hex[:8]}"
    empty = await create_tenant(world.database, NewTenant(slug, "Empty", [NewLocale("fr")]))
    await bring(world.database, bundle, slug, with_hosts=False)
    copy = await there(world.database, slug)
    assert (copy.tenant.id, list(copy.tenant.by_locale)) == (empty.id, ["en", "de", "ru"])
    assert list(copy.tenant.by_block_type) == ["note"]
    with pytest.raises(Refused, match="has content already"):
        await bring(world.database, bundle, slug, with_hosts=False)


async def test_a_tenant_that_is_there_under_another_slug_is_told(world: World, bundle: Path) -> None:
    lines = lines_of(bundle)
    lines[0] = lines[0].replace(world.tenant.slug.encode(), b"other-slug")
    write(bundle, resealed([line for line in lines if b'"type":"host"' not in line]))
    with pytest.raises(Refused, match=f"is here already, as {world.tenant.slug}"):
        await bring(world.database, bundle)


@pytest.fixture(scope="session")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The content of a rich tenant's file."""
    folder = tmp_path_factory.mktemp("whole")
    await migrations.upgrade(url := f"sqlite+aiosqlite:///{folder}/pages.db")
    database = Database(url)
    async with new_world(database) as world:
        await rich(world)
        path = await exported(database, world.tenant.slug, folder / "a.jsonl")
    await database.close()
    return read(path)


@pytest.fixture(scope="session")
async def nobodys(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Database]:
    """A database in which nothing is and nothing comes."""
    await migrations.upgrade(url := f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('nobodys')}/pages.db")
    database = Database(url)
    yield database
    assert await list_tenants(database) == []
    await database.close()


@pytest.mark.parametrize("case", DAMAGE)
async def test_a_damaged_file_names_the_line_and_changes_nothing(
    whole: bytes, nobodys: Database, case: str, tmp_path: Path
) -> None:
    damage, message = DAMAGE[case]
    content, line = damage(whole.splitlines(keepends=True))
    with pytest.raises(DamagedFile, match=message) as told:
        await bring(nobodys, write(tmp_path / "a.jsonl", content))
    assert told.value.line == line, told.value
    assert await list_tenants(nobodys) == []


async def test_two_pages_that_claim_one_slug_are_told(whole: bytes, nobodys: Database, tmp_path: Path) -> None:
    lines = whole.splitlines(keepends=True)
    titles = [
        (n, json.loads(line)["row"]) for n, line in enumerate(lines) if line.endswith(b'"type":"page_revision"}\n')
    ]
    at, row = next((n, row) for n, row in titles if '"slug":"later"' in row["content"])
    says(row, json.loads(row["content"].replace('"slug":"later"', '"slug":"tea"')))
    lines[at] = entry("page_revision", row)
    path = write(tmp_path / "a.jsonl", resealed(lines))
    with pytest.raises(DamagedFile, match="has the slug “tea”") as told:
        await bring(nobodys, path)
    assert told.value.line == at + 1


async def test_what_is_no_bundle_or_a_newer_one_is_told(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for content in (b"", b"<xml/>\n", b'{"format":"something"}\n'):
        write(path, content)
        with pytest.raises(UnknownFormat, match="line 1: this is no bundle"):
            await bring(world.database, path)
    write(path, b'{"format":"pages-graphql bundle","version":2}\n')
    with pytest.raises(UnreadableFile, match=r"line 1, .* has version 2, and this service reads version 1"):
        await bring(world.database, path)
    write(path, b'{"format":"pages-graphql bundle","version":1,"tenant":{"id":3}}\n')
    with pytest.raises(DamagedFile, match=r"line 1, .*tenant\.id"):
        await bring(world.database, path)


async def test_a_gzipped_file_that_breaks_off_is_told(whole: bytes, nobodys: Database, tmp_path: Path) -> None:
    packed = tmp_path / "a.jsonl.gz"
    write(packed, gzip.compress(whole)[:-60])
    with pytest.raises(DamagedFile, match="the gzipped data breaks off"):
        await bring(nobodys, packed)
    assert await list_tenants(nobodys) == []


async def test_html_that_would_not_be_served_is_never_taken_over(
    whole: bytes, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    evil = whole.replace(rb"<em>We</em>", rb"<script>alert()</script>")
    assert evil != whole
    path = write(tmp_path / "a.jsonl", resealed(evil.splitlines(keepends=True)))
    async with empty_database("sqlite", request, tmp_path) as other:
        copy = await there(other, (await bring(other, path)).slug)
        assert await rebuilt(copy, mend=False) == {}
        async with other.connect() as connection:
            kept = list((await connection.execute(select(col(PageRevision.rendered)))).scalars())
        assert any("<em>We</em>" in text for text in kept)
        assert not any("alert" in text for text in kept)


async def test_an_export_that_fails_leaves_the_file_that_was_there(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write(path, b"before")

    def fail(step: str, done: int, total: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await export_bundle(world.database, world.tenant, path, fail)
    assert {found: read(found) for found in listed(tmp_path)} == {path: b"before"}

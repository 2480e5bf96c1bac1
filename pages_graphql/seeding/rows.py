"""The rows that creating and publishing made-up pages would write, made by the hundred."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

from pages_graphql.core import tags
from pages_graphql.core.events import Event, PathChange
from pages_graphql.core.view import ContentStage
from pages_graphql.documents.model import SCHEMA_VERSION, sealed, stamped
from pages_graphql.documents.render import RENDERER_VERSION
from pages_graphql.pages import blocks
from pages_graphql.pages.content import Body, stored
from pages_graphql.pages.document import EMPTY, rendered
from pages_graphql.pages.editing import slugs
from pages_graphql.pages.model import DEFAULT_TEMPLATE, Page, PagePublication, PageRevision, PageText
from pages_graphql.pages.repository import texts
from pages_graphql.pages.service.places import GAP
from pages_graphql.routes.model import SlugClaim
from pages_graphql.routes.rules import Node, Place, Tree
from pages_graphql.routes.service import Claims
from pages_graphql.seeding.invented import BELOW, TEXTS, Invented
from pages_graphql.storage.columns import NIL, TenantTable
from pages_graphql.storage.outbox import Outbox
from pages_graphql.storage.work import Work

Names: TypeAlias = Mapping[str, tuple[str, str]]
"""The title and the slug of a page in each of its locales."""
Rows: TypeAlias = dict[type[TenantTable], list[dict[str, Any]]]

_FIRST = 1
"""The number of a revision, and of a publication."""


@dataclass(frozen=True)
class Batch:
    """What is to be written: rows by table, and the places where pages live."""

    rows: Rows
    routes: Mapping[Place, tuple[UUID, bool]]


@dataclass(frozen=True)
class Maker:
    """Makes rows of pages in a Work; the ids of all pages up to the last of them are known."""

    work: Work
    invented: Invented
    ids: Sequence[UUID]

    def batch(self, numbers: range) -> Batch:
        """All that a use case for each of these pages would write."""
        known = sorted({above for n in numbers for above in self.invented.lineage(n)})
        names = {n: self.invented.names(n) for n in known}
        live = self._live(known)
        tree = Tree(self.work.tenant, {self.ids[n]: self._node(n, names[n]) for n in known})
        rows: Rows = {}
        routes: dict[Place, tuple[UUID, bool]] = {}
        for n in numbers:
            paths = tree.paths(self.ids[n]) if n in live else {}
            routes |= dict.fromkeys(paths.items(), (self.ids[n], True))
            for table, row in self._page(n, names[n], paths):
                row["tenant_id"] = self.work.tenant.id
                rows.setdefault(table, []).append(row)
        return Batch(rows, routes)

    def _live(self, numbers: Sequence[int]) -> set[int]:
        """Those that readers see of some pages, with which all above them come first."""
        live: set[int] = set()
        for n in numbers:
            parent = self.invented.parent(n)
            if (parent is None or parent in live) and self.invented.may_be_live(n):
                live.add(n)
        return live

    def _node(self, n: int, names: Names) -> Node:
        return Node(self.ids[n], self._parent(n) or NIL, {locale: slug for locale, (_, slug) in names.items()})

    def _parent(self, n: int) -> UUID | None:
        parent = self.invented.parent(n)
        return None if parent is None else self.ids[parent]

    def _page(
        self, n: int, names: Names, paths: Mapping[str, str]
    ) -> Iterator[tuple[type[TenantTable], dict[str, Any]]]:
        id, content = self.ids[n], self._content(n, names)
        text, digest = sealed(content)
        is_live = bool(paths)
        yield Page, self._row(n, digest, is_live=is_live)
        yield PageRevision, {"page_id": id, "content": text, "content_hash": digest, **self._revision(content)}
        if is_live:
            yield PagePublication, {"page_id": id, **self._publication()}
        draft = slugs(content)
        for claim in Claims(self._parent(n) or NIL, draft, draft if is_live else {}).of(id):
            yield SlugClaim, claim._asdict()
        called = texts.names(content)
        for stage in (ContentStage.DRAFT, ContentStage.LIVE)[: 1 + is_live]:
            for name in called:
                yield PageText, {"stage": stage.value, **dict(zip(texts.COLUMNS, (id, *name), strict=True))}
        for sequence, event in enumerate(_events(id, draft, paths), 1):
            yield Outbox, self.work.outbox_row(event, sequence)

    def _content(self, n: int, names: Names) -> dict[str, Any]:
        """The document that the input of the page makes."""
        made = self.invented
        translations = {
            locale: {"title": title, "slug": slug, "body": _body(made.body(n, locale))}
            for locale, (title, slug) in names.items()
        }
        kept = [{"id": str(self.work.new_id()), "type": type_, "data": data} for type_, data in made.blocks(n)]
        return {"translations": translations, "blocks": kept, "metadata": {"seed": {"number": n}}}

    def _row(self, n: int, digest: str, *, is_live: bool) -> dict[str, Any]:
        now = self.work.now
        since = now if is_live else None
        return {
            "id": self.ids[n],
            "parent_id": self._parent(n),
            "position": ((n - 1) % BELOW + 1) * GAP,
            "template": DEFAULT_TEMPLATE,
            "channels": "[]",
            "is_home": False,
            "author_id": self.work.actor.id,
            "version": 1 + is_live,
            "sequence": 1 + 2 * is_live,
            "last_revision": _FIRST,
            "draft_revision": _FIRST,
            "draft_hash": digest,
            "live_revision": _FIRST if is_live else None,
            "live_hash": digest if is_live else None,
            "created_at": now,
            "updated_at": now,
            "live_updated_at": since,
            "published_at": since,
            "first_published_at": since,
            "archived_at": None,
        }

    def _revision(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "number": _FIRST,
            "schema_version": SCHEMA_VERSION,
            "stamps": stamped(content, EMPTY, "{}", self.work.now),
            "rendered": rendered(content, _render),
            "renderer": RENDERER_VERSION,
            "author_id": self.work.actor.id,
            "note": None,
            "created_at": self.work.now,
        }

    def _publication(self) -> dict[str, Any]:
        return {
            "number": _FIRST,
            "revision": _FIRST,
            "from_at": self.work.now,
            "until_at": None,
            "published_by": self.work.actor.id,
            "note": None,
        }


def _events(id: UUID, slugs: Mapping[str, str], paths: Mapping[str, str]) -> Iterator[Event]:
    """What the world is told of a page that was created, and published where it has paths."""
    locales = sorted(slugs)
    yield Event("page.created", id, 1, _FIRST, locales)
    if paths:
        taken = [*dict.fromkeys(map(tags.of_slug, slugs.values()))]
        yield Event("page.published", id, 2, _FIRST, locales, besides=taken)
        came = [PathChange(id, locale, None, path) for locale, path in paths.items()]
        yield Event("page.moved", id, 2, _FIRST, (), came)


@lru_cache(TEXTS)
def _body(content: str) -> dict[str, Any]:
    """A body as documents keep it."""
    return stored(Body(content=content))


@lru_cache(4 * TEXTS)
def _made(format: str, content: str) -> dict[str, Any]:
    return blocks.render_text({"format": format, "content": content})


def _render(written: Mapping[str, Any]) -> dict[str, Any]:
    """A text rendered, once for all that say the same."""
    return _made(written["format"], written["content"])

"""The revisions of menus, and menus as a revision shows them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, String, Uuid, and_, literal, select, true

from pages_graphql.core import tags
from pages_graphql.core.access import Drafts
from pages_graphql.core.view import ContentStage, Source, View
from pages_graphql.documents.kinds import KINDS, DocumentKind
from pages_graphql.documents.references import SourceKind
from pages_graphql.documents.revisions import RevisionTables
from pages_graphql.menus.model import Menu, MenuRevision
from pages_graphql.menus.repository.rows import TENANT, MenuSource, by_ids, drafts_of, menus_with, visible
from pages_graphql.storage.columns import col
from pages_graphql.storage.prepared import kept
from pages_graphql.storage.read import Read
from pages_graphql.storage.sql import rows, table_of
from pages_graphql.storage.window import Window

_TABLES = RevisionTables(Menu, MenuRevision, "menu_id", "menu_at")


async def revisions_of(
    read: Read, ids: Sequence[UUID], *, first: int | None = None, after: str | None = None
) -> Sequence[Source[Window]]:
    """The revisions of each of some menus, the newest first, a window of each."""
    return await _TABLES.windows(read, ids, first, after, _TABLES.count)


@kept
def _by_revisions(drafts: Drafts) -> Select[*tuple[Any, ...]]:
    wanted = table_of("wanted", id=Uuid(), number=Integer()).subquery()
    asked = and_(wanted.c.id == Menu.id, wanted.c.number == MenuRevision.number)
    return menus_with(drafts, true()).join(wanted, asked)


async def by_revisions(read: Read, keys: Sequence[tuple[UUID, int]]) -> Sequence[MenuSource | None]:
    """Menus as some of their revisions show them; the one that is shown anyway needs no right."""
    read.made_of_each(tags.of_menu, (id for id, _ in keys))
    statement = _by_revisions(drafts_of(read.view))
    menus = await visible(read, statement, [id for id, _ in keys], wanted=rows(keys))
    found = {(menu.row.id, menu.row.number): menu for menu, _ in menus}
    return [found.get(key) for key in keys]


def seen(view: View) -> Select[*tuple[Any, ...]]:
    """The menus that a View sees: kind, id and the stage that is shown."""
    is_draft = drafts_of(view) is Drafts.ALL
    kind = literal(SourceKind.MENU.value, String()).label("kind")
    stage = literal((ContentStage.DRAFT if is_draft else ContentStage.LIVE).value, String()).label("stage")
    shown = true() if is_draft else col(Menu.live_revision).is_not(None)
    columns: list[Any] = [kind, col(Menu.id).label("id"), stage]
    return select(*columns).where(col(Menu.tenant_id) == TENANT, shown)


def parameters(_: View) -> dict[str, object]:
    """What `seen` asks of a View: nothing."""
    return {}


KINDS[SourceKind.MENU] = DocumentKind(by_ids, by_revisions, seen, parameters)

"""Which menus are written in a locale."""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import and_, or_
from sqlmodel import select

from pages_graphql.menus.document import placed
from pages_graphql.menus.model import Menu, MenuRevision
from pages_graphql.storage.columns import col
from pages_graphql.storage.work import Work


async def written_in(work: Work, locale: str) -> int:
    """How many menus say something in a locale, their items included, in the draft or in what readers see."""
    number = col(MenuRevision.number)
    shown = or_(number == col(Menu.draft_revision), number == col(Menu.live_revision))
    same = and_(col(MenuRevision.tenant_id) == col(Menu.tenant_id), col(MenuRevision.menu_id) == col(Menu.id), shown)
    contents = select(Menu.id, MenuRevision.content).join(MenuRevision, same)
    found = await work.session.exec(contents.where(col(Menu.tenant_id) == work.tenant.id))
    return len({id for id, content in found if _speaks(orjson.loads(content), locale)})


def _speaks(content: Mapping[str, Any], locale: str) -> bool:
    items = (item.get("translations", {}) for _, item in placed(content["items"]))
    return any(locale in texts for texts in (content["translations"], *items))

"""Which menus are written in a locale."""

import orjson
from sqlalchemy import and_, or_
from sqlmodel import select

from pages_graphql.menus.document import spoken
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
    return len({id for id, content in found if locale in spoken(orjson.loads(content))})

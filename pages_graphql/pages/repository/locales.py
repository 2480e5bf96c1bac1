"""Which pages are written in a locale."""

from sqlalchemy import func
from sqlmodel import select

from pages_graphql.routes.model import SlugClaim
from pages_graphql.storage.columns import col
from pages_graphql.storage.work import Work


async def written_in(work: Work, locale: str) -> int:
    """How many pages have a translation in a locale, in the draft or in what readers see."""
    own = (col(SlugClaim.tenant_id) == work.tenant.id, col(SlugClaim.locale) == locale)
    return (await work.session.exec(select(func.count(col(SlugClaim.page_id).distinct())).where(*own))).one()

"""Where asking about oneself begins."""

import strawberry

from pages_graphql.api.context import Info
from pages_graphql.tenants.types import ContentViewer, viewer_of


@strawberry.type
class TenantQueries:
    """The root fields about who asks."""

    @strawberry.field(description="Who asks, with his tenant, and the View of this request.")
    async def content_viewer(self, info: Info) -> ContentViewer:
        """Who asks."""
        return viewer_of(info.context.view)

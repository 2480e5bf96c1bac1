"""The graph, joined."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from pages_graphql.api.entities import Schema
from pages_graphql.api.problems import PROBLEMS
from pages_graphql.api.scalars import SCALARS
from pages_graphql.menus.mutations import MenuMutations
from pages_graphql.menus.queries import MenuQueries
from pages_graphql.pages.block_types import BLOCKS, PageCustomBlock
from pages_graphql.pages.mutations import PageMutations
from pages_graphql.pages.queries import PageQueries
from pages_graphql.pages.routing import ROUTES, PathRedirectRoute
from pages_graphql.tenants.queries import TenantQueries


@strawberry.type
class Query(PageQueries, MenuQueries, TenantQueries):
    """All that can be asked."""


@strawberry.type
class Mutation(PageMutations, MenuMutations):
    """All that can be done."""


schema = Schema(
    query=Query,
    mutation=Mutation,
    types=[*BLOCKS.values(), PageCustomBlock, *PROBLEMS.values(), *ROUTES.values(), PathRedirectRoute],
    config=StrawberryConfig(scalar_map=SCALARS),
    federation_version="2.7",
)

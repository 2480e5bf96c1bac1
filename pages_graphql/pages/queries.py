"""Where reading pages begins."""

import strawberry

from pages_graphql.api.connections import Connection
from pages_graphql.api.context import Info
from pages_graphql.api.view import VIEW, narrowed
from pages_graphql.core.inputs import as_id
from pages_graphql.core.paths import segments
from pages_graphql.core.text import normalise_slug
from pages_graphql.core.view import ContentStage, View
from pages_graphql.pages import finding
from pages_graphql.pages.repository import lists, rows, tree
from pages_graphql.pages.routing import PathRoute
from pages_graphql.pages.types import Page
from pages_graphql.storage.window import asked

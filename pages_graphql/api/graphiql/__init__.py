"""GraphiQL, served whole from this package: its page and its files."""

from pages_graphql.api.graphiql.examples import EXAMPLES, Example
from pages_graphql.api.graphiql.page import OfferedTenant, OfferedToken, graphiql_files, graphiql_page

__all__ = ["EXAMPLES", "Example", "OfferedTenant", "OfferedToken", "graphiql_files", "graphiql_page"]

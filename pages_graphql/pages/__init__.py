"""Pages, their blocks, and the GraphQL of routes."""

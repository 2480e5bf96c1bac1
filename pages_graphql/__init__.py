"""Pages, slugs and menus of a multi-tenant platform as one subgraph of a federated GraphQL graph."""

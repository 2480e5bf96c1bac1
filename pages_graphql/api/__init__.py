"""What the GraphQL files share: context, identity, view, fields, problems, connections, http, graphiql."""

// Apollo Client; with WITHOUT in the environment its cache is the one that nobody configured.

import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { cache } from "./apollo-cache.mjs";
import { compare, endpoint, query } from "./asked.mjs";

const link = new HttpLink({ uri: endpoint.url, headers: endpoint.headers });
const client = new ApolloClient({ link, cache: process.env.WITHOUT ? new InMemoryCache() : cache });
const document = gql(query);

await compare(
  async (variables) => (await client.query({ query: document, variables })).data,
  (variables) => client.readQuery({ query: document, variables }),
);

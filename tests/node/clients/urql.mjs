// urql with its normalised cache; with WITHOUT in the environment the cache is the one that nobody configured.

import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { compare, endpoint, query } from "./asked.mjs";
import { cache } from "./urql-cache.mjs";

const client = new Client({
  url: endpoint.url,
  preferGetMethod: false,
  fetchOptions: { headers: endpoint.headers },
  exchanges: [process.env.WITHOUT ? cacheExchange({}) : cache, fetchExchange],
});

async function data(variables, requestPolicy) {
  const result = await client.query(query, variables, { requestPolicy }).toPromise();
  if (result.error) throw result.error;
  return result.data;
}

await compare(
  (variables) => data(variables, "network-only"),
  (variables) => data(variables, "cache-only"),
);

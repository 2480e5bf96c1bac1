// Relay's runtime with what its compiler made (the last argument); with WITHOUT in the environment records have their
// usual ids.

import { pathToFileURL } from "node:url";
import { createOperationDescriptor, Environment, fetchQuery, getRequest, Network } from "relay-runtime";
import { compare, endpoint } from "./asked.mjs";
import { getDataID, store } from "./relay-store.mjs";

const compiled = await import(pathToFileURL(process.argv.at(-1)));
const request = getRequest(compiled.default);

async function ask({ text }, variables) {
  const headers = { ...endpoint.headers, "content-type": "application/json" };
  const response = await fetch(endpoint.url, { method: "POST", headers, body: JSON.stringify({ query: text, variables }) });
  return response.json();
}

const network = Network.create(ask);
const environment = new Environment({ network, store, ...(process.env.WITHOUT ? {} : { getDataID }) });

function read(variables) {
  const operation = createOperationDescriptor(request, variables);
  environment.retain(operation);
  return environment.lookup(operation.fragment).data;
}

await compare(
  async (variables) => {
    await fetchQuery(environment, compiled.default, variables).toPromise();
    return JSON.parse(JSON.stringify(read(variables)));
  },
  read,
);

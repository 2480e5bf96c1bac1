// Composes subgraphs with three composers: node compose.mjs < [{name, url, sdl}].
// Prints, of each composer, the supergraph (where it makes one) and every error, hint or warning it had.

import { readFileSync } from "node:fs";
import { composeServices as composeWithApollo } from "@apollo/composition";
import { composeServices as composeWithHive } from "@theguild/federation-composition";
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from "@wundergraph/composition";
import { parse } from "graphql";

const services = JSON.parse(readFileSync(0, "utf8")).map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));

function apollo() {
  const { supergraphSdl, errors = [], hints = [] } = composeWithApollo(services);
  return { supergraph: supergraphSdl, complaints: [...errors, ...hints].map(String) };
}

function hive() {
  const { supergraphSdl, errors = [] } = composeWithHive(services);
  return { supergraph: supergraphSdl, complaints: errors.map(String) };
}

function wundergraph() {
  const subgraphs = services.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs }));
  const { errors = [], warnings } = federateSubgraphs({ subgraphs, version: ROUTER_COMPATIBILITY_VERSION_ONE });
  return { complaints: [...errors, ...warnings].map(String) };
}

console.log(JSON.stringify({ apollo: apollo(), hive: hive(), wundergraph: wundergraph() }));

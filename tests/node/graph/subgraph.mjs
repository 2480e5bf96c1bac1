// One of the three other subgraphs: node subgraph.mjs NAME PORT FACTS, the facts as JSON.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { createHandler } from "graphql-http/lib/use/http";
import { resolvers } from "./resolvers.mjs";

const [name, port, facts] = process.argv.slice(2);
const typeDefs = parse(readFileSync(new URL(`${name}.graphql`, import.meta.url), "utf8"));
const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers[name](JSON.parse(facts)) }]);

createServer(createHandler({ schema })).listen(Number(port), "127.0.0.1", () => console.log("ready"));

// The audits of graphql-http, the reference implementation of GraphQL over HTTP: node audit.mjs URL.

import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
console.log(JSON.stringify(results.map(({ name, status, reason }) => ({ name, status, reason }))));

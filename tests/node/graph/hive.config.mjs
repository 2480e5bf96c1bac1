// Hive Gateway: hive-gateway supergraph FILE --config-path hive.config.mjs.

import { defineConfig } from "@graphql-hive/gateway";
import { passedOn } from "./headers.mjs";

export const gatewayConfig = defineConfig({
  propagateHeaders: { fromClientToSubgraphs: ({ request }) => passedOn(request.headers) },
});

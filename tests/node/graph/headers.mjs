// What a gateway passes on to this subgraph: who asks, and which View. An answer depends on each of them.

export const PASSED_ON = [
  "authorization",
  "x-tenant-id",
  "x-tenant-slug",
  "x-locale",
  "accept-language",
  "x-channel",
  "x-stage",
  "traceparent",
];

export function passedOn(headers) {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (headers.get(name) ? [[name, headers.get(name)]] : [])));
}

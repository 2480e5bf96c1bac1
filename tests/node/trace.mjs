// A trace as Apollo's own package reads it: node trace.mjs < BASE64.

import { readFileSync } from "node:fs";
import { Trace } from "@apollo/usage-reporting-protobuf";

const trace = Trace.decode(Buffer.from(readFileSync(0, "utf8"), "base64"));
console.log(JSON.stringify(Trace.toObject(trace, { longs: Number })));
